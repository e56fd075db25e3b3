import LakeBytes
import LakeTestSupport
import Testing

@testable import LakeCommands

@Suite struct EventsCommandTests {
  private let lake = SampleLake()

  private var types: [String] {
    lines("").map { String($0.split(separator: ",")[2]) }
  }

  private func lines(_ options: String) -> [String] {
    Array(lake.run("events --format csv \(options)").lines.dropFirst())
  }

  @Test func theLogOfALoad() throws {
    #expect(types == ["load.started", "load.file_done", "load.committed"])
    let objects = try lake.run("events --format ndjson").lines.map { line in
      try JSONParser.parse(Array(line.utf8))
    }
    #expect(objects.map { $0["load"] } == [.null, .null, .integer(1)])
    let json = try JSONParser.parse(Array(lake.run("events --format json").output.utf8))
    #expect(json["schema"]?.text == "triplake.events/1")
    #expect(json["rows"]?.elements?.map { $0["data"] } == objects.map { $0["data"] })
    #expect(lake.run("events --format table").output.contains("100 stored, 0 rejected"))
  }

  @Test func everyOutcomeIsToldOfItsLoad() {
    let header = "region,origin_coord,destination_coord,datetime,datasource\n"
    let row = "Prague,POINT (14.5 50),,2018-05-28 09:03:40,car\n"
    let bad = lake.folder.file("bad.csv", header + "x\n")
    let mixed = lake.folder.file("mixed.csv", header + row + row + "x\n")
    _ = lake.run("ingest \(SampleLake.trips)")
    _ = lake.run("ingest \(bad)")
    _ = lake.run("ingest --max-errors 1 \(mixed)")
    _ = lake.run("undo 1")
    #expect(
      types.filter { $0 != "load.started" && $0 != "load.file_done" } == [
        "load.committed", "load.duplicate_file", "load.failed", "load.committed_with_rejects",
        "load.undone",
      ])
    let summaries = lake.run("events --format table").output
    for text in ["already loaded by load 1", "2 stored, 1 rejected", "100 taken out"] {
      #expect(summaries.contains(text))
    }
    #expect(lines("--load 1").count == 2)
    #expect(lines("--type load.failed --type load.undone").count == 2)
    #expect(lines("--type load.*").count == types.count)
    #expect(lines("--last 2").count == 2)
    #expect(lines("--last 1 --type load.failed").count == 1)
    let third = String(lines("")[2].prefix(36))
    #expect(lines("--since \(third)") == Array(lines("")[3...]))
  }

  @Test(arguments: [
    ("--since x", 1005, "id of an event"), ("--type load.comitted", 1005, "load.committed"),
    ("--last 0", 1005, "from 1"), ("--follow --format json", 1008, "ndjson"),
    ("--last 1 --since 017f22e2-79b0-7000-98c4-dc0c0c07398f", 1008, "where to begin"),
  ])
  func usageErrors(options: String, code: Int, text: String) {
    let run = lake.run("events \(options)")
    #expect(run.exitCode == .usage && run.messages.hasPrefix("error[TL-\(code)]"))
    #expect(run.messages.contains(text))
  }

  @Test func anUnwritableLogStopsNoLoad() {
    let folder = TemporaryFolder()
    let trips = SampleLake.trips
    #expect(CommandRun(["init", "--lake", folder.path + "/l"]).exitCode == .done)
    _ = folder.file("l/events", "in the way")
    let run = CommandRun(["ingest", "--lake", folder.path + "/l", trips])
    #expect(run.exitCode == .done)
    #expect(run.progress.hasPrefix("warning: events"))
    #expect(run.progress.split(separator: "\n").count == 1)
  }
}
