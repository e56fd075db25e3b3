internal import LakeIngest
internal import LakeQuery
internal import LakeStore
internal import TripModel

/// `triplake replay LOAD FILE...`: takes in the rejects of a load, mended.
enum ReplayCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let load = try raw.loadNumber()
    let paths = Array(raw.arguments.dropFirst())
    guard !paths.isEmpty else { throw missingFile(load) }
    var work = try LoadWork(raw, environment, command: "replay", paths: paths)
    try work.checkSomeInputIsThere()
    Interruption.deferToCommand()
    let lake = try LakeChoice.open(
      raw, environment, fileThreadCount: work.options.threadCount == 1 ? 1 : nil)
    let inputs = try rejectingInputs(of: load, lake)
    work.options.definitions = try definitions(of: inputs, load, raw, environment)
    // Whoever mends by hand mends a few at a time.
    if !raw.has("max-errors") { work.options.errorLimit = .percent(100) }
    let original = inputs.count == 1 ? inputs.first?.path.text : nil
    work.options.replay = .init(load: load, originalPath: original)
    return try work.run(on: lake)
  }

  /// The inputs of the load that had rejects.
  private static func rejectingInputs(of load: UInt64, _ lake: Lake) throws -> [InputRecord] {
    do {
      let history = try LoadHistory(lake.snapshot().manifest)
      return try history.replayable(load).inputs.filter { $0.ledger.rejected > 0 }
    } catch {
      var failure = CommandError(from: error) ?? CommandError(internal: error)
      failure.unchanged = "nothing was committed"
      throw failure
    }
  }

  /// The definitions that the inputs were read by.
  ///
  /// - Throws: `CommandError` 2018 where one of them is neither known nor named by `--input`.
  private static func definitions(
    of inputs: [InputRecord], _ load: UInt64, _ raw: RawOptions,
    _ environment: CommandEnvironment
  ) throws -> DefinitionChoice {
    let known =
      try InputChoice.known(raw, environment)
      + [InputChoice.definitions(raw, environment).fixed].compactMap(\.self)
    var found: [InputDefinition] = []
    for identity in Set(inputs.map(\.definition)).sorted() {
      guard let definition = known.last(where: { $0.identity == identity }) else {
        throw unknownDefinition(identity, load)
      }
      found.append(definition)
    }
    return found.count == 1 ? .fixed(found[0]) : .byHeader(found)
  }

  private static func unknownDefinition(_ identity: ByteString, _ load: UInt64) -> CommandError {
    var error = CommandError(
      2018, .usage,
      "load \(load) read a file by the input definition \(identity.displayText), which is not at hand"
    )
    error.help = ["name the file of that very definition with --input"]
    error.unchanged = "nothing was committed"
    return error
  }

  private static func missingFile(_ load: UInt64) -> CommandError {
    var error = UsageErrors.missingArgument("FILE", usage: definition.usage)
    error.help += [
      "triplake load \(load) --rejects -o mend.csv writes its rejects out, to be mended there"
    ]
    return error
  }

  static let definition = CommandDefinition(
    words: ["replay"],
    summary: "load the rejects of a load, mended",
    description: [
      "Takes in the records that a load rejected, once they are mended, read as their file was. It is a",
      "load of its own, and load tells whose rejects it recovered; what is still bad is rejected again.",
    ],
    arguments: .oneOrMore("LOAD FILE"),
    groups: [
      OptionGroup("Which lake", [CommonOptions.lake]),
      OptionGroup(
        "What to accept",
        [
          OptionDefinition(
            "input", value: .required("FILE"),
            "the input definition that the load used, where it is none that is built in"),
          LoadWork.errorLimitOption("default all but one"), LoadWork.rejectsAreGoodOption,
        ]),
      LoadWork.manners,
      OptionGroup("Result", [CommonOptions.format, CommonOptions.output]),
    ],
    examples: [
      .init(
        line: "triplake load 3 --rejects -o mend.csv", meaning: "first: the rejects, to be mended"),
      .init(line: "triplake replay 3 mend.csv", meaning: "then: take them in"),
      .init(
        line: "triplake load 3 --rejects | sed s/PINT/POINT/ | triplake replay 3 -",
        meaning: "both at once"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
