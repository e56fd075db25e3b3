import LakeBytes
@testable import LakeIngest
import LakeStore
import Testing

@testable import LakeCommands

@Suite struct ProgressTests {
  private func lines(
    _ mode: ProgressMode, isTerminal: Bool, total: UInt64 = 1000, variables: [String: String] = [:]
  ) -> String {
    let written = Monitor("")
    var environment = CommandEnvironment(output: ByteOutput(), messages: ByteOutput())
    environment.isMessagesTerminal = isTerminal
    environment.variables = { variables[$0] }
    environment.terminalWidth = 40
    environment.tellProgress = { text in written.withLock { $0 += text } }
    let display = ProgressDisplay(mode: mode, totalByteCount: total, environment)
    for phase in [LoadProgress.Phase.reading, .writing, .committing] {
      display.show(
        LoadProgress(
          phase: phase, path: "a\u{1b}b.csv", doneByteCount: 500, rowCount: 1))
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
    #expect(text.hasPrefix("\rreading  45%  0 MB, 1 row"))
    #expect(text.contains("\rcommitting  97%"))
    #expect(text.hasSuffix("\r\u{1b}[K"))
    #expect(!text.contains("\n") && !text.contains("a\u{1b}b"))
    for line in text.split(separator: "\r") {
      #expect(line.prefix { $0 != "\u{1b}" }.count < 40)
    }
  }

  @Test func linesElsewhereWhereAskedFor() {
    let text = lines(.always, isTerminal: false)
    #expect(text.split(separator: "\n").count == 3)
    #expect(!text.contains("\u{1b}") && !text.contains("\r"))
    #expect(!lines(.always, isTerminal: false, total: 0).contains("%"))
  }

  @Test func objectsForPrograms() throws {
    let objects = try lines(.ndjson, isTerminal: true).split(separator: "\n").map { line in
      try JSONParser.parse(Array(line.utf8))
    }
    #expect(objects.map { $0["phase"]?.text } == ["reading", "writing", "committing"])
    #expect(objects[0]["type"]?.text == "load.progress")
    #expect(objects[0]["done_bytes"]?.integer == 500 && objects[0]["total_bytes"]?.integer == 1000)
    #expect(objects[0]["share"]?.number == 0.45)
  }

  @Test(arguments: [
    (0, "0 rows"), (1, "1 row"), (999, "999 rows"), (1000, "1,000 rows"), (-1, "-1 rows"),
    (-1_234_567, "-1,234,567 rows"), (123_456, "123,456 rows"),
  ])
  func counts(count: Int, text: String) {
    #expect(Plural.count(count, "row") == text)
  }
}
