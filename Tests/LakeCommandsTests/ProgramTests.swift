import LakeBytes
import LakeTestSupport
import Testing

@testable import LakeCommands

@Suite struct ProgramTests {
  @Test(arguments: [
    ("wekly", 2, 1001, "weekly"), ("exprot sqlite x", 2, 1001, "export"),
    ("export sqlit x", 2, 1001, "export sqlite"), ("export", 2, 1001, "triplake export sqlite"),
    ("weekly --regoin x", 2, 1002, "--region"), ("weekly --by regin", 2, 1005, "region"),
    ("query --select cuont", 2, 1005, "count"), ("status here", 2, 1006, "usage"),
    ("ingest", 2, 1007, "usage"), ("weekly --format jsn", 2, 1005, "json"),
    ("help boxs", 2, 1009, "boxes"), ("explain-error 4", 2, 1011, "lists them all"),
    ("query --select rows --group-by week", 2, 1008, "leave one"),
    ("weekly --color blue", 2, 1005, "always"),
  ])
  func usageErrors(line: String, exit: Int32, code: Int, help: String) {
    let run = CommandRun(line)
    #expect(run.exitCode.rawValue == exit)
    #expect(run.output.isEmpty)
    #expect(run.messages.hasPrefix("error[TL-\(code)]: "))
    #expect(run.messages.contains(help), "\(run.messages)")
  }

  @Test func noCommandIsHelpOnStderr() {
    let run = CommandRun("")
    #expect(run.exitCode == .usage)
    #expect(run.output.isEmpty)
    #expect(run.messages.contains("Usage: triplake COMMAND"))
  }

  @Test(arguments: ["--version", "-V", "version", "weekly --version"])
  func version(line: String) {
    let run = CommandRun(line)
    #expect(run.exitCode == .done)
    #expect(run.lines.first == "triplake 0.1.0")
    for word in ["manifest 1", "trip file 1", "zstd 1.", "xxHash 0.", "SQLite 3."] {
      #expect(run.output.contains(word))
    }
  }

  @Test(arguments: Program.commands.map(\.name))
  func everyCommandHelps(name: String) throws {
    let run = CommandRun("\(name) --help")
    #expect(run.exitCode == .done)
    #expect(run.messages.isEmpty)
    #expect(CommandRun("help \(name)").output == run.output)
    #expect(CommandRun("--help \(name)").output == run.output)
    let command = try #require(Program.commands.first { $0.name == name })
    #expect(command.description.count == 2)
    #expect(command.examples.count == 3)
    #expect(run.lines.allSatisfy { $0.count <= 100 })
    // Every option of an example is one that the command knows.
    for example in command.examples where example.line.hasPrefix("triplake \(name)") {
      let words = example.line.split(separator: " ").dropFirst(1 + command.words.count)
      let shown = words.prefix { !["|", "&&"].contains($0) }.map(String.init)
      #expect(throws: Never.self) { try RawOptions.parse(shown, options: command.options) }
    }
  }

  @Test func everyShortOptionHasOneMeaning() {
    var meanings: [Character: String] = [:]
    for option in Program.commands.flatMap(\.options) {
      // -f is what tail -f and psql -f make of it.
      guard let short = option.short, option.name != "file" else { continue }
      #expect(meanings[short, default: option.name] == option.name)
      meanings[short] = option.name
    }
  }

  @Test func optionsMayStandBeforeTheCommand() {
    let lake = SampleLake()
    let after = CommandRun("weekly --lake \(lake.path) --format csv")
    #expect(after.exitCode == .done)
    #expect(CommandRun("--lake \(lake.path) --format=csv weekly").output == after.output)
    #expect(CommandRun("--lake \(lake.path) weekly --format csv").output == after.output)
  }

  @Test func everyTopicIsListedAndShown() {
    let list = CommandRun("help").output
    for topic in HelpTopic.all {
      #expect(list.contains(topic.name))
      #expect(CommandRun("help \(topic.name)").output == topic.text + "\n")
    }
    for code in ExitCode.allCases {
      #expect(CommandRun("help exit-codes").output.contains("\(code.rawValue)  "))
    }
  }

  @Test func errorsAsJSON() throws {
    for line in ["weekly --regoin=x --error-format json", "--error-format=json wekly"] {
      let run = CommandRun(line)
      #expect(run.exitCode == .usage)
      #expect(run.messages.split(separator: "\n").count == 1)
      let value = try JSONParser.parse(Array(run.messages.utf8))
      #expect(value["schema"]?.text == "triplake.error/1")
      #expect(value["code"]?.text?.hasPrefix("TL-100") == true)
      #expect(value["exit_code"]?.integer == 2)
      #expect(value["help"]?.elements?.isEmpty == false)
    }
  }

  @Test func colors() {
    #expect(CommandRun("wekly", isTerminal: true).messages.contains("\u{1b}[1;31m"))
    let isPlain: [CommandRun] = [
      CommandRun("wekly"), CommandRun("wekly --color never", isTerminal: true),
      CommandRun("wekly", isTerminal: true, variables: ["NO_COLOR": "1"]),
      CommandRun("wekly", isTerminal: true, variables: ["TERM": "dumb"]),
    ]
    for run in isPlain { #expect(!run.messages.contains("\u{1b}")) }
    #expect(CommandRun("wekly --color=always").messages.contains("\u{1b}"))
  }

  @Test func wordsOfTheCommandLineCannotMoveATerminal() {
    let run = CommandRun(["\u{1b}[2Jx"])
    #expect(!run.messages.contains("\u{1b}"))
    #expect(run.messages.contains("\\x1b"))
  }
}
