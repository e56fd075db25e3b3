package import TripModel

/// One trip as a test states it: the roles and nothing else.
package struct TestTrip: Hashable, Sendable {
  package struct Point: Hashable, Sendable {
    package var x: Double
    package var y: Double

    package init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }
  }

  package var region: ByteString
  package var origin: Point
  package var destination: Point?
  /// Microseconds since 1970-01-01 UTC.
  package var time: Int64
  package var source: ByteString

  package init(
    region: ByteString, origin: Point, destination: Point?, time: Int64, source: ByteString
  ) {
    self.region = region
    self.origin = origin
    self.destination = destination
    self.time = time
    self.source = source
  }
}

extension TestTrip {
  /// Everything but the region as text that tells any two doubles apart.
  package var bitText: String {
    let points = [origin, destination].map { point in
      point.map { "\($0.x.bitPattern),\($0.y.bitPattern)" } ?? "-"
    }
    return "\(points.joined(separator: " ")) \(time) \(source.displayText)"
  }
}
