internal import LakeBytes
package import TripModel

/// Named areas, of which the one that a trip's origin lies in is its region.
///
/// A file of them is GeoJSON (RFC 7946: polygons, alone or several, each feature with a `name` among its
/// properties), or lists boxes: `{"areas": [{"name": …, "box": [west, south, east, north]}]}`.
package struct RegionAreas: Sendable, Hashable {
  package struct Area: Sendable, Hashable {
    package let name: ByteString
    package let shapes: [Shape]
  }

  package enum Shape: Sendable, Hashable {
    case box(BoundingBox)
    case polygon(Polygon)

    func contains(x: Double, y: Double) -> Bool {
      switch self {
      case .box(let box): box.contains(x: x, y: y)
      case .polygon(let polygon): polygon.contains(x: x, y: y)
      }
    }
  }

  /// In the order of the file; where several hold a point, the first counts.
  package let areas: [Area]
  /// The region of origins in none of them; `nil` rejects such records.
  package let outside: ByteString?
  /// XXH3-128 of the file's bytes.
  let digest: Digest128

  /// The index of the first area that holds the point.
  ///
  /// - Complexity: O(areas), and O(edges) of those whose extent holds the point.
  func index(x: Double, y: Double) -> Int? {
    areas.firstIndex { area in area.shapes.contains { $0.contains(x: x, y: y) } }
  }
}

extension RegionAreas {
  /// - Throws: `IngestError.invalidDefinition`.
  package init(file bytes: [UInt8], outside: ByteString?) throws(IngestError) {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONParser.parse(bytes)
    } catch {
      throw Self.invalid("line \(error.line), column \(error.column): \(error.message)")
    }
    digest = Checksum.xxh3_128(bytes)
    self.outside = outside
    if let features = value["features"]?.elements {
      areas = try Self.merged(try Self.map(features, Self.feature))
    } else if let boxes = value["areas"]?.elements {
      areas = try Self.merged(try Self.map(boxes, Self.box))
    } else {
      throw Self.invalid("it has neither \"features\", as GeoJSON, nor \"areas\"")
    }
  }

  /// Of boxes that stand in a definition itself.
  ///
  /// - Throws: `IngestError.invalidDefinition`.
  init(listed value: JSONValue, outside: ByteString?) throws(IngestError) {
    self.outside = outside
    areas = try Self.merged(try Self.map(value.elements ?? [], Self.box))
    var writer = ByteWriter()
    for area in areas {
      writer.append(UInt32(area.name.byteCount))
      writer.append(contentsOf: area.name.bytes)
      for case .box(let box) in area.shapes {
        for edge in [box.west, box.south, box.east, box.north] { writer.append(edge) }
      }
    }
    digest = Checksum.xxh3_128(writer.bytes)
  }

  private static func map(
    _ values: [JSONValue], _ area: (JSONValue, Int) throws(IngestError) -> Area
  ) throws(IngestError) -> [Area] {
    var areas: [Area] = []
    for (index, value) in values.enumerated() { areas.append(try area(value, index + 1)) }
    return areas
  }

  /// Features of one name are parts of one area.
  private static func merged(_ areas: [Area]) throws(IngestError) -> [Area] {
    guard !areas.isEmpty else { throw invalid("there is no area in it") }
    var shapes: [ByteString: [Shape]] = [:]
    var order: [ByteString] = []
    for area in areas {
      if shapes[area.name] == nil { order.append(area.name) }
      shapes[area.name, default: []] += area.shapes
    }
    return order.map { Area(name: $0, shapes: shapes[$0] ?? []) }
  }

  private static func feature(_ value: JSONValue, number: Int) throws(IngestError) -> Area {
    guard let name = value["properties"]?["name"]?.text, !name.isEmpty else {
      throw invalid("feature \(number) has no \"name\" among its properties")
    }
    let geometry = value["geometry"]
    let coordinates = geometry?["coordinates"]?.elements ?? []
    let polygons: [[JSONValue]]
    switch geometry?["type"]?.text {
    case "Polygon": polygons = [coordinates]
    case "MultiPolygon": polygons = coordinates.map { $0.elements ?? [] }
    default: throw invalid("feature \(number) (\(name)) is neither a Polygon nor a MultiPolygon")
    }
    let shapes = polygons.compactMap { rings in
      Polygon(rings: rings.map { ring in (ring.elements ?? []).map(point) }).map(Shape.polygon)
    }
    guard shapes.count == polygons.count, !shapes.isEmpty else {
      throw invalid(
        "a ring of feature \(number) (\(name)) is not a list of at least three points [x, y] in degrees"
      )
    }
    return Area(name: ByteString(name), shapes: shapes)
  }

  /// A point out of range where the value is none.
  private static func point(_ value: JSONValue) -> Polygon.Point {
    let numbers = value.elements?.map(\.number) ?? []
    guard numbers.count >= 2, let x = numbers[0], let y = numbers[1] else {
      return Polygon.Point(x: .nan, y: .nan)
    }
    return Polygon.Point(x: x, y: y)
  }

  private static func box(_ value: JSONValue, number: Int) throws(IngestError) -> Area {
    let edges = (value["box"]?.elements ?? []).compactMap(\.number)
    guard let name = value["name"]?.text, !name.isEmpty, edges.count == 4,
      let box = BoundingBox(west: edges[0], south: edges[1], east: edges[2], north: edges[3])
    else {
      throw invalid("area \(number) needs a name and \"box\": [west, south, east, north]")
    }
    return Area(name: ByteString(name), shapes: [.box(box)])
  }

  private static func invalid(_ reason: String) -> IngestError {
    IngestError(.invalidDefinition, "the file of areas cannot be used: \(reason)")
  }
}
