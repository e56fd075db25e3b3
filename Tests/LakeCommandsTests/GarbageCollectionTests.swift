import LakeBytes
import LakeTestSupport
import Testing

@testable import LakeCommands

/// `triplake gc` on a lake of three loads, of which one is undone.
@Suite struct GarbageCollectionTests {
  let lake = SampleLake()

  init() {
    let text = "region,origin_coord,destination_coord,datetime,datasource\n"
    for day in 4...5 {
      let row = "Brno,POINT (14.5 50),,2018-06-0\(day) 09:03:40,car\n"
      let path = lake.folder.file("\(day).csv", text + row)
      _ = CommandRun(["ingest", "--lake", lake.path, path])
    }
    lake.run("undo 2")
  }

  private func files(_ suffix: String) -> Int {
    FolderContents.files(under: lake.path, suffix: suffix).count
  }

  @Test func theUsualRuleKeepsWhatIsYoung() {
    let run = lake.run("gc")
    #expect(run.exitCode == .done && run.lines.last == "0,4,0,0,0,0")
    #expect(files(".man") == 4 && files(".trip") == 17)
  }

  @Test func whatNeedNotBeKeptGoes() throws {
    let weekly = lake.run("weekly").output
    let forecast = lake.run("gc --keep 1 --keep-for 0 --dry-run -v")
    #expect(forecast.lines.last?.hasPrefix("3,1,0,1,") == true, "\(forecast.output)")
    #expect(forecast.messages.contains("would remove snapshot 3\n"))
    #expect(forecast.messages.contains("would remove data/region=Brno/week=2018-W23/"))
    #expect(files(".man") == 4 && files(".trip") == 17)

    let run = lake.run("gc --keep 1 --keep-for 0 --format json")
    let row = try JSONParser.parse(Array(run.output.utf8))["rows"]?.elements?.first
    #expect(row?["snapshots_removed"]?.integer == 3 && row?["files_removed"]?.integer == 1)
    #expect(run.messages.contains("removed 3 snapshots and 1 file of"))
    #expect(files(".man") == 1 && files(".trip") == 16)
    #expect(lake.run("weekly").output == weekly)
    #expect(lake.run("verify").exitCode == .done)
    #expect(lake.run("loads").lines.count == 5)
    let old = lake.run("weekly --as-of 2")
    #expect(old.exitCode == .usage && old.messages.contains("there are: 4\n"))
    #expect(lake.run("changes 4").messages.contains("there is no snapshot 3"))
    // The file of the undone load can be loaded again.
    let again = CommandRun(["ingest", "--lake", lake.path, lake.folder.path + "/4.csv"])
    #expect(again.messages.contains("load 5: 1 trip stored"), "\(again.messages)")
  }

  @Test func optionsAreChecked() {
    for line in [
      "gc --keep 0", "gc --keep x", "gc --keep-for 1y", "gc --keep-for -1d", "gc --keep-for h",
    ] {
      #expect(lake.run(line).exitCode == .usage, "\(line)")
    }
    #expect(lake.run("gc --keep 2 --keep-for 90m").lines.last == "0,4,0,0,0,0")
  }
}
