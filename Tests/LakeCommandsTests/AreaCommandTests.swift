import LakeBytes
import LakeTestSupport
import Testing

@testable import LakeCommands

@Suite("The commands about areas")
struct AreaCommandTests {
  let lake = SampleLake()

  @Test func areasAreAddedListedReplacedAndRemoved() throws {
    let added = lake.run("area add Turin --bbox=7.5,45,7.75,45.1")
    #expect(
      added.exitCode == .done && added.messages == "snapshot 2: 1 added; the lake has 1 area\n")
    #expect(
      added.lines == [
        "change,area,shape,west,south,east,north,points", "added,Turin,box,7.5,45,7.75,45.1,",
      ])
    let again = lake.run("area add Turin --bbox=7.5,45,7.75,45.1")
    #expect(again.exitCode == .done && again.messages.hasPrefix("nothing was changed"))
    let other = lake.run("area add Turin --bbox=7.5,45,7.75,45.2")
    #expect(other.exitCode == .usage && other.messages.hasPrefix("error[TL-5008]"))
    let forecast = lake.run("area add Turin --bbox=7.5,45,7.75,45.2 --replace --dry-run")
    #expect(forecast.lines.last?.hasPrefix("replaced,Turin") == true)
    #expect(lake.run("area list").lines.last == "Turin,box,7.5,45,7.75,45.1,")
    #expect(lake.run("area add Turin --bbox=7.5,45,7.75,45.2 --replace").exitCode == .done)
    #expect(lake.run("area list").lines.last == "Turin,box,7.5,45,7.75,45.2,")
    #expect(lake.run("area list --as-of 2").lines.last == "Turin,box,7.5,45,7.75,45.1,")
    #expect(lake.run("area list --as-of 1").lines.count == 1)
    let unknown = lake.run("area remove Turin Turn")
    #expect(unknown.exitCode == .usage && unknown.messages.contains("did you mean \"Turin\"?"))
    #expect(
      lake.run("area remove Turin").messages == "snapshot 4: 1 removed; the lake has 0 areas\n")
    #expect(lake.run("area list").lines.count == 1)
    #expect(
      lake.run("loads").lines.dropFirst().map { $0.split(separator: ",")[1] }
        == ["ingest", "areas", "areas", "areas"])
    #expect(lake.run("snapshots").lines.count == 5)
    #expect(lake.run("changes 3").messages.contains("nothing removed, 1 area changed"))
    #expect(lake.run("undo 2").messages.contains("changed areas"))
    let events = lake.run("events --type maintenance.done --format ndjson").lines
    #expect(events.count == 3 && events[0].contains(#""task":"areas""#))
  }

  @Test func polygonsAreImportedAndAsked() throws {
    let file = lake.folder.file(
      "turin.geojson",
      #"{"type": "Polygon", "coordinates": [[[7.5, 44.9], [7.8, 44.9], [7.8, 45.2], [7.5, 45.2], [7.5, 44.9]]]}"#
    )
    #expect(lake.run("area add All --polygon \(file)").exitCode == .done)
    #expect(lake.run("weekly --by area").lines.last == "All,38,5,5,7.6,7.6")
    #expect(lake.run("query --area All --at both").lines == ["count", "38"])
    #expect(lake.run("groups --area All --cell 0.5").exitCode == .done)
    let list = try JSONParser.parse(Array(lake.run("area list --format json").output.utf8))
    let row = list["rows"]?.elements?.first
    #expect(row?["shape"]?.text == "polygons" && row?["points"]?.integer == 4)
    #expect(row?["geometry"]?["coordinates"]?.elements?.first?.elements?.count == 5)
    let bad = lake.run("area import \(lake.folder.file("bad.csv", "name,west\na,1"))")
    #expect(bad.exitCode == .badData && bad.messages.hasPrefix("error[TL-5004]"))
    #expect(bad.messages.contains("nothing was committed"))
    let missing = lake.run("area import /nowhere.csv")
    #expect(missing.exitCode == .inputMissing)
    let csv = lake.run("area list -o \(lake.folder.path)/areas.csv")
    #expect(csv.exitCode == .done)
    #expect(lake.run("area import \(lake.folder.path)/areas.csv --replace").exitCode == .done)
    #expect(lake.run("area list").lines.last == "All,box,7.5,44.9,7.8,45.2,")
  }

  @Test(arguments: [
    "area add", "area add a", "area add a --bbox=1,2,3", "area add a --bbox=0,0,1,1 --polygon x",
    "area remove", "area import", "area",
  ])
  func misuse(line: String) {
    #expect(lake.run(line).exitCode == .usage)
  }
}
