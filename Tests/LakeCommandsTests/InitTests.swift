import LakeBytes
import LakeTestSupport
import Testing

@testable import LakeCommands

@Suite struct InitTests {
  let folder = TemporaryFolder()

  @Test func anEmptyLakeIsMadeAndAnswersWithNothing() throws {
    let lake = folder.path + "/deep/lake"
    let made = CommandRun(["init", "--lake", lake, "--zone", "Europe/Prague"])
    #expect(made.exitCode == .done && made.output.isEmpty)
    #expect(made.messages.contains("\(lake); its weeks are those of Europe/Prague"))
    #expect(CommandRun("weekly --lake \(lake)").lines.count == 1)
    #expect(CommandRun("weekly --by none --lake \(lake)").lines.last == "0,0,0,,")
    #expect(CommandRun("query --lake \(lake)").lines.last == "0")
    #expect(CommandRun("query --select rows --lake \(lake)").lines.count == 1)
    let json = CommandRun("status --format json --lake \(lake)")
    let status = try JSONParser.parse(Array(json.output.utf8))
    #expect(status["snapshot"]?.integer == 0 && status["rows"]?.integer == 0)
    #expect(status["zone"]?.text == "Europe/Prague")
    #expect(CommandRun("verify --lake \(lake)").exitCode == .done)
    let export = CommandRun(["export", "sqlite", "--lake", lake, folder.path + "/out.db"])
    #expect(export.exitCode == .done, "\(export.messages)")
    // The first load finds the lake that was made, zone and all.
    let load = CommandRun(["ingest", "--lake", lake, SampleLake.trips])
    #expect(load.exitCode == .done && !load.messages.contains("made a lake"))
  }

  @Test func aLakeThatIsThereStaysAsItIs() {
    let lake = SampleLake()
    let before = [".man", ".trip"].map { FolderContents.files(under: lake.path, suffix: $0) }
    let settings = lake.folder.contents("lake/LAKE")
    for line in ["init", "init --zone America/New_York"] {
      let run = lake.run(line)
      #expect(run.exitCode == .cannotCreate && run.messages.hasPrefix("error[TL-3002]"))
      #expect(run.messages.contains("the lake is as it was"))
    }
    #expect(before == [".man", ".trip"].map { FolderContents.files(under: lake.path, suffix: $0) })
    #expect(lake.folder.contents("lake/LAKE") == settings)
    #expect(lake.run("weekly").lines.count == 4)
  }

  @Test func aLakeUpwardIsNamedInsteadOfMakingOneInsideOfIt() {
    let lake = SampleLake()
    let run = CommandRun(["init"], directory: lake.path + "/data")
    #expect(run.exitCode == .cannotCreate && run.messages.contains("--> \(lake.path)"))
  }

  @Test func nothingIsMadeForAnUnknownZone() {
    let lake = folder.path + "/l"
    let run = CommandRun(["init", "--lake", lake, "--zone", "Europe/Pragu"])
    #expect(run.exitCode == .usage && run.messages.hasPrefix("error[TL-3060]"))
    #expect(CommandRun(["status", "--lake", lake]).exitCode == .inputMissing)
    #expect(FolderContents.files(under: folder.path, suffix: "").isEmpty)
  }
}
