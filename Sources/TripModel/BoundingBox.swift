/// A rectangle of longitudes and latitudes in degrees, its edges included.
///
/// Where `west` is greater than `east` the box crosses the antimeridian: it holds the longitudes from
/// `west` up to 180 and from -180 up to `east`.
package struct BoundingBox: Hashable, Sendable {
  package let west: Double
  package let south: Double
  package let east: Double
  package let north: Double

  /// The box, or `nil` where an edge is not finite, lies outside ±180 or ±90, or south is above north.
  package init?(west: Double, south: Double, east: Double, north: Double) {
    let longitudes = -180.0...180.0
    let latitudes = -90.0...90.0
    guard longitudes.contains(west), longitudes.contains(east), latitudes.contains(south),
      latitudes.contains(north), south <= north
    else { return nil }
    self.west = west
    self.south = south
    self.east = east
    self.north = north
  }

  /// The box that holds every point there is.
  package static let everywhere = BoundingBox(everywhere: ())

  private init(everywhere: Void) {
    (west, south, east, north) = (-180, -90, 180, 90)
  }

  package var crossesAntimeridian: Bool { west > east }

  package func contains(x: Double, y: Double) -> Bool {
    guard y >= south && y <= north else { return false }
    return crossesAntimeridian ? (x >= west || x <= east) : (x >= west && x <= east)
  }
}

extension BoundingBox {
  /// The four numbers of `west,south,east,north`, which may still be no box.
  ///
  /// - Returns: `nil` for any other text.
  package static func edges(_ text: String) -> [Double]? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let edges = parts.compactMap { DecimalText.parse($0) }
    return parts.count == 4 && edges.count == 4 ? edges : nil
  }
}
