internal import LakeBytes
internal import TripModel

/// Areas of a GeoJSON text (RFC 7946): polygons and multipolygons, with holes, that are features. Features of one name
/// are parts of one area.
struct GeoJSONAreas {
  private let nameProperty: String?
  private let unnamed: ByteString?
  private var polygons: [ByteString: [Polygon]] = [:]

  /// - Parameters:
  ///   - nameProperty: The property that names a feature; `nil` for `name`, else `id`, else the feature's id.
  ///   - unnamed: What features without a name, and geometries alone, are called; `nil` refuses them.
  /// - Throws: `QueryError.invalidAreas`, naming the feature.
  static func areas(
    _ value: JSONValue, nameProperty: String?, unnamed: ByteString?
  ) throws(QueryError) -> [Area] {
    let features: [JSONValue]
    switch value["type"]?.text {
    case "FeatureCollection": features = value["features"]?.elements ?? []
    case "Feature": features = [value]
    case "Polygon", "MultiPolygon": features = [.object([JSONMember("geometry", value)])]
    default:
      throw QueryError(
        .invalidAreas,
        "it is neither GeoJSON of features nor an object with an array \"areas\"")
    }
    guard !features.isEmpty else { throw QueryError(.invalidAreas, "there is no feature in it") }
    var reader = GeoJSONAreas(nameProperty: nameProperty, unnamed: unnamed)
    for (index, feature) in features.enumerated() { try reader.add(feature, number: index + 1) }
    return reader.polygons.map { Area(name: $0.key, shape: .polygons($0.value)) }
  }

  private init(nameProperty: String?, unnamed: ByteString?) {
    self.nameProperty = nameProperty
    self.unnamed = unnamed
  }

  private mutating func add(_ feature: JSONValue, number: Int) throws(QueryError) {
    let name = try name(of: feature, number: number)
    let geometry = feature["geometry"]
    let coordinates = geometry?["coordinates"]?.elements ?? []
    let parts: [[JSONValue]]
    switch geometry?["type"]?.text {
    case "Polygon": parts = [coordinates]
    case "MultiPolygon": parts = coordinates.map { $0.elements ?? [] }
    default:
      throw QueryError(
        .invalidAreas,
        "feature \(number) (\(name.displayText)) is neither a Polygon nor a MultiPolygon")
    }
    let found = parts.compactMap { rings in
      Polygon(rings: rings.map { ring in (ring.elements ?? []).map(Self.point) })
    }
    guard found.count == parts.count, !found.isEmpty else {
      throw QueryError(
        .invalidAreas,
        "a ring of feature \(number) (\(name.displayText)) is no list of at least three points [longitude, latitude] in degrees"
      )
    }
    polygons[name, default: []] += found
  }

  private func name(of feature: JSONValue, number: Int) throws(QueryError) -> ByteString {
    let properties = feature["properties"]
    let candidates =
      if let nameProperty { [properties?[nameProperty]] } else {
        [properties?["name"], properties?["id"], feature["id"]]
      }
    for case let value? in candidates {
      if let text = value.text, !text.isEmpty { return ByteString(text) }
      if let number = value.integer { return ByteString(String(number)) }
    }
    if let unnamed { return unnamed }
    let wanted = nameProperty.map { "\"\($0)\"" } ?? "\"name\" or \"id\""
    throw QueryError(.invalidAreas, "feature \(number) has no \(wanted) among its properties")
  }

  /// A point out of range where the value is none.
  private static func point(_ value: JSONValue) -> Polygon.Point {
    let numbers = value.elements?.map(\.number) ?? []
    guard numbers.count >= 2, let x = numbers[0], let y = numbers[1] else {
      return Polygon.Point(x: .nan, y: .nan)
    }
    return Polygon.Point(x: x, y: y)
  }
}
