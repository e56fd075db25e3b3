internal import LakeBytes
internal import TripModel

/// The areas of a version, ascending by name.
///
/// ```
/// count: u32 | for each: name (length u32, bytes) | shape u8 | its coordinates
///
/// shape 1, a box:      west | south | east | north, each f64
/// shape 2, polygons:   count u32 | for each: ring count u32 | for each ring: point count u32 | (x, y): f64 × 2 …
/// ```
///
/// Format: `formats/manifest/v1.md`, "Areas".
extension Area {
  private static let boxCode: UInt8 = 1
  private static let polygonsCode: UInt8 = 2
  /// Bytes of an area of one box and a name of one byte.
  private static let minimumByteCount = 4 + 1 + 1 + 4

  /// - Precondition: The names are distinct and not empty.
  static func encode(_ areas: [Area]) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(UInt32(areas.count))
    for area in areas.sorted(by: { $0.name < $1.name }) { area.encode(into: &writer) }
    return writer.bytes
  }

  private func encode(into writer: inout ByteWriter) {
    writer.append(counted: name)
    switch shape {
    case .box(let box):
      writer.append(Self.boxCode)
      for edge in [box.west, box.south, box.east, box.north] { writer.append(edge) }
    case .polygons(let polygons):
      writer.append(Self.polygonsCode)
      writer.append(UInt32(polygons.count))
      for polygon in polygons { polygon.encode(into: &writer) }
    }
  }

  static func decodeAll(_ bytes: [UInt8], base: Int) throws(ByteError) -> [Area] {
    var cursor = ByteCursor(bytes, base: base)
    let count = try cursor.readCount(elementByteCount: minimumByteCount)
    var areas: [Area] = []
    for _ in 0..<count {
      let place = cursor.offset
      let name = try cursor.readCounted()
      guard !name.bytes.isEmpty, areas.last.map({ $0.name < name }) ?? true else {
        throw ByteError(.outOfRange, at: place, "an area has no name or is out of order")
      }
      areas.append(Area(name: name, shape: try AreaShape(decoding: &cursor)))
    }
    try cursor.expectEnd()
    return areas
  }
}

extension AreaShape {
  fileprivate init(decoding cursor: inout ByteCursor) throws(ByteError) {
    let place = cursor.offset
    switch try cursor.read(UInt8.self) {
    case 1:
      let edges = try (
        cursor.readDouble(), cursor.readDouble(), cursor.readDouble(), cursor.readDouble()
      )
      guard
        let box = BoundingBox(west: edges.0, south: edges.1, east: edges.2, north: edges.3)
      else { throw ByteError(.outOfRange, at: place, "the box of an area is none") }
      self = .box(box)
    case 2:
      let count = try cursor.readCount(elementByteCount: 4)
      var polygons: [Polygon] = []
      for _ in 0..<count { polygons.append(try Polygon(decoding: &cursor)) }
      guard !polygons.isEmpty else {
        throw ByteError(.outOfRange, at: place, "an area has no polygon")
      }
      self = .polygons(polygons)
    default: throw ByteError(.unsupported, at: place, "an area has an unknown shape")
    }
  }
}

extension Polygon {
  private static let pointByteCount = 16

  fileprivate func encode(into writer: inout ByteWriter) {
    writer.append(UInt32(rings.count))
    for ring in rings {
      writer.append(UInt32(ring.count))
      for point in ring {
        writer.append(point.x)
        writer.append(point.y)
      }
    }
  }

  fileprivate init(decoding cursor: inout ByteCursor) throws(ByteError) {
    let place = cursor.offset
    let ringCount = try cursor.readCount(elementByteCount: 4)
    var rings: [[Point]] = []
    for _ in 0..<ringCount {
      let pointCount = try cursor.readCount(elementByteCount: Self.pointByteCount)
      var ring: [Point] = []
      ring.reserveCapacity(pointCount)
      for _ in 0..<pointCount {
        ring.append(try Point(x: cursor.readDouble(), y: cursor.readDouble()))
      }
      rings.append(ring)
    }
    guard let polygon = Polygon(rings: rings), polygon.rings == rings else {
      throw ByteError(.outOfRange, at: place, "a ring of an area is none")
    }
    self = polygon
  }
}
