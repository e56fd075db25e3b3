internal import LakeBytes
internal import LakeQuery
internal import LakeStore
internal import TripModel

/// `triplake snapshots`: the versions of a lake that can still be read.
enum SnapshotsCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let lake = try OpenLake(raw, environment)
    let target = try OutputTarget(raw, environment)
    let columns = [
      ResultColumn("snapshot", isNumeric: true), ResultColumn("time"), ResultColumn("kind"),
      ResultColumn("of_load", isNumeric: true), ResultColumn("rows", isNumeric: true),
      ResultColumn("files", isNumeric: true), ResultColumn("bytes", isNumeric: true),
    ]
    let records = Dictionary(
      uniqueKeysWithValues: try lake.reader.manifest.loads().map { ($0.load, $0) })
    var writer = ResultWriter(lake.header("triplake.snapshots/1", columns: columns), to: target)
    try writer.begin()
    var damages: [StoreError] = []
    for version in try lake.lake.manifestVersions() where version <= lake.snapshot {
      do {
        let totals = try lake.lake.snapshot(version: version).manifest.totals
        try Self.write(version, totals, records[version], to: &writer)
      } catch let error as StoreError {
        // One that clean-up has just removed is not there any more; others are told of at the end.
        if error.code != .unknownSnapshot { damages.append(error) }
      }
    }
    try writer.end(stats: .null)
    try target.finish()
    for damage in damages { CommandError(from: damage).map { environment.report($0, raw) } }
    return damages.isEmpty ? .done : .damage
  }

  private static func write(
    _ version: UInt64, _ totals: ManifestTotals, _ record: LoadRecord?,
    to writer: inout ResultWriter
  ) throws {
    try writer.row([
      Cell(version), record.map { .timestamp($0.endTime) } ?? .empty,
      record.map { .text(ByteString($0.kind.name)) } ?? .empty, Cell(record?.subject?.load),
      Cell(totals.rowCount), Cell(totals.fileCount), Cell(totals.byteCount),
    ])
  }

  static let definition = CommandDefinition(
    words: ["snapshots"],
    summary: "the versions of the lake that can be read with --as-of",
    description: [
      "One row for each version of the lake that is still there: when it was made, by which kind of load,",
      "and what is in it. A load has the number of the snapshot that it made.",
    ],
    arguments: .none,
    groups: [
      OptionGroup("Result", [CommonOptions.lake, CommonOptions.format, CommonOptions.output])
    ],
    examples: [
      .init(line: "triplake snapshots", meaning: "the lake found from here"),
      .init(line: "triplake snapshots --format json", meaning: "for a program"),
      .init(line: "triplake weekly --as-of 12", meaning: "a question, asked of snapshot 12"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
