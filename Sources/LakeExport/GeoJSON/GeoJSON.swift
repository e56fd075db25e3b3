internal import LakeBytes
package import TripModel

/// Shapes as GeoJSON geometries (RFC 7946): longitude first, outer rings counter-clockwise.
package enum GeoJSON {
  package static func text(of shape: AreaShape) -> String {
    var writer = JSONWriter(.compact)
    write(shape, to: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  static func write(_ shape: AreaShape, to writer: inout JSONWriter) {
    let polygons: [[[Polygon.Point]]] =
      switch shape {
      case .box(let box): rectangles(of: box).map { [$0] }
      case .polygons(let polygons): polygons.map { $0.rings.enumerated().map(directed) }
      }
    writer.beginObject()
    writer.member("type", polygons.count == 1 ? "Polygon" : "MultiPolygon")
    writer.name("coordinates")
    if polygons.count == 1 {
      write(polygons[0], to: &writer)
    } else {
      writer.beginArray()
      for polygon in polygons { write(polygon, to: &writer) }
      writer.endArray()
    }
    writer.endObject()
  }

  static func writeLine(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), _ writer: inout JSONWriter
  ) {
    writer.beginObject()
    writer.member("type", "LineString")
    writer.name("coordinates")
    writer.beginArray()
    for point in [start, end] { write(.init(x: point.x, y: point.y), to: &writer) }
    writer.endArray()
    writer.endObject()
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

  private static func write(_ rings: [[Polygon.Point]], to writer: inout JSONWriter) {
    writer.beginArray()
    for ring in rings {
      writer.beginArray()
      for point in ring + ring.prefix(1) { write(point, to: &writer) }
      writer.endArray()
    }
    writer.endArray()
  }

  private static func write(_ point: Polygon.Point, to writer: inout JSONWriter) {
    writer.beginArray()
    writer.number(point.x)
    writer.number(point.y)
    writer.endArray()
  }
}
