internal import LakeBytes
internal import LakeQuery
internal import LakeStore
internal import TripModel

/// `triplake status`: what a lake holds, at a glance.
enum StatusCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let lake = try OpenLake(raw, environment)
    let summary = LakeSummary(lake.reader)
    let target = try OutputTarget(raw, environment)
    let facts = self.facts(summary, path: lake.lake.path)
    if target.format == .json {
      var writer = JSONWriter(.indented)
      writer.beginObject()
      writer.member("schema", "triplake.status/1")
      for (name, cell) in facts {
        writer.name(name)
        writer.value(cell.json(zone: lake.reader.zone))
      }
      // The same rows in any order, in any files, have the same sum: what undo and compaction are proven by.
      writer.member("row_hash_sum", lake.reader.manifest.totals.rowHashSum.hexadecimal)
      writer.name("region_names")
      writer.value(.array(summary.regions.map { Cell.text($0).json(zone: .utc) }))
      writer.endObject()
      try target.output.write { $0 += writer.bytes + [UInt8(ascii: "\n")] }
    } else if target.format == .table {
      try FactList.write(facts, zone: lake.reader.zone, to: target)
    } else {
      let header = lake.header("triplake.status/1", columns: facts.map { ResultColumn($0.0) })
      var writer = ResultWriter(header, to: target)
      try writer.begin()
      try writer.row(facts.map(\.1))
      try writer.end(stats: .null)
    }
    try target.finish()
    return .done
  }

  private static func facts(_ summary: LakeSummary, path: String) -> [(String, Cell)] {
    [
      ("lake", .text(ByteString(path))),
      ("snapshot", .integer(Int(summary.snapshot))),
      ("rows", .integer(summary.rowCount)),
      ("files", .integer(summary.fileCount)),
      ("partitions", .integer(summary.partitionCount)),
      ("bytes", .integer(summary.byteCount)),
      ("regions", .integer(summary.regions.count)),
      ("first_time", summary.firstTime.map { .timestamp($0) } ?? .empty),
      ("last_time", summary.lastTime.map { .timestamp($0) } ?? .empty),
      ("zone", .text(summary.zoneName)),
    ]
  }

  static let definition = CommandDefinition(
    words: ["status"],
    summary: "what is in the lake",
    description: [
      "What the lake holds: snapshot, rows, files, partitions, bytes, regions, first and last trip.",
      "It reads the manifest alone, so it costs the same for a hundred trips and a hundred million.",
    ],
    arguments: .none,
    groups: [
      CommonOptions.listing
    ],
    examples: [
      .init(line: "triplake status", meaning: "the lake found from here"),
      .init(line: "triplake status --lake lake/data --format json", meaning: "for a program"),
      .init(line: "triplake status -o status.md", meaning: "as Markdown, into a file"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
