/// The command line: finds the command, reads its options, does the work, tells errors.
package enum Program {
  static let commands: [CommandDefinition] =
    [
      InitCommand.definition, IngestCommand.definition, WatchCommand.definition,
      WeeklyCommand.definition, QueryCommand.definition, GroupsCommand.definition,
      SQLCommand.definition, LoadsCommand.definition, LoadCommand.definition,
      ReplayCommand.definition, UndoCommand.definition,
      SnapshotsCommand.definition, ChangesCommand.definition, FormatsCommand.definition,
      FormatsShowCommand.definition, FormatsLakeCommand.definition,
      FormatsSniffCommand.definition, ExportSQLiteCommand.definition,
      ExportPostgresCommand.definition, ExportCSVCommand.definition,
      ExportGeoJSONCommand.definition,
      AreaAddCommand.definition, AreaListCommand.definition, AreaRemoveCommand.definition,
      AreaImportCommand.definition, RoutesFitCommand.definition, RoutesListCommand.definition,
      RoutesWeeklyCommand.definition,
      StatusCommand.definition, EventsCommand.definition,
      NotifyListCommand.definition, NotifyTestCommand.definition, NotifyDeliverCommand.definition,
      InspectCommand.definition,
      VerifyCommand.definition, RepairCommand.definition, GarbageCollectionCommand.definition,
      BenchCommand.definition,
      ExplainErrorCommand.definition,
      HelpCommand.definition, VersionCommand.definition,
    ]

  /// A command of one word that answers in a few milliseconds. It is looked for first, because to make the
  /// definitions of all takes a part of that.
  private static func question(_ word: String?) -> CommandDefinition? {
    switch word {
    case "weekly": WeeklyCommand.definition
    case "query": QueryCommand.definition
    default: nil
    }
  }

  /// Runs the process's own command line.
  ///
  /// - Parameter words: Without the program's name; `nil` where they are not UTF-8.
  /// - Returns: The status for the shell.
  package static func main(_ words: [String]?) -> Int32 {
    SystemDoor.openStandardStreams()
    Interruption.install()
    let environment = CommandEnvironment.process()
    guard let words else {
      environment.report(UsageErrors.invalidText(), isJSON: false, isColored: false)
      return ExitCode.usage.rawValue
    }
    return run(words, environment).rawValue
  }

  /// Runs a command line, given without the program's name.
  package static func run(_ words: [String], _ environment: CommandEnvironment) -> ExitCode {
    let manners = MessageManners(words, environment)
    do {
      return try perform(words, environment)
    } catch OutputError.closedPipe {
      return .done
    } catch {
      let failure = CommandError(from: error) ?? CommandError(internal: error)
      environment.report(failure, isJSON: manners.isJSON, isColored: manners.isColored)
      return failure.exitCode
    }
  }

  private static func perform(
    _ words: [String], _ environment: CommandEnvironment
  ) throws -> ExitCode {
    guard let (command, rest) = try findCommand(words) else {
      return try performWithoutCommand(words, environment)
    }
    let raw = try RawOptions.parse(rest, options: command.options)
    if raw.has("help") {
      try environment.output.write("\(HelpText.command(command))\n")
      try environment.output.flush()
      return .done
    }
    if raw.has("version") { return try VersionCommand.run(raw, environment) }
    _ = try raw.choice("color", ColorChoice.self)
    _ = try raw.choice("error-format", ErrorFormat.self)
    _ = try raw.choice("format", OutputFormat.self)
    try check(raw.arguments, of: command)
    return try command.run(raw, environment)
  }

  /// `--help`, `--version`, or nothing.
  private static func performWithoutCommand(
    _ words: [String], _ environment: CommandEnvironment
  ) throws -> ExitCode {
    let raw = try RawOptions.parse(words, options: CommonOptions.everywhere.options)
    if raw.has("version") { return try VersionCommand.run(raw, environment) }
    guard raw.has("help") else {
      environment.say(HelpText.program(commands))
      return .usage
    }
    return try HelpCommand.run(RawOptions(), environment)
  }

  /// The command that the first words outside of options name, and all other words.
  ///
  /// - Returns: `nil` where there is no such word.
  /// - Throws: `CommandError` 1001.
  private static func findCommand(
    _ words: [String]
  ) throws -> (CommandDefinition, [String])? {
    if let question = question(words.first) {
      return (question, Array(words.dropFirst()))
    }
    var candidates = commands
    var rest: [String] = []
    var named: [String] = []
    var position = 0
    while position < words.count, words[position] != "--" {
      let word = words[position]
      position += 1
      if word.utf8.first == UInt8(ascii: "-") {
        rest.append(word)
        if position < words.count, takesNextWord(word, of: candidates) {
          rest.append(words[position])
          position += 1
        }
        continue
      }
      let fitting = candidates.filter {
        $0.words.count > named.count && $0.words[named.count] == word
      }
      named.append(word)
      guard !fitting.isEmpty else {
        let known = candidates.map { $0.words.prefix(named.count).joined(separator: " ") }
        throw UsageErrors.unknownCommand(named.joined(separator: " "), known: known)
      }
      candidates = fitting
      let goesOn = fitting.contains { command in
        position < words.count && command.words.count > named.count
          && command.words[named.count] == words[position]
      }
      if !goesOn, let command = fitting.first(where: { $0.words == named }) {
        return (command, rest + words[position...])
      }
    }
    guard !named.isEmpty else { return nil }
    if rest.contains("--help") || rest.contains("-h"), let command = candidates.first {
      return (command, rest)
    }
    let known = candidates.map(\.name)
    var error = CommandError(1001, .usage, "\"\(named.joined(separator: " "))\" needs another word")
    error.help = known.map { "triplake \($0)" }
    throw error
  }

  /// Whether an option before the command's name takes the word behind it as its value.
  private static func takesNextWord(_ word: String, of commands: [CommandDefinition]) -> Bool {
    let options = commands.flatMap(\.options)
    return options.contains { option in
      guard case .required = option.value else { return false }
      return word == "--\(option.name)" || option.short.map { word == "-\($0)" } ?? false
    }
  }

  private static func check(_ arguments: [String], of command: CommandDefinition) throws {
    let (range, meaning): (ClosedRange<Int>, String) =
      switch command.arguments {
      case .none: (0...0, "")
      case .one(let word): (1...1, word)
      case .atMostOne(let word): (0...1, word)
      case .oneOrMore(let word): (1...Int.max, word)
      case .zeroOrMore(let word): (0...Int.max, word)
      }
    if arguments.count < range.lowerBound {
      throw UsageErrors.missingArgument(meaning, usage: command.usage)
    }
    if arguments.count > range.upperBound {
      throw UsageErrors.unexpectedArgument(arguments[range.upperBound], usage: command.usage)
    }
  }
}
