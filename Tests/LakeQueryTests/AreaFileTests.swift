import LakeQuery
import Testing
import TripModel

@Suite("Areas")
struct AreaFileTests {
  private func parse(
    _ text: String, nameProperty: String? = nil
  ) throws(QueryError) -> AreaFile {
    try AreaFile.parse(Array(text.utf8), nameProperty: nameProperty)
  }

  @Test func readsAreasInByteOrder() throws {
    let file = try parse(
      #"{"areas": [{"name": "Turin", "box": [7.5, 44.9, 7.75, 45.2]}, {"box": [170, -20, -170, 1e1], "name": "Fiji"}]}"#
    )
    #expect(file.areas.map(\.name) == ["Fiji", "Turin"])
    #expect(file.areas[0].box.crossesAntimeridian)
    #expect(try file.areas.area(named: "Turin").box.west == 7.5)
    #expect(try parse(#"{"areas": []}"#).areas.isEmpty)
  }

  @Test func unknownAreasGetSuggestions() throws {
    let file = try parse(#"{"areas": [{"name": "Prague centre", "box": [14, 50, 14.5, 50.1]}]}"#)
    #expect {
      try file.areas.area(named: "prague center")
    } throws: { error in
      let error = error as? QueryError
      return error?.code == .unknownArea && error?.suggestions == ["Prague centre"]
    }
  }

  @Test(arguments: [
    "", "[]", "{}", #"{"areas": {}}"#, #"{"areas": [], "more": 1}"#, #"{"areas": [7]}"#,
    #"{"areas": [{"box": [0, 0, 1, 1]}]}"#, #"{"areas": [{"name": "", "box": [0, 0, 1, 1]}]}"#,
    #"{"areas": [{"name": "a"}]}"#, #"{"areas": [{"name": "a", "box": [0, 0, 1]}]}"#,
    #"{"areas": [{"name": "a", "box": [0, 0, 1, "1"]}]}"#,
    #"{"areas": [{"name": "a", "box": [0, 1, 1, 0]}]}"#,
    #"{"areas": [{"name": "a", "box": [0, 0, 181, 1]}]}"#,
    #"{"areas": [{"name": "a", "box": [0, 0, 1, 1], "colour": "red"}]}"#,
    #"{"areas": [{"name": "a", "box": [0, 0, 1, 1]}, {"name": "a", "box": [0, 0, 1, 2]}]}"#,
  ])
  func refuses(text: String) {
    #expect {
      try parse(text)
    } throws: {
      ($0 as? QueryError)?.code == .invalidAreas
    }
  }

  @Test func readsBoxesOfCSV() throws {
    let file = try parse(
      "\u{feff}id, MAX_X,min_y,xmin,north,note\r\n\"Prague, \"\"old\"\"\",14.5,50,14.25,50.5,x\r\n\nFiji,-178, -20,177,-12,\n"
    )
    let boxes = [(177.0, -20.0, -178.0, -12.0), (14.25, 50, 14.5, 50.5)].map {
      BoundingBox(west: $0.0, south: $0.1, east: $0.2, north: $0.3)
    }
    #expect(file.areas.map(\.name) == ["Fiji", "Prague, \"old\""])
    #expect(file.areas.map(\.box) == boxes)
    #expect(
      try parse("area,west,south,east,north,zone\na,0,0,1,1,b", nameProperty: "Zone").areas[0].name
        == "b")
  }

  @Test(arguments: [
    ("name,west,south,east\na,0,0,1", 1), ("name,west,south,east,north\n\na,0,0,1", 3),
    ("name,west,south,east,north\n,0,0,1,1", 2), ("name,west,south,east,north\na,0,0,1,nan", 2),
    ("name,west,south,east,north\na,0,0,181,1", 2), ("name,west,south,east,north\n\"a,0,0,1,1", 2),
  ])
  func refusesCSV(text: String, line: Int) {
    #expect {
      try parse(text)
    } throws: { error in
      let error = error as? QueryError
      return error?.code == .invalidAreas && error?.place?.line == line
    }
  }

  /// Holes, several parts, parts of one name in several features, names from elsewhere.
  @Test func readsPolygonsOfGeoJSON() throws {
    let square = "[[0,0],[4,0],[4,4],[0,4],[0,0]]"
    let hole = "[[1,1],[1,2],[2,2],[1,1]]"
    let text = """
      {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"name": "b", "zone": 7}, "geometry": {"type": "Polygon", "coordinates": [\(square), \(hole)]}},
        {"type": "Feature", "id": 3, "properties": null, "geometry": {"type": "MultiPolygon", "coordinates": [[[[10,0],[11,0],[10,1,99]]], [\(square)]]}},
        {"type": "Feature", "properties": {"name": "b", "zone": 8}, "geometry": {"type": "Polygon", "coordinates": [[[6,0],[7,0],[7,1]]]}}
      ]}
      """
    let file = try parse(text)
    #expect(file.areas.map(\.name) == ["3", "b"])
    #expect(file.areas.map(\.shape.polygons.count) == [2, 2])
    let shape = file.areas[1].shape
    #expect(shape.contains(x: 1.25, y: 1) && shape.contains(x: 7, y: 0.5))
    #expect(!shape.contains(x: 1.25, y: 1.5) && !shape.contains(x: 5, y: 0))
    #expect(file.areas[1].box == BoundingBox(west: 0, south: 0, east: 7, north: 4))
    #expect {
      try parse(text, nameProperty: "zone")
    } throws: {
      ($0 as? QueryError)?.message.hasPrefix("feature 2 ") == true
    }
  }

  @Test(arguments: [
    #"{"type": "FeatureCollection", "features": []}"#, #"{"type": "Point"}"#,
    #"{"type": "Feature", "properties": {"name": "a"}, "geometry": {"type": "Point", "coordinates": [0, 0]}}"#,
    #"{"type": "Feature", "properties": {"name": "a"}, "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]}}"#,
    #"{"type": "Feature", "properties": {"name": "a"}, "geometry": {"type": "Polygon", "coordinates": []}}"#,
    #"{"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 1]]]}}"#,
  ])
  func refusesGeoJSON(text: String) {
    #expect {
      try parse(text)
    } throws: {
      ($0 as? QueryError)?.code == .invalidAreas
    }
  }

  @Test func errorsOfSyntaxHaveAPlace() {
    #expect {
      try parse("{\n  \"areas\": [,]\n}")
    } throws: { error in
      let place = (error as? QueryError)?.place
      return place?.line == 2 && place?.column == 13
    }
  }

  @Test(arguments: [
    ("prague", ["Prague"]), ("Pargue", ["Prague"]), ("Praha", []), ("Turni", ["Turin"]),
    ("turinn", ["Turin"]), ("xyz", []), ("", []),
  ])
  func nearestNames(name: String, expected: [String]) {
    let names: [ByteString] = ["Hamburg", "Prague", "Turin"]
    #expect(NearestNames.suggestions(for: ByteString(name), among: names) == expected)
  }

  @Test func timeRangesIntersect() {
    let late = TimeRange(start: 5, end: nil)
    let early = TimeRange(start: nil, end: 9)
    #expect(late.intersection(early) == TimeRange(start: 5, end: 9))
    #expect(late.intersection(.always) == late)
    let both = late.intersection(early)
    #expect([4, 5, 8, 9].map { both.contains($0) } == [false, true, true, false])
  }
}
