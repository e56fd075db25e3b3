internal import LakeIngest
internal import LakeStore
internal import TripModel

/// `triplake ingest FILE...`: one load of CSV files into a lake.
struct IngestCommand {
  private let raw: RawOptions
  private let environment: CommandEnvironment
  private let work: LoadWork

  init(_ raw: RawOptions, _ environment: CommandEnvironment) throws {
    self.raw = raw
    self.environment = environment
    work = try Self.work(
      raw, environment, command: "ingest", paths: InputPaths.expand(raw.arguments))
  }

  /// A load as the options of this command ask for it.
  static func work(
    _ raw: RawOptions, _ environment: CommandEnvironment, command: String, paths: [String]
  ) throws -> LoadWork {
    var work = try LoadWork(raw, environment, command: command, paths: paths)
    work.options.definitions = try InputChoice.definitions(raw, environment)
    work.options.isForced = raw.has("force")
    work.options.duplicates = try raw.choice("duplicates")
    return work
  }

  func run() throws -> ExitCode {
    try work.checkSomeInputIsThere()
    Interruption.deferToCommand()
    if raw.has("dry-run") {
      return try IngestForecast(raw: raw, environment: environment, work: work).run()
    }
    return try work.run(on: Self.openOrCreate(raw, environment))
  }

  /// The lake that is loaded into, made where there is none.
  static func openOrCreate(
    _ raw: RawOptions, _ environment: CommandEnvironment
  ) throws -> Lake {
    let path = try LakeChoice.path(raw, environment)
    // Waiting for the disk needs no processor, so there are more of these threads, unless one thread is to
    // make every call in turn.
    let fileThreadCount =
      try raw.threadCount(environment) == 1 ? 1 : StoreEnvironment.usualFileThreadCount
    if Lake.exists(at: path) {
      let lake = try Lake.open(at: path, fileThreadCount: fileThreadCount)
      try checkZone(raw, of: lake)
      return lake
    }
    return try NewLake.make(
      at: path, fileThreadCount: fileThreadCount, raw, environment)
  }

  private static func checkZone(_ raw: RawOptions, of lake: Lake) throws {
    guard let zone = raw.value("zone"), ByteString(zone) != lake.settings.zoneName else { return }
    var error = CommandError(
      3062, .settings,
      "the zone of this lake is \(lake.settings.zoneName.displayText), fixed when it was made")
    error.place = .init(path: lake.path)
    error.help = ["leave --zone out, or load into another lake"]
    error.unchanged = "nothing was committed"
    throw error
  }
}

extension IngestCommand {
  static let definition = CommandDefinition(
    words: ["ingest"],
    summary: "load CSV files into the lake, which is made where there is none",
    description: [
      "One load: reads CSV files, finds out by their headers which layout they have, and commits all of",
      "them at once. Each row is stored or counted as rejected; a file is never loaded twice.",
    ],
    arguments: .oneOrMore("FILE"),
    groups: [
      OptionGroup(
        "Where to", [CommonOptions.lake, NewLake.zoneOption]),
      OptionGroup(
        "What to accept",
        [
          OptionDefinition(
            "input", value: .required("FILE|NAME"),
            "how columns map to a trip: a JSON input definition, or a layout that is built in"),
          OptionDefinition(
            "duplicates", value: .required("WHAT"),
            "keep, drop or fail: trips equal to earlier ones; default drop where the layout has a key"
          ),
          OptionDefinition("force", "load bytes again that the lake has already"),
          OptionDefinition(
            "dry-run", "only tell what a load would do, from the first part of each file"),
          LoadWork.errorLimitOption("default 10%"),
          LoadWork.rejectsAreGoodOption,
        ]),
      LoadWork.manners,
      OptionGroup("Result", [CommonOptions.format, CommonOptions.output]),
    ],
    examples: [
      .init(line: "triplake ingest trips.csv", meaning: "one file into the lake found from here"),
      .init(
        line: "triplake ingest --lake city --zone Europe/Prague 2018",
        meaning: "all files of a folder and below, into a new lake with local weeks"),
      .init(
        line: "curl -s URL | triplake ingest -", meaning: "standard input; gzip and Zstandard too"),
    ],
    run: { raw, environment in try IngestCommand(raw, environment).run() })
}
