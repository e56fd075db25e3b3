import LakeBytes
import LakeNotify
import LakeStore
import LakeTestSupport
import Testing

@testable import LakeCommands

@Suite struct ProgressTests {
  private func lines(
    _ mode: ProgressMode, isTerminal: Bool, total: UInt64? = 1000,
    variables: [String: String] = [:], width: Int = 60
  ) -> String {
    let written = Monitor("")
    var environment = CommandEnvironment(output: ByteOutput(), messages: ByteOutput())
    environment.isMessagesTerminal = isTerminal
    environment.variables = { variables[$0] }
    environment.terminalWidth = width
    environment.tellProgress = { text in written.withLock { $0 += text } }
    let display = ProgressDisplay(mode: mode, environment)
    var meter = ProgressMeter(totalByteCount: total)
    for phase in [ProgressReport.Phase.reading, .writing, .committing] {
      display.show(
        meter.report(
          phase, path: "a\u{1b}b.csv", doneByteCount: 500, rowCount: 1, seconds: 0.5))
    }
    display.clear()
    return written.withLock { $0 }
  }

  @Test func nothingUnlessStderrIsATerminal() {
    #expect(lines(.auto, isTerminal: false).isEmpty)
    #expect(lines(.never, isTerminal: true).isEmpty)
    #expect(lines(.auto, isTerminal: true, variables: ["TERM": "dumb"]).isEmpty)
  }

  @Test func oneLineOnATerminalThatIsTakenAway() {
    let text = lines(.auto, isTerminal: true)
    #expect(text.hasPrefix("\rreading     45% [#########...........]  0 of 0 MB  1 row"))
    #expect(text.contains("\rcommitting  97% ["))
    #expect(text.hasSuffix("\r\u{1b}[K"))
    #expect(!text.contains("\n") && !text.contains("a\u{1b}b"))
    for width in [1, 10, 20, 40, 60, 200] {
      for line in lines(.auto, isTerminal: true, width: width).split(separator: "\r") {
        #expect(line.prefix { $0 != "\u{1b}" }.count <= max(1, width - 1))
      }
    }
    #expect(lines(.auto, isTerminal: true, width: 200).contains("a\\x1bb.csv"))
  }

  @Test func linesElsewhereWhereAskedFor() {
    let text = lines(.always, isTerminal: false)
    #expect(text.split(separator: "\n").count == 3)
    #expect(!text.contains("\u{1b}") && !text.contains("\r"))
    #expect(!lines(.always, isTerminal: false, total: nil).contains("%"))
  }

  /// Every event of the load, in the schema of the log.
  @Test func eventsForPrograms() throws {
    let folder = TemporaryFolder()
    let words = [
      "ingest", "--lake", folder.path + "/l", "--progress", "ndjson", "--quiet", SampleLake.trips,
    ]
    let run = CommandRun(words)
    let events = try run.progress.split(separator: "\n").map { line in
      try JSONParser.parse(Array(line.utf8))
    }
    let types = events.map { $0["type"]?.text }
    #expect(types.first == "load.started" && types.last == "load.committed")
    #expect(types.contains("load.file_done") && types.contains("load.progress"))
    #expect(events.allSatisfy { $0["data"]?["run"]?.text == events[0]["id"]?.text })
    let ids = events.compactMap { $0["id"]?.text }
    #expect(ids == ids.sorted() && Set(ids).count == events.count)
    let outcome = try #require(events.last)
    #expect(outcome["load"] == .integer(1) && outcome["data"]?["stored"] == .integer(100))
    let progress = try #require(events.first { $0["type"]?.text == "load.progress" })
    #expect(progress["data"]?["phase"]?.text == "reading")
    // What stands in the log is what was told, but for progress within the first second.
    let logged = try #require(folder.contents("l/events/00000001.ndjson"))
    let told = run.progress.split(separator: "\n").filter { !$0.contains("load.progress") }
    #expect(logged.split(separator: "\n") == told)
    #expect(run.messages.isEmpty)
  }

  @Test(arguments: [(0.2, "1 s"), (59.5, "1 min 00 s"), (60, "1 min 00 s"), (3725, "1 h 02 min")])
  func durations(seconds: Double, text: String) {
    #expect(ProgressLine.duration(seconds) == text)
  }

  @Test(arguments: [
    (0, "0 rows"), (1, "1 row"), (999, "999 rows"), (1000, "1,000 rows"), (-1, "-1 rows"),
    (-1_234_567, "-1,234,567 rows"), (123_456, "123,456 rows"),
  ])
  func counts(count: Int, text: String) {
    #expect(Plural.count(count, "row") == text)
  }
}
