/// An area bounded by closed rings of straight edges in degrees; its border belongs to it.
///
/// A point is inside where a ray from it crosses the rings an odd number of times, so holes are rings inside of
/// rings, and several parts are rings side by side. An edge of more than 180 degrees of longitude is taken the
/// short way, over the antimeridian.
package struct Polygon: Hashable, Sendable {
  package struct Point: Hashable, Sendable {
    package let x: Double
    package let y: Double

    package init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// As given, each without its repeated last point.
  package let rings: [[Point]]
  /// In unwound longitudes, which may lie beyond 180.
  package let extent: CoordinateExtent
  /// The edges of the unwound rings.
  let edges: PolygonEdges

  /// - Parameter rings: their last point may repeat the first.
  /// - Returns: `nil` where there is no ring, one has fewer than three points, a coordinate is not finite, or
  ///   one lies outside of ±180 and ±90 degrees.
  package init?(rings: [[Point]]) {
    let open = rings.map { ring in
      ring.count > 1 && ring.first == ring.last ? Array(ring.dropLast()) : ring
    }
    let points = open.joined()
    guard !open.isEmpty, open.allSatisfy({ $0.count >= 3 }),
      points.allSatisfy({ $0.x.magnitude <= 180 && $0.y.magnitude <= 90 })
    else { return nil }
    self.rings = open
    let first = open[0][0].x
    let unwound = open.map { Self.unwound($0, near: first) }
    let all = unwound.joined()
    extent = CoordinateExtent(
      minX: all.map(\.x).min() ?? 0, minY: all.map(\.y).min() ?? 0, maxX: all.map(\.x).max() ?? 0,
      maxY: all.map(\.y).max() ?? 0)
    edges = PolygonEdges(rings: unwound)
  }

  /// The ring with whole turns added to its longitudes, so that no edge is longer than half a turn.
  private static func unwound(_ ring: [Point], near first: Double) -> [Point] {
    var previous = first
    return ring.map { point in
      var x = point.x
      while x - previous > 180 { x -= 360 }
      while previous - x > 180 { x += 360 }
      previous = x
      return Point(x: x, y: point.y)
    }
  }

  /// Whole turns by which longitudes differ and mean the same place.
  static let turns = [0.0, 360, -360]

  /// Whether the point lies inside or on the border, decided exactly.
  ///
  /// - Complexity: O(edges at the height of the point), O(1) for a point outside of the extent.
  package func contains(x: Double, y: Double) -> Bool {
    guard y >= extent.minY, y <= extent.maxY else { return false }
    for turn in Self.turns where x + turn >= extent.minX && x + turn <= extent.maxX {
      if edges.contain(Point(x: x + turn, y: y)) { return true }
    }
    return false
  }
}

/// On which side of a line a point lies, decided exactly.
enum Orientation {
  /// 1 where `point` lies to the left of the way from `start` to `end`, -1 to the right, 0 on the line.
  ///
  /// Source: Jonathan Shewchuk, "Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric
  /// Predicates", 1997: the rounded determinant where its error bound allows, else an exact sum.
  static func sign(_ start: Polygon.Point, _ end: Polygon.Point, _ point: Polygon.Point) -> Int {
    let left = (start.x - point.x) * (end.y - point.y)
    let right = (start.y - point.y) * (end.x - point.x)
    let determinant = left - right
    let bound = 3.330_669_073_875_472e-16 * (left.magnitude + right.magnitude)
    if determinant.magnitude > bound { return determinant > 0 ? 1 : -1 }
    return exactSign(start, end, point)
  }

  private static func exactSign(
    _ start: Polygon.Point, _ end: Polygon.Point, _ point: Polygon.Point
  ) -> Int {
    let products = [
      (start.x, end.y), (-start.x, point.y), (-point.x, end.y), (-start.y, end.x),
      (start.y, point.x), (point.y, end.x),
    ]
    var sum: [Double] = []
    for (factor, other) in products {
      let product = factor * other
      sum = adding((-product).addingProduct(factor, other), to: sum)
      sum = adding(product, to: sum)
    }
    guard let largest = sum.last(where: { $0 != 0 }) else { return 0 }
    return largest > 0 ? 1 : -1
  }

  /// The exact sum of a number and numbers of which none overlaps another, ascending; as such numbers again.
  private static func adding(_ number: Double, to sum: [Double]) -> [Double] {
    var carried = number
    var result: [Double] = []
    for part in sum {
      let rounded = carried + part
      let virtual = rounded - carried
      result.append((carried - (rounded - virtual)) + (part - virtual))
      carried = rounded
    }
    result.append(carried)
    return result
  }
}
