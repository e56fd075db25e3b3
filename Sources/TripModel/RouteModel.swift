/// A usual way between two places: what the trips of one cluster have in common.
package struct Route: Hashable, Sendable {
  /// Longitudes and latitudes of the middle of its trips' ends, in degrees.
  package let originX: Double
  package let originY: Double
  package let destinationX: Double
  package let destinationY: Double
  /// The trips that it had when it was fitted.
  package let tripCount: UInt64

  package init(
    originX: Double, originY: Double, destinationX: Double, destinationY: Double,
    tripCount: UInt64
  ) {
    self.originX = originX
    self.originY = originY
    self.destinationX = destinationX
    self.destinationY = destinationY
    self.tripCount = tripCount
  }
}

/// The routes of one region, as a fit found them.
///
/// A trip's route is the one whose middle is nearest, both ends measured in metres on a plane; of several
/// equally near the one of the smaller number. A trip without a destination has none.
package struct RouteModel: Hashable, Sendable {
  package let region: ByteString
  /// How long a degree of longitude and of latitude is taken to be.
  package let metresPerDegreeX: Double
  package let metresPerDegreeY: Double
  package let seed: UInt64
  /// The trips that were looked at.
  package let sampleCount: UInt64
  package let iterationCount: UInt32
  /// The squared distances of those trips to the middle of their route, in square metres, summed up.
  package let inertia: Double
  /// Numbered from 1 in this order: the largest first. There is at least one.
  package let routes: [Route]

  package init(
    region: ByteString, metresPerDegreeX: Double, metresPerDegreeY: Double, seed: UInt64,
    sampleCount: UInt64, iterationCount: UInt32, inertia: Double, routes: [Route]
  ) {
    self.region = region
    self.metresPerDegreeX = metresPerDegreeX
    self.metresPerDegreeY = metresPerDegreeY
    self.seed = seed
    self.sampleCount = sampleCount
    self.iterationCount = iterationCount
    self.inertia = inertia
    self.routes = routes
  }
}

extension RouteModel {
  /// More routes of one region are not looked for.
  package static let routeLimit = 1000
}
