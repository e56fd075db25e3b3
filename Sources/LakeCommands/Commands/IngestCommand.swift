internal import LakeIngest
internal import LakeStore
internal import TripModel

/// `triplake ingest FILE...`: one load of CSV files into a lake.
struct IngestCommand {
  private let raw: RawOptions
  private let environment: CommandEnvironment
  private let options: LoadOptions
  private let progressMode: ProgressMode
  private let paths: [String]

  init(_ raw: RawOptions, _ environment: CommandEnvironment) throws {
    self.raw = raw
    self.environment = environment
    paths = raw.arguments
    guard paths.count(where: { $0 == "-" }) <= 1 else {
      throw UsageErrors.contradiction("- stands for standard input, which can be read only once")
    }
    options = try Self.options(raw, environment)
    progressMode = try raw.choice("progress", ProgressMode.self) ?? .auto
  }

  func run() throws -> ExitCode {
    try checkSomeInputIsThere()
    Interruption.deferToCommand()
    let lake = try openOrCreate()
    let target = try OutputTarget(raw, environment)
    let receipt = try load(into: lake)
    try LoadReport(receipt, lakePath: lake.path).write(to: target)
    try target.finish()
    tell(receipt, lake)
    return exitCode(receipt)
  }

  private func load(into lake: Lake) throws -> LoadReceipt {
    let display = ProgressDisplay(
      mode: raw.has("quiet") && progressMode == .auto ? .never : progressMode, environment)
    let announcer = LoadAnnouncer(
      lake, command: "ingest", paths: paths, totalByteCount: inputByteCount, display, environment)
    return try announcer.run(options)
  }

  /// The exit code says how much of what was asked for is in the lake.
  private func exitCode(_ receipt: LoadReceipt) -> ExitCode {
    switch receipt.status {
    case .committed, .alreadyLoaded: return .done
    case .committedWithRejects:
      let isComplete = !receipt.files.contains { $0.status == .failed }
      return isComplete && raw.has("rejects-ok") ? .done : .committedWithRejects
    case .failed:
      let failures = receipt.files.compactMap(\.error)
      let codes = Set(failures.map { CommandError(load: $0, path: nil).exitCode })
      return codes.count == 1 ? codes.first ?? .badData : .badData
    }
  }

  private func tell(_ receipt: LoadReceipt, _ lake: Lake) {
    let report = LoadMessages(receipt, lake: lake)
    for error in report.errors(isVerbose: raw.has("verbose")) { environment.report(error, raw) }
    guard !raw.has("quiet") else { return }
    for line in report.notices { environment.say(line) }
  }

  /// Bytes of all inputs that are there; `nil` where one of them is no regular file.
  private var inputByteCount: UInt64? {
    let sizes = paths.filter { $0 == "-" || SystemDoor.exists($0) }.map { path in
      path == "-" ? nil : SystemDoor.byteCount(path)
    }
    return sizes.contains(nil) ? nil : sizes.reduce(0) { $0 + ($1 ?? 0) }
  }

  /// - Throws: `CommandError` 2001 where none of the files exists: no lake is made for nothing.
  private func checkSomeInputIsThere() throws {
    guard let first = paths.first, !paths.contains(where: { $0 == "-" || SystemDoor.exists($0) })
    else { return }
    var error = CommandError(2001, .inputMissing, "the input is missing")
    error.place = .init(path: first)
    error.notes = paths.dropFirst().map { "\($0) is missing too" }
    error.unchanged = "nothing was committed"
    throw error
  }

  private func openOrCreate() throws -> Lake {
    let path = try LakeChoice.path(raw, environment)
    // Waiting for the disk needs no processor, so there are more of these threads, unless one thread is to
    // make every call in turn.
    let synchronizeThreadCount =
      try raw.threadCount(environment) == 1 ? 1 : StoreEnvironment.usualSynchronizeThreadCount
    if Lake.exists(at: path) {
      let lake = try Lake.open(at: path, synchronizeThreadCount: synchronizeThreadCount)
      try checkZone(of: lake)
      return lake
    }
    return try NewLake.make(
      at: path, synchronizeThreadCount: synchronizeThreadCount, raw, environment)
  }

  private func checkZone(of lake: Lake) throws {
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
  private static func options(
    _ raw: RawOptions, _ environment: CommandEnvironment
  ) throws -> LoadOptions {
    let asked = try raw.byteCount("memory", variable: "TRIPLAKE_MEMORY", environment)
    guard let memory = MemoryBudget(byteCount: asked ?? MemoryLimit.defaultByteCount) else {
      throw UsageErrors.badValue(
        "memory", raw.value("memory") ?? "",
        expected: "it is at least \(MemoryBudget.smallestByteCount >> 20)M")
    }
    var options = LoadOptions(memory: memory, threadCount: try raw.threadCount(environment))
    options.errorLimit = try errorLimit(raw) ?? options.errorLimit
    options.definitions = try InputChoice.definitions(raw)
    options.isForced = raw.has("force")
    options.zoneRules = { try ZoneFolder.rules($0) }
    options.isInterrupted = { Interruption.isRequested }
    return options
  }

  /// `100` or `2.5%`.
  private static func errorLimit(_ raw: RawOptions) throws -> LoadOptions.ErrorLimit? {
    guard let text = raw.value("max-errors") else { return nil }
    if text.utf8.last == UInt8(ascii: "%") {
      let percent = DecimalText.parse(text.dropLast())
      if let percent, (0...100).contains(percent) { return .percent(percent) }
    } else if let count = DecimalText.parseCount(text) {
      return .count(UInt64(count))
    }
    throw UsageErrors.badValue(
      "max-errors", text, expected: "it is a number of records, or a percentage: 100 or 2.5%")
  }

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
          OptionDefinition("force", "load bytes again that the lake has already"),
          OptionDefinition(
            "max-errors", value: .required("N|P%"),
            "rejects that a file may have; with more it stores nothing; default 10%"),
          OptionDefinition("rejects-ok", "exit with 0 even where rows were rejected"),
        ]),
      OptionGroup(
        "How",
        [
          OptionDefinition(
            "memory", value: .required("SIZE"),
            "memory to stay within: 512M, 2G; default a quarter of what there is, 256M to 4G"),
          CommonOptions.threads,
          OptionDefinition(
            "progress", value: .required("WHEN"),
            "auto (on a terminal), always, never, or ndjson for programs; on stderr"),
        ]),
      OptionGroup("Result", [CommonOptions.format, CommonOptions.output]),
    ],
    examples: [
      .init(line: "triplake ingest trips.csv", meaning: "one file into the lake found from here"),
      .init(
        line: "triplake ingest --lake city --zone Europe/Prague 2018/*.csv",
        meaning: "many files, into a new lake with local weeks"),
      .init(
        line: "curl -s URL | triplake ingest -", meaning: "standard input; gzip and Zstandard too"),
    ],
    run: { raw, environment in try IngestCommand(raw, environment).run() })
}
