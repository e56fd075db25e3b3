internal import LakeBench

/// `triplake bench`: makes trips, converts them, asks about them, and tells how fast that was.
struct BenchCommand {
  private let raw: RawOptions
  private let environment: CommandEnvironment
  private let bench: Bench
  private let folder: String
  private let isKept: Bool

  init(_ raw: RawOptions, _ environment: CommandEnvironment) throws {
    self.raw = raw
    self.environment = environment
    let rowCount = try raw.positiveCount("rows") ?? 1_000_000
    let fileCount = try raw.positiveCount("files") ?? 1
    guard rowCount <= Self.rowCountLimit else {
      throw UsageErrors.badValue(
        "rows", String(rowCount), expected: "there are at most \(Self.rowCountLimit) trips")
    }
    guard fileCount <= rowCount else {
      throw UsageErrors.badValue(
        "files", String(fileCount), expected: "there are no more files than trips")
    }
    var bench = Bench(
      rowCount: UInt64(rowCount), fileCount: fileCount,
      threadCount: try raw.threadCount(environment))
    bench.runCount = try raw.positiveCount("runs") ?? bench.runCount
    bench.conversionOptions = try Self.conversionOptions(raw, environment)
    bench.isInterrupted = { Interruption.isRequested }
    let tellProgress = environment.tellProgress
    if !raw.has("quiet") { bench.tell = { tellProgress("bench: \($0)\n") } }
    self.bench = bench
    folder = raw.value("dir") ?? "triplake-bench"
    isKept = raw.has("keep")
  }

  /// What keeps sums of bytes far from overflow.
  private static let rowCountLimit = 10_000_000_000

  func run() throws -> ExitCode {
    Interruption.deferToCommand()
    return try raw.has("data-only") ? makeData() : runAll()
  }

  private func makeData() throws -> ExitCode {
    let byteCount = try bench.makeData(in: folder)
    environment.say(
      "made \(Plural.count(bench.rowCount, "trip")) in \(Plural.count(bench.fileCount, "file")) of "
        + "\(Plural.grouped(byteCount)) bytes in \(folder)/csv")
    return .done
  }

  private func runAll() throws -> ExitCode {
    let target = try OutputTarget(raw, environment)
    let report = try bench.run(in: folder, isKept: isKept)
    let text = BenchReportText(report)
    try text.write(to: target)
    try target.finish()
    if !raw.has("quiet") {
      for line in text.summary { environment.say(line) }
    }
    return report.isRight ? .done : .nothingFound
  }

  /// The options that are passed on, once they are known to be right.
  private static func conversionOptions(
    _ raw: RawOptions, _ environment: CommandEnvironment
  ) throws -> [String] {
    _ = try raw.byteCount("memory", variable: "TRIPLAKE_MEMORY", environment)
    return ["memory", "threads"].flatMap { name in
      raw.value(name).map { ["--\(name)", $0] } ?? []
    }
  }
}

extension BenchCommand {
  static let definition = CommandDefinition(
    words: ["bench"],
    summary: "make data, convert it, ask about it: how fast this is here",
    description: [
      "Makes trips as CSV, converts them, asks the usual questions, each step a process of its own, and",
      "checks every answer against a count of its own. Times of questions are medians, start included.",
    ],
    arguments: .none,
    groups: [
      OptionGroup(
        "How much",
        [
          OptionDefinition(
            "rows", value: .required("N"), "trips to make; default 1000000 (130 bytes of CSV each)"),
          OptionDefinition("files", value: .required("N"), "CSV files to make; default 1"),
          OptionDefinition(
            "runs", value: .required("N"), "how often each question is asked; default 5"),
        ]),
      OptionGroup(
        "Where",
        [
          OptionDefinition(
            "dir", value: .required("DIR"),
            "a new or empty folder on the disk to be measured; default ./triplake-bench"),
          OptionDefinition("keep", "leave the CSV files (DIR/csv) and the lake (DIR/lake) there"),
          OptionDefinition("data-only", "make the CSV files, leave them there, and stop"),
        ]),
      OptionGroup(
        "How",
        [
          OptionDefinition(
            "memory", value: .required("SIZE"), "memory that the conversion stays within: 512M, 2G"),
          CommonOptions.threads,
        ]),
      OptionGroup("Result", [CommonOptions.format, CommonOptions.output]),
    ],
    examples: [
      .init(line: "triplake bench", meaning: "a million trips, in a few seconds"),
      .init(
        line: "triplake bench --rows 100000000 --files 20 --dir big -o report.md",
        meaning: "the proof of scale: needs 20 GB of disk, takes a minute or two"),
      .init(
        line: "triplake bench --rows 5000000 --data-only --dir big",
        meaning: "only the CSV, to measure something else with it"),
    ],
    run: { raw, environment in try BenchCommand(raw, environment).run() })
}
