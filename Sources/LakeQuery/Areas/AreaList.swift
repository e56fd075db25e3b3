internal import LakeBytes
internal import TripModel

/// Areas that are listed as JSON: `{"areas": [{"name": "Centre", "box": [west, south, east, north]}]}`.
enum AreaList {
  /// - Throws: `QueryError.invalidAreas`.
  static func areas(_ value: JSONValue) throws(QueryError) -> [Area] {
    guard let members = value.members, let elements = value["areas"]?.elements else {
      throw QueryError(.invalidAreas, "an object with an array \"areas\" is expected")
    }
    if let stray = members.first(where: { $0.name != "areas" }) {
      throw QueryError(.invalidAreas, "there is no place for \"\(stray.name)\" beside \"areas\"")
    }
    var areas: [Area] = []
    for (index, element) in elements.enumerated() {
      areas.append(try area(from: element, number: index + 1))
    }
    return try areas.checkingNames()
  }

  private static func area(from value: JSONValue, number: Int) throws(QueryError) -> Area {
    guard let members = value.members, let name = value["name"]?.text, !name.isEmpty else {
      throw QueryError(.invalidAreas, "area \(number) has no name")
    }
    if let stray = members.first(where: { $0.name != "name" && $0.name != "box" }) {
      throw QueryError(.invalidAreas, "area \"\(name)\" has an unknown member \"\(stray.name)\"")
    }
    let edges = value["box"]?.elements?.compactMap(\.number) ?? []
    guard edges.count == 4, value["box"]?.elements?.count == 4 else {
      throw QueryError(
        .invalidAreas, "area \"\(name)\" needs \"box\": [west, south, east, north]")
    }
    return Area(name: ByteString(name), box: try BoundingBox(ofArea: name, edges))
  }
}
