internal import LakeSQL
internal import TripModel

/// The dialogue of `triplake sql` on a terminal: statements until `;`, answered one after the other.
final class SQLPrompt {
  private let session: SQLSession
  private let environment: CommandEnvironment
  private let raw: RawOptions
  private let terminal = TerminalDoor()
  private var history: PromptHistory
  private var script = ""

  static let help = """
    statements of SQL end with ; and may go over several lines
    .tables         tables, views and functions
    .schema [NAME]  the columns of all tables, or of one
    .help           this text
    .quit           the end; also Ctrl-D
    Ctrl-C forgets what was typed, or ends the statement that runs.
    """

  init(_ session: SQLSession, _ raw: RawOptions, _ environment: CommandEnvironment) {
    self.session = session
    self.raw = raw
    self.environment = environment
    history = PromptHistory(environment)
  }

  /// - Parameter answer: Writes what the statements of a script give.
  /// - Returns: When the input ends or `.quit` is typed.
  func run(_ answer: (SQLScript) throws -> Void) throws -> ExitCode {
    Interruption.deferToCommand()
    defer { history.save() }
    environment.say("triplake \(ProgramVersion.text), SQL; .help tells more")
    while true {
      let prompt = script.isEmpty ? "triplake> " : "     ...> "
      switch readLine(prompt) {
      case .line(let line): if try !take(line, answer) { return .done }
      case .cancelled: script = ""
      case .endOfInput: return .done
      case .signal: return Interruption.exitCode
      case .editing: break
      }
    }
  }

  private func readLine(_ prompt: String) -> LineEditor.Outcome {
    var editor = LineEditor(history: history.lines)
    terminal.enter()
    defer {
      terminal.leave()
      terminal.write("\n")
    }
    while true {
      terminal.write(editor.picture(prompt: prompt, width: terminal.width))
      let outcome = editor.press(Key.read(terminal))
      if outcome != .editing { return outcome }
    }
  }

  /// - Returns: False where the line ends the dialogue.
  private func take(_ line: String, _ answer: (SQLScript) throws -> Void) throws -> Bool {
    history.add(line)
    let word = line.split(separator: " ").first ?? ""
    if script.isEmpty, word.hasPrefix(".") {
      if [".quit", ".exit"].contains(word) { return false }
      try tell { try self.command(line.split(separator: " ").map(String.init), answer) }
      return true
    }
    script += script.isEmpty ? line : "\n\(line)"
    if script.allSatisfy(\.isWhitespace) { script = "" }
    guard session.isComplete(script) else { return true }
    let statements = SQLScript(script)
    script = ""
    try tell { try answer(statements) }
    return true
  }

  /// Does a piece of work whose errors do not end the dialogue.
  private func tell(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch let error as OutputError {
      throw error
    } catch {
      let failure = CommandError(from: error) ?? CommandError(internal: error)
      environment.report(failure, raw)
    }
    Interruption.forget()
  }

  private func command(_ words: [String], _ answer: (SQLScript) throws -> Void) throws {
    switch words[0] {
    case ".help": environment.say(Self.help)
    case ".tables": try answer(SQLScript(Self.tables))
    case ".schema": try answer(SQLScript(Self.schema(of: words.dropFirst().first)))
    default:
      throw UsageErrors.unknownCommand(
        words[0], known: [".tables", ".schema", ".help", ".quit", ".exit"])
    }
  }

  private static let tables = """
    SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view')
    UNION ALL SELECT name, 'function' FROM pragma_module_list WHERE name IN ('weekly', 'weekly_by_route', 'groups')
    ORDER BY type DESC, name
    """

  private static func schema(of table: String?) -> String {
    let name = table.map { "'\($0.split(separator: "'").joined(separator: "''"))'" }
    return """
      SELECT t.name AS "table", c.name AS "column", c.type
      FROM sqlite_master t, pragma_table_info(t.name) c
      WHERE t.type IN ('table', 'view') AND t.name = coalesce(\(name ?? "NULL"), t.name)
      ORDER BY t.rowid, c.cid
      """
  }
}
