/// The smallest and largest coordinates of some points; what a zone map knows of them.
package struct CoordinateExtent: Hashable, Sendable {
  package var minX: Double
  package var minY: Double
  package var maxX: Double
  package var maxY: Double

  package init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
    self.minX = minX
    self.minY = minY
    self.maxX = maxX
    self.maxY = maxY
  }

  /// The smallest extent that holds this one and `other`.
  package func union(_ other: CoordinateExtent) -> CoordinateExtent {
    CoordinateExtent(
      minX: Double.minimum(minX, other.minX), minY: Double.minimum(minY, other.minY),
      maxX: Double.maximum(maxX, other.maxX), maxY: Double.maximum(maxY, other.maxY))
  }
}

/// How a box lies to all points of an extent. Both extremes are proofs; `overlaps` claims nothing.
package enum BoxRelation: Sendable {
  /// No point of the extent can lie in the box.
  case disjoint
  /// Every point of the extent lies in the box.
  case covers
  case overlaps
}

extension BoundingBox {
  /// - Complexity: O(1).
  package func relation(to extent: CoordinateExtent) -> BoxRelation {
    if extent.maxY < south || extent.minY > north { return .disjoint }
    let coversY = extent.minY >= south && extent.maxY <= north
    let (isDisjointX, coversX) =
      crossesAntimeridian
      ? (extent.maxX < west && extent.minX > east, extent.minX >= west || extent.maxX <= east)
      : (extent.maxX < west || extent.minX > east, extent.minX >= west && extent.maxX <= east)
    if isDisjointX { return .disjoint }
    return coversX && coversY ? .covers : .overlaps
  }
}
