internal import LakeBytes
package import TripModel

/// The areas of an `areas.json`: `{"areas": [{"name": "Centre", "box": [west, south, east, north]}]}`.
package struct AreaFile: Hashable, Sendable {
  /// In byte order of their names, which are distinct.
  package let areas: [Area]

  package init(areas: [Area]) {
    self.areas = areas.sorted { $0.name < $1.name }
  }

  /// - Throws: `QueryError.invalidAreas`, with the place where the text is not JSON, else naming the area.
  package static func parse(_ bytes: [UInt8]) throws(QueryError) -> AreaFile {
    let value: JSONValue
    do {
      value = try JSONParser.parse(bytes)
    } catch {
      throw QueryError(
        .invalidAreas, error.message,
        place: QueryError.Place(line: error.line, column: error.column))
    }
    guard let members = value.members, let elements = value["areas"]?.elements else {
      throw QueryError(.invalidAreas, "an object with an array \"areas\" is expected")
    }
    if let stray = members.first(where: { $0.name != "areas" }) {
      throw QueryError(.invalidAreas, "there is no place for \"\(stray.name)\" beside \"areas\"")
    }
    var areas: [Area] = []
    var names: Set<ByteString> = []
    for (index, element) in elements.enumerated() {
      let area = try area(from: element, number: index + 1)
      guard names.insert(area.name).inserted else {
        throw QueryError(.invalidAreas, "two areas have the name \"\(area.name.displayText)\"")
      }
      areas.append(area)
    }
    return AreaFile(areas: areas)
  }

  /// - Throws: `QueryError.unknownArea` with the nearest names.
  package func area(named name: ByteString) throws(QueryError) -> Area {
    if let area = areas.first(where: { $0.name == name }) { return area }
    throw QueryError(
      .unknownArea, "there is no area \"\(name.displayText)\"",
      suggestions: NearestNames.suggestions(for: name, among: areas.map(\.name)))
  }

  private static func area(from value: JSONValue, number: Int) throws(QueryError) -> Area {
    guard let members = value.members, let name = value["name"]?.text, !name.isEmpty else {
      throw QueryError(.invalidAreas, "area \(number) has no name")
    }
    if let stray = members.first(where: { $0.name != "name" && $0.name != "box" }) {
      throw QueryError(.invalidAreas, "area \"\(name)\" has an unknown member \"\(stray.name)\"")
    }
    let edges = value["box"]?.elements?.map(\.number) ?? []
    guard edges.count == 4, let west = edges[0], let south = edges[1], let east = edges[2],
      let north = edges[3]
    else {
      throw QueryError(
        .invalidAreas, "area \"\(name)\" needs \"box\": [west, south, east, north]")
    }
    guard let box = BoundingBox(west: west, south: south, east: east, north: north) else {
      throw QueryError(
        .invalidAreas,
        "the box of area \"\(name)\" lies outside ±180 and ±90 degrees, or its south above its north"
      )
    }
    return Area(name: ByteString(name), box: box)
  }
}
