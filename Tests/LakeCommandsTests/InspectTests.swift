import LakeBytes
import LakeTestSupport
import Testing

@testable import LakeCommands

@Suite struct InspectTests {
  private let lake = SampleLake()

  private func files() -> [String] {
    [lake.path + "/LAKE", lake.path + "/manifests/00000000000000000001.man"]
      + FolderContents.files(under: lake.path + "/data", suffix: ".trip")
  }

  @Test func everyByteOfEveryFileHasAMeaning() throws {
    let files = files()
    #expect(files.count == 17)
    for file in files {
      let run = CommandRun(["inspect", file, "--format", "json"])
      #expect(run.exitCode == .done, "\(file): \(run.messages)")
      let rows = try JSONParser.parse(Array(run.output.utf8))["rows"]?.elements ?? []
      var end: Int64 = 0
      for row in rows {
        #expect(row["start"]?.integer == end)
        #expect(row["meaning"]?.text?.isEmpty == false)
        end = try #require(row["end"]?.integer)
      }
      #expect(end == Int64(try SystemDoor.readFile(file, limit: 1 << 20).count))
    }
  }

  @Test func whatIsShown() throws {
    let lakeFile = CommandRun(["inspect", lake.path + "/LAKE"])
    #expect(lakeFile.lines.first == "000000..000008  magic = TRIPLAKE  [54 52 49 50 4c 41 4b 45]")
    #expect(lakeFile.output.contains("zone = UTC"))
    let manifest = CommandRun(["inspect", files()[1]])
    for fact in [
      "version of the lake = 1", "totals: rows = 100", "regions: name = Prague",
      "sources: name = cheap_mobile", "schema: name of column 6 = start_time",
      "files: week = 2018-W18 2018-W19 2018-W20 2018-W21 2018-W22 2018-W18 …",
    ] {
      #expect(manifest.output.contains(fact), "\(fact)")
    }
    let tripFile = CommandRun(["inspect", files()[2]])
    for fact in [
      "block 0, origin_x: encoding = ", "column 7: name = source", "statistics: region = Hamburg",
      "zone maps: start_time: minimum of block 0 = ",
    ] {
      #expect(tripFile.output.contains(fact), "\(fact)")
    }
  }

  @Test func everyFlippedByteIsRefusedOrShown() throws {
    for file in files().prefix(3) {
      let bytes = try SystemDoor.readFile(file, limit: 1 << 20)
      for position in stride(from: 0, to: bytes.count, by: 7) {
        var damaged = bytes
        damaged[position] ^= 0x10
        let path = lake.folder.file("damaged", damaged)
        let run = CommandRun(["inspect", path])
        // Pages are not read by inspect, so damage there may pass; everything else is proven.
        #expect([.damage, .badData, .done].contains(run.exitCode), "\(file) byte \(position)")
        let isPage = file.hasSuffix(".trip") && (16..<400).contains(position)
        if !isPage { #expect(run.exitCode != .done, "\(file) byte \(position)") }
      }
    }
  }

  @Test func otherFiles() {
    let missing = CommandRun("inspect /nowhere/x.trip")
    #expect(missing.exitCode == .inputMissing && missing.messages.hasPrefix("error[TL-3053]"))
    let other = CommandRun(["inspect", SampleLake.trips])
    #expect(other.exitCode == .badData && other.messages.hasPrefix("error[TL-4003]"))
  }
}
