internal import LakeIngest
internal import LakeStore
internal import TripModel

/// Does a load for a command and tells what became of it.
struct LoadWork {
  let raw: RawOptions
  let environment: CommandEnvironment
  /// `ingest` or `replay`.
  let command: String
  let paths: [String]
  var options: LoadOptions
  private let progressMode: ProgressMode

  /// - Throws: `CommandError` for the options of `manners` and the limit of errors.
  init(
    _ raw: RawOptions, _ environment: CommandEnvironment, command: String, paths: [String]
  ) throws {
    self.raw = raw
    self.environment = environment
    self.command = command
    self.paths = paths
    guard paths.count(where: { $0 == "-" }) <= 1 else {
      throw UsageErrors.contradiction("- stands for standard input, which can be read only once")
    }
    let asked = try raw.byteCount("memory", variable: "TRIPLAKE_MEMORY", environment)
    guard let memory = MemoryBudget(byteCount: asked ?? MemoryLimit.defaultLoadByteCount) else {
      throw UsageErrors.badValue(
        "memory", raw.value("memory") ?? "",
        expected: "it is at least \(MemoryBudget.smallestByteCount >> 20)M")
    }
    var options = LoadOptions(memory: memory, threadCount: try raw.threadCount(environment))
    options.errorLimit = try Self.errorLimit(raw) ?? options.errorLimit
    options.zoneRules = { try ZoneFolder.rules($0) }
    options.isInterrupted = { Interruption.isRequested }
    self.options = options
    progressMode = try raw.choice("progress", ProgressMode.self) ?? .auto
  }

  /// - Throws: `CommandError` 2001 where none of the files exists: no lake is made for nothing.
  func checkSomeInputIsThere() throws {
    guard let first = paths.first, !paths.contains(where: { $0 == "-" || SystemDoor.exists($0) })
    else { return }
    var error = CommandError(2001, .inputMissing, "the input is missing")
    error.place = .init(path: first)
    error.notes = paths.dropFirst().map { "\($0) is missing too" }
    error.unchanged = "nothing was committed"
    throw error
  }

  func run(on lake: Lake) throws -> ExitCode {
    let target = try OutputTarget(raw, environment)
    let announcer = makeAnnouncer(lake)
    let load = LoadAnnouncer(
      lake, announcer, command: command, paths: paths, totalByteCount: inputByteCount)
    let receipt = try load.run(options)
    try LoadReport(receipt, lakePath: lake.path, replayedLoad: options.replay?.load)
      .write(to: target)
    try target.finish()
    tell(receipt, lake)
    announcer.finish()
    return exitCode(receipt)
  }

  /// What tells of the loads of the command.
  func makeAnnouncer(_ lake: Lake) -> LakeAnnouncer {
    let mode = raw.has("quiet") && progressMode == .auto ? .never : progressMode
    return LakeAnnouncer(lake, ProgressDisplay(mode: mode, environment), environment, raw)
  }

  /// Bytes of all inputs that are there; `nil` where one of them is no regular file.
  private var inputByteCount: UInt64? {
    let sizes = paths.filter { $0 == "-" || SystemDoor.exists($0) }.map { path in
      path == "-" ? nil : SystemDoor.byteCount(path)
    }
    return sizes.contains(nil) ? nil : sizes.reduce(0) { $0 + ($1 ?? 0) }
  }

  private func tell(_ receipt: LoadReceipt, _ lake: Lake) {
    let report = LoadMessages(receipt, lake: lake)
    for error in report.errors(isVerbose: raw.has("verbose")) { environment.report(error, raw) }
    guard !raw.has("quiet") else { return }
    for line in report.notices { environment.say(line) }
    if let replay = options.replay, receipt.load != nil {
      let rows = Plural.count(receipt.stored, "record")
      environment.say("\(rows) recovered of those that load \(replay.load) had rejected")
    }
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
}

// MARK: - Options that loads share

extension LoadWork {
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

  static func errorLimitOption(_ usual: String) -> OptionDefinition {
    OptionDefinition(
      "max-errors", value: .required("N|P%"),
      "rejects that a file may have; with more it stores nothing; \(usual)")
  }

  static let rejectsAreGoodOption = OptionDefinition(
    "rejects-ok", "exit with 0 even where rows were rejected")

  static let manners = OptionGroup(
    "How",
    [
      OptionDefinition(
        "memory", value: .required("SIZE"),
        "memory to stay within: 512M, 2G; default a quarter of what there is, 256M to 2G"),
      CommonOptions.threads,
      OptionDefinition(
        "progress", value: .required("WHEN"),
        "auto (on a terminal), always, never, or ndjson for programs; on stderr"),
    ])
}
