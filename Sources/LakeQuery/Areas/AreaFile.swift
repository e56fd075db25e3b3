internal import LakeBytes
package import TripModel

/// The areas of a file: GeoJSON, CSV, or `{"areas": [{"name": "Centre", "box": [west, south, east, north]}]}`.
package struct AreaFile: Hashable, Sendable {
  /// In byte order of their names, which are distinct.
  package let areas: [Area]

  package init(areas: [Area]) {
    self.areas = areas.sorted { $0.name < $1.name }
  }

  /// - Parameters:
  ///   - nameProperty: The property or column that names an area; `nil` for the usual ones.
  ///   - unnamed: What features without a name are called; `nil` refuses them.
  /// - Throws: `QueryError.invalidAreas`, with the place where the text cannot be read, else naming the area.
  package static func parse(
    _ bytes: [UInt8], nameProperty: String? = nil, unnamed: ByteString? = nil
  ) throws(QueryError) -> AreaFile {
    let text = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes[3...] : bytes[...]
    let first = text.first { !" \t\r\n".utf8.contains($0) }
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
      return AreaFile(areas: try AreaTable.areas(text, nameColumn: nameProperty))
    }
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONParser.parse(Array(text))
    } catch {
      throw QueryError(
        .invalidAreas, error.message,
        place: QueryError.Place(line: error.line, column: error.column))
    }
    if value["areas"] != nil { return AreaFile(areas: try AreaList.areas(value)) }
    return AreaFile(
      areas: try GeoJSONAreas.areas(value, nameProperty: nameProperty, unnamed: unnamed))
  }
}

extension [Area] {
  /// - Throws: `QueryError.unknownArea` with the nearest names.
  package func area(named name: ByteString) throws(QueryError) -> Area {
    if let area = first(where: { $0.name == name }) { return area }
    throw QueryError(
      .unknownArea, "there is no area \"\(name.displayText)\"",
      suggestions: NearestNames.suggestions(for: name, among: map(\.name)))
  }

  /// - Throws: `QueryError.invalidAreas` where two have one name.
  func checkingNames() throws(QueryError) -> [Area] {
    var names: Set<ByteString> = []
    for area in self where !names.insert(area.name).inserted {
      throw QueryError(.invalidAreas, "two areas have the name \"\(area.name.displayText)\"")
    }
    return self
  }
}

extension BoundingBox {
  /// A box of a file of areas.
  ///
  /// - Throws: `QueryError.invalidAreas`, naming the area.
  init(
    ofArea name: String, _ edges: [Double], place: QueryError.Place? = nil
  ) throws(QueryError) {
    guard edges.count == 4,
      let box = BoundingBox(west: edges[0], south: edges[1], east: edges[2], north: edges[3])
    else {
      throw QueryError(
        .invalidAreas,
        "the box of area \"\(name)\" lies outside ±180 and ±90 degrees, or its south above its north",
        place: place)
    }
    self = box
  }
}
