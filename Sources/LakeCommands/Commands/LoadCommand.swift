internal import LakeQuery
internal import LakeStore

/// `triplake load N`: the receipt of one load, or the rows that it refused.
enum LoadCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let load = try raw.loadNumber()
    let wanted = try wantedReport(raw)
    let lake = try OpenLake(raw, environment)
    if let wanted { return try copy(wanted, of: load, lake, raw, environment) }
    let account = try LoadAccount(load, in: lake)
    let target = try OutputTarget(raw, environment)
    try account.write(to: target)
    try target.finish()
    let damages = account.reports.compactMap(\.damage)
    for damage in damages { CommandError(from: damage).map { environment.report($0, raw) } }
    return damages.isEmpty ? .done : .damage
  }

  private static func wantedReport(_ raw: RawOptions) throws -> ReportKind? {
    let kinds = ReportKind.allCases.filter { raw.has($0.folder) }
    guard kinds.count <= 1 else {
      throw UsageErrors.contradiction("--rejects and --duplicates are two files; ask for one")
    }
    guard kinds.isEmpty || !raw.has("format") else {
      throw UsageErrors.contradiction(
        "--\(kinds[0].folder) writes CSV as it is; leave --format out")
    }
    return kinds.first
  }

  /// Writes a report out, byte by byte, after proving it.
  private static func copy(
    _ kind: ReportKind, of load: UInt64, _ lake: OpenLake, _ raw: RawOptions,
    _ environment: CommandEnvironment
  ) throws -> ExitCode {
    let record = try LoadHistory(lake.reader.manifest).entry(load).record
    guard let reference = record.reports.first(where: { $0.kind == kind }) else {
      var error = CommandError(3043, .nothingFound, "load \(load) has no \(kind.folder)")
      error.help = ["triplake load \(load) tells what it has"]
      throw error
    }
    try lake.lake.readReport(reference)
    let target = try OutputTarget(raw, environment)
    try lake.lake.readReport(reference) { piece in try target.output.write { $0 += piece } }
    try target.finish()
    return .done
  }

  static let definition = CommandDefinition(
    words: ["load"],
    summary: "the receipt of one load: its files, counts, reports",
    description: [
      "What one load did: its files with their ledgers, the rows it stored and refused, what became of it,",
      "and its reports, each proven against its digest. --rejects writes the refused rows out to be mended.",
    ],
    arguments: .one("LOAD"),
    groups: [
      OptionGroup(
        "What to write",
        [
          OptionDefinition("rejects", "the rows it rejected, as CSV that replay takes back mended"),
          OptionDefinition("duplicates", "the rows it dropped as duplicates, as CSV"),
        ]),
      CommonOptions.listing,
    ],
    examples: [
      .init(line: "triplake load 3", meaning: "all of the receipt"),
      .init(line: "triplake load 3 --format json", meaning: "for a program"),
      .init(line: "triplake load 3 --rejects -o mend.csv", meaning: "its rejects, to be mended"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
