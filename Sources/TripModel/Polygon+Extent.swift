extension Polygon {
  /// How the polygon lies to all points of an extent. Both extremes are proofs.
  ///
  /// An extent that no edge touches lies inside as a whole or outside as a whole, and one of its corners tells
  /// which. A whole turn rounds longitudes, but never past each other, so what is proven of the turned extent
  /// holds for its turned points.
  ///
  /// - Complexity: O(edges), O(1) where the extents are disjoint.
  package func relation(to extent: CoordinateExtent) -> BoxRelation {
    var result = BoxRelation.disjoint
    for turn in Self.turns {
      let turned = CoordinateExtent(
        minX: extent.minX + turn, minY: extent.minY, maxX: extent.maxX + turn, maxY: extent.maxY)
      switch unwoundRelation(to: turned) {
      case .disjoint: continue
      case .covers: return .covers
      case .overlaps: result = .overlaps
      }
    }
    return result
  }

  private func unwoundRelation(to other: CoordinateExtent) -> BoxRelation {
    guard other.maxX >= extent.minX, other.minX <= extent.maxX, other.maxY >= extent.minY,
      other.minY <= extent.maxY
    else { return .disjoint }
    if edges.all.contains(where: { $0.mayTouch(other) }) { return .overlaps }
    let corner = Point(x: other.minX, y: other.minY)
    guard corner.y >= extent.minY, corner.y <= extent.maxY else { return .disjoint }
    return edges.contain(corner) ? .covers : .disjoint
  }

  /// The smallest box that is known to hold every point of the polygon. At the antimeridian it is wider by what a
  /// turn may round.
  package var box: BoundingBox {
    let rounding = 1e-12
    let (minX, maxX) = (extent.minX, extent.maxX)
    var edges = (west: -180.0, east: 180.0)
    if minX > -180, maxX < 180 {
      edges = (minX, maxX)
    } else if maxX - minX < 359, maxX >= 180 {
      edges = (minX > 180 ? minX - 360 - rounding : minX, maxX - 360 + rounding)
    } else if maxX - minX < 359 {
      edges = (minX + 360 - rounding, maxX < -180 ? maxX + 360 + rounding : maxX)
    }
    let box = BoundingBox(
      west: edges.west, south: extent.minY, east: edges.east, north: extent.maxY)
    return box ?? .everywhere
  }
}

extension PolygonEdges.Edge {
  /// Whether a point of the edge may lie in the extent; exact but for edges that pass it by in a corner.
  fileprivate func mayTouch(_ extent: CoordinateExtent) -> Bool {
    guard low.y <= extent.maxY, high.y >= extent.minY, min(low.x, high.x) <= extent.maxX,
      max(low.x, high.x) >= extent.minX
    else { return false }
    let corners = [
      Polygon.Point(x: extent.minX, y: extent.minY), Polygon.Point(x: extent.maxX, y: extent.minY),
      Polygon.Point(x: extent.minX, y: extent.maxY), Polygon.Point(x: extent.maxX, y: extent.maxY),
    ]
    let sides = corners.map { Orientation.sign(low, high, $0) }
    return !(sides.allSatisfy { $0 > 0 } || sides.allSatisfy { $0 < 0 })
  }
}
