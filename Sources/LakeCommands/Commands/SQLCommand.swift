internal import LakeBytes
internal import LakeExport
internal import LakeQuery
internal import LakeSQL
internal import TripModel

/// `triplake sql`: any question in SQL, over the trips and their summaries.
struct SQLCommand {
  private let raw: RawOptions
  private let environment: CommandEnvironment
  /// `nil` where statements are typed.
  private let script: SQLScript?
  private let timeoutSeconds: Double?
  private let lake: OpenLake
  private let session: SQLSession

  init(_ raw: RawOptions, _ environment: CommandEnvironment) throws {
    self.raw = raw
    self.environment = environment
    timeoutSeconds = try raw.timeout("timeout")
    let isDialogue = environment.isInputTerminal && environment.isOutputTerminal
    let isTyped = raw.arguments.isEmpty && !raw.has("file") && isDialogue
    script = isTyped ? nil : try SQLScript(raw)
    lake = try OpenLake(raw, environment)
    guard let routines = SQLiteLibrary.routines else {
      throw SQLError(.failed, "SQLite cannot be started: out of memory")
    }
    session = try SQLSession(
      SQLContext(
        reader: lake.reader, programVersion: ProgramVersion.text,
        threadCount: SystemDoor.processorCount), SQLiteRoutines(routines),
      isInterrupted: { Interruption.isRequested }, now: { SystemDoor.monotonicSeconds })
  }

  func run() throws -> ExitCode {
    let target = try OutputTarget(raw, environment)
    let answers = SQLAnswers(session, lake: lake, target: target)
    guard let script else {
      let code = try SQLPrompt(session, raw, environment).run { try write($0, answers, target) }
      try target.finish()
      return code
    }
    try write(script, answers, target)
    try target.finish()
    try answers.explain.tell(raw, environment)
    return answers.rowCount == 0 && raw.has("fail-if-empty") ? .nothingFound : .done
  }

  private func write(_ script: SQLScript, _ answers: SQLAnswers, _ target: OutputTarget) throws {
    do {
      try answers.write(script, timeoutSeconds: timeoutSeconds)
      try target.output.flush()
    } catch let error as SQLError {
      // The answers before it are whole.
      try target.output.flush()
      throw CommandError(sql: error, in: script, known: session.names)
    }
  }

  static let definition = CommandDefinition(
    words: ["sql"],
    summary: "any question in SQL over the trips",
    description: [
      "SQL as SQLite speaks it, over trips and the tables of export sqlite; it only reads. Conditions on",
      "region, week, start_time, source and coordinates of trips read only what may match.",
    ],
    arguments: .atMostOne("SQL"),
    groups: [
      OptionGroup(
        "What is asked",
        [
          OptionDefinition(
            "file", short: "f", value: .required("FILE"),
            "read the statements from FILE; - and no SQL mean stdin, on a terminal a prompt"),
          OptionDefinition(
            "timeout", value: .required("TIME"), "end a statement that takes longer: 30s, 2m, 0.5s"),
        ]),
      OptionGroup(
        "Result",
        [
          CommonOptions.lake, CommonOptions.asOf, CommonOptions.format, CommonOptions.output,
          CommonOptions.guardsFormulas, CommonOptions.explain,
          OptionDefinition("fail-if-empty", "exit with 1 where there is no row"),
        ]),
    ],
    examples: [
      .init(
        line: "triplake sql \"SELECT region, count(*) FROM trips GROUP BY region\"",
        meaning: "trips of each region"),
      .init(
        line: "triplake sql \"SELECT * FROM trips WHERE week = '2018-W22'\" -o trips.ndjson",
        meaning: "the trips of a week, into a file"),
      .init(line: "triplake sql -f question.sql", meaning: "the statements of a file"),
    ],
    run: { raw, environment in try SQLCommand(raw, environment).run() })
}
