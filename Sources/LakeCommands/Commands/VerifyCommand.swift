internal import LakeBytes
internal import LakeStore
internal import TripModel

/// `triplake verify`: reads every byte of a lake and checks it.
enum VerifyCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let threadCount = try raw.threadCount(environment)
    let lake = try LakeChoice.open(raw, environment)
    let report = try lake.verify(threadCount: threadCount)
    let target = try OutputTarget(raw, environment)
    if target.format == .json {
      try target.output.write { $0 += json(report) + [UInt8(ascii: "\n")] }
    } else {
      try writeDamages(report, to: target)
    }
    try target.finish()
    for damage in report.damages where raw.has("verbose") {
      CommandError(from: damage).map { environment.report($0, raw) }
    }
    if !raw.has("quiet") { environment.say(summary(report, path: lake.path)) }
    return report.damages.isEmpty ? .done : .damage
  }

  private static func summary(_ report: VerificationReport, path: String) -> String {
    var parts = [
      report.damages.isEmpty ? "sound" : Plural.count(report.damages.count, "damage"),
      "snapshot \(report.version)", Plural.count(report.manifestCount, "manifest"),
      Plural.count(report.tripFileCount, "trip file"),
      "\(Plural.count(report.byteCount, "byte")) read",
    ]
    if !report.orphans.isEmpty {
      let count = Plural.count(report.orphans.count, "file")
      parts.append("\(count) left by writers that were killed, harmless")
    }
    return "\(ByteString(path).displayText): \(parts.joined(separator: ", "))"
  }

  /// One row for each damage: nothing but a header where there is none.
  private static func writeDamages(
    _ report: VerificationReport, to target: OutputTarget
  ) throws {
    if target.format == .table && report.damages.isEmpty { return }
    let columns = [
      ResultColumn("file"), ResultColumn("block", isNumeric: true), ResultColumn("column"),
      ResultColumn("byte", isNumeric: true), ResultColumn("code"), ResultColumn("message"),
    ]
    let header = ResultHeader(
      schema: "triplake.verify/1", snapshot: report.version, zoneName: "", zone: .utc, filter: [],
      columns: columns)
    var writer = ResultWriter(header, to: target)
    try writer.begin()
    for damage in report.damages {
      try writer.row([
        .text(ByteString(damage.path)), damage.block.map { .integer($0) } ?? .empty,
        damage.column.map { .text(ByteString($0)) } ?? .empty,
        damage.offset.map { .integer($0) } ?? .empty, .text(ByteString(damage.label)),
        .text(ByteString(damage.message)),
      ])
    }
    try writer.end(stats: .null)
  }

  private static func json(_ report: VerificationReport) -> [UInt8] {
    var writer = JSONWriter(.indented)
    writer.beginObject()
    writer.member("schema", "triplake.verify/1")
    writer.member("snapshot", report.version)
    writer.member("is_sound", report.damages.isEmpty)
    writer.member("manifests", report.manifestCount)
    writer.member("files", report.tripFileCount)
    writer.member("bytes", report.byteCount)
    writer.name("damages")
    writer.beginArray()
    for damage in report.damages {
      writer.beginObject()
      writer.member("file", damage.path)
      writer.name("block")
      writer.value(damage.block.map { .integer(Int64($0)) } ?? .null)
      writer.member("column", damage.column)
      writer.name("byte")
      writer.value(damage.offset.map { .integer(Int64($0)) } ?? .null)
      writer.member("code", damage.label)
      writer.member("message", damage.message)
      writer.endObject()
    }
    writer.endArray()
    writer.name("orphans")
    writer.value(.array(report.orphans.map { .string($0) }))
    writer.endObject()
    return writer.bytes
  }

  static let definition = CommandDefinition(
    words: ["verify"],
    summary: "read every byte of the lake and check it",
    description: [
      "Reads every manifest and trip file of the lake, checks all checksums, and statistics against rows,",
      "and names each damage by file, block and column. Exit 0 where all is sound, 76 where not.",
    ],
    arguments: .none,
    groups: [
      OptionGroup(
        "Result",
        [CommonOptions.lake, CommonOptions.format, CommonOptions.output, CommonOptions.threads])
    ],
    examples: [
      .init(line: "triplake verify", meaning: "the lake found from here"),
      .init(line: "triplake verify --lake lake/data --format json", meaning: "for a program"),
      .init(line: "triplake verify --quiet && echo sound", meaning: "by the exit code"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
