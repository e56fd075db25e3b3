/// A place with a name, kept in the lake.
package struct Area: Hashable, Sendable {
  package let name: ByteString
  package let shape: AreaShape

  package init(name: ByteString, shape: AreaShape) {
    self.name = name
    self.shape = shape
  }

  package init(name: ByteString, box: BoundingBox) {
    self.init(name: name, shape: .box(box))
  }

  /// The area itself, or a box that holds all of it.
  package var box: BoundingBox { shape.box }
}

/// Which points belong to an area. Edges and borders do, those of holes included.
package enum AreaShape: Hashable, Sendable {
  case box(BoundingBox)
  /// The points of any of them; there is at least one.
  case polygons([Polygon])

  package var polygons: [Polygon] {
    if case .polygons(let polygons) = self { polygons } else { [] }
  }

  /// A box that holds every point.
  package var box: BoundingBox {
    switch self {
    case .box(let box): box
    case .polygons(let polygons): BoundingBox(holding: polygons.map(\.box))
    }
  }

  package func contains(x: Double, y: Double) -> Bool {
    switch self {
    case .box(let box): box.contains(x: x, y: y)
    case .polygons(let polygons): polygons.contains { $0.contains(x: x, y: y) }
    }
  }
}

extension BoundingBox {
  /// A box that holds all of `boxes`; over the antimeridian only where one of them is.
  package init(holding boxes: [BoundingBox]) {
    let south = boxes.map(\.south).min() ?? -90
    let north = boxes.map(\.north).max() ?? 90
    let crossing = boxes.filter(\.crossesAntimeridian)
    let others = boxes.filter { !$0.crossesAntimeridian }
    var (west, east) = (-180.0, 180.0)
    if crossing.isEmpty {
      west = others.map(\.west).min() ?? west
      east = others.map(\.east).max() ?? east
    } else {
      let western = crossing.map(\.west) + others.filter { $0.west >= 0 }.map(\.west)
      let eastern = crossing.map(\.east) + others.filter { $0.west < 0 }.map(\.east)
      let (first, last) = (western.min() ?? west, eastern.max() ?? east)
      if first > last { (west, east) = (first, last) }
    }
    self = BoundingBox(west: west, south: south, east: east, north: north) ?? .everywhere
  }
}

extension AreaShape {
  /// How the shape lies to all points of an extent. Both extremes are proofs.
  ///
  /// - Parameter box: The box that holds the shape.
  package func relation(to extent: CoordinateExtent, within box: BoundingBox) -> BoxRelation {
    let relation = box.relation(to: extent)
    guard case .polygons(let polygons) = self, relation != .disjoint else { return relation }
    let relations = polygons.lazy.map { $0.relation(to: extent) }
    if relations.contains(.covers) { return .covers }
    return relations.allSatisfy { $0 == .disjoint } ? .disjoint : .overlaps
  }
}
