package import LakeBytes
package import TripModel

/// Shapes as GeoJSON geometries (RFC 7946): longitude first, outer rings counter-clockwise.
package enum GeoJSON {
  package static func geometry(of shape: AreaShape) -> JSONValue {
    let polygons: [[[Polygon.Point]]] =
      switch shape {
      case .box(let box): rectangles(of: box).map { [$0] }
      case .polygons(let polygons): polygons.map { $0.rings.enumerated().map(directed) }
      }
    let coordinates = polygons.map { rings in
      JSONValue.array(rings.map { ring in .array((ring + ring.prefix(1)).map(position)) })
    }
    return coordinates.count == 1
      ? geometry("Polygon", coordinates[0]) : geometry("MultiPolygon", .array(coordinates))
  }

  static func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double)
  ) -> JSONValue {
    geometry(
      "LineString", .array([start, end].map { position(Polygon.Point(x: $0.x, y: $0.y)) }))
  }

  static func text(of shape: AreaShape) -> String {
    var writer = JSONWriter(.compact)
    writer.value(geometry(of: shape))
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private static func geometry(_ type: String, _ coordinates: JSONValue) -> JSONValue {
    .object([JSONMember("type", .string(type)), JSONMember("coordinates", coordinates)])
  }

  private static func position(_ point: Polygon.Point) -> JSONValue {
    .array([.number(point.x), .number(point.y)])
  }

  /// A box over the antimeridian is cut there in two, as the standard asks for.
  private static func rectangles(of box: BoundingBox) -> [[Polygon.Point]] {
    let ranges =
      box.crossesAntimeridian ? [(box.west, 180.0), (-180.0, box.east)] : [(box.west, box.east)]
    return ranges.map { west, east in
      [(west, box.south), (east, box.south), (east, box.north), (west, box.north)].map {
        Polygon.Point(x: $0.0, y: $0.1)
      }
    }
  }

  /// The ring in the direction of its place: the first, the outer one, counter-clockwise, holes clockwise.
  private static func directed(_ index: Int, _ ring: [Polygon.Point]) -> [Polygon.Point] {
    let next = ring.dropFirst() + ring.prefix(1)
    let doubleArea = zip(ring, next).reduce(0) { sum, edge in
      sum + (edge.0.x * edge.1.y - edge.1.x * edge.0.y)
    }
    return (doubleArea < 0) == (index == 0) ? ring.reversed() : ring
  }
}
