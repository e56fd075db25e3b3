import LakeQuery
import Testing
import TripModel

@Suite("Areas")
struct AreaFileTests {
  private func parse(_ text: String) throws(QueryError) -> AreaFile {
    try AreaFile.parse(Array(text.utf8))
  }

  @Test func readsAreasInByteOrder() throws {
    let file = try parse(
      #"{"areas": [{"name": "Turin", "box": [7.5, 44.9, 7.75, 45.2]}, {"box": [170, -20, -170, 1e1], "name": "Fiji"}]}"#
    )
    #expect(file.areas.map(\.name) == ["Fiji", "Turin"])
    #expect(file.areas[0].box.crossesAntimeridian)
    #expect(try file.area(named: "Turin").box.west == 7.5)
    #expect(try parse(#"{"areas": []}"#).areas.isEmpty)
  }

  @Test func unknownAreasGetSuggestions() throws {
    let file = try parse(#"{"areas": [{"name": "Prague centre", "box": [14, 50, 14.5, 50.1]}]}"#)
    #expect {
      try file.area(named: "prague center")
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
