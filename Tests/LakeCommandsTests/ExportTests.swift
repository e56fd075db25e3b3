import LakeBytes
import LakeTestSupport
import Testing

@testable import LakeCommands

/// `export csv` and `export geojson`; the tables themselves are tested where they are made.
@Suite struct ExportTests {
  private let lake = SampleLake()

  private func text(_ name: String) throws -> String {
    String(
      decoding: try SystemDoor.readFile("\(lake.folder.path)/\(name)", limit: 1 << 20),
      as: UTF8.self)
  }

  @Test func everyTableIsAFileOfCSV() throws {
    let export = lake.run("export csv \(lake.folder.path)/new/out")
    #expect(export.exitCode == .done, "\(export.messages)")
    let regions = try text("new/out/regions.csv").split(separator: "\n")
    #expect(regions.count == 4)
    #expect(regions[0].hasPrefix("region,trips,first,last,"))
    #expect(regions[1].hasPrefix("Hamburg,28,"))
    #expect(try text("new/out/_triplake_meta.csv").hasPrefix("snapshot,digest,committed_at,"))
    #expect(try text("new/out/trip_groups.csv").split(separator: "\n").count == 1)
    #expect(lake.run("export csv \(lake.folder.path)/new/out/regions.csv").exitCode != .done)
  }

  @Test func areasAreFeaturesWithTheirAverages() throws {
    #expect(lake.run("area import \(SampleLake.areas)").exitCode == .done)
    let export = lake.run("export geojson -")
    #expect(export.exitCode == .done)
    let map = try JSONParser.parse(Array(export.output.utf8))
    #expect(map["type"]?.text == "FeatureCollection")
    #expect(map["triplake"]?["snapshot"]?.integer == 2)
    let features = try #require(map["features"]?.elements)
    let centre = try #require(
      features.first { $0["properties"]?["area"]?.text == "Prague centre" })
    #expect(centre["geometry"]?["type"]?.text == "Polygon")
    #expect(centre["geometry"]?["coordinates"]?.elements?.first?.elements?.count == 5)
    #expect(centre["properties"]?["trips"]?.integer == 10)
    #expect(centre["properties"]?["average"]?.number == 2)
  }

  @Test func groupsAreLines() throws {
    let line = "export geojson --layer groups --cell 0.1 --slot 1440 --top 5"
    #expect(lake.run("export geojson --layer groups -").exitCode == .usage)
    let export = lake.run("\(line) \(lake.folder.path)/flows.geojson")
    #expect(export.exitCode == .done, "\(export.messages)")
    let map = try JSONParser.parse(Array(text("flows.geojson").utf8))
    let features = try #require(map["features"]?.elements)
    #expect(features.count == 5)
    #expect(map["triplake"]?["groups_cell"]?.text == "0.1")
    for feature in features {
      #expect(feature["geometry"]?["type"]?.text == "LineString")
      #expect(feature["properties"]?["trips"]?.integer ?? 0 > 0)
      #expect(feature["properties"]?["slot"]?.text == "00:00")
    }
  }

  @Test func slotsAndTopsNeedCells() {
    for option in ["--slot=30", "--top=3"] {
      let export = lake.run("export sqlite \(option) \(lake.folder.path)/x.db")
      #expect(export.exitCode == .usage && export.messages.contains("--cell"))
    }
  }
}
