internal import LakeBytes
internal import LakeQuery
internal import LakeStore
internal import TripModel

/// `triplake loads`: every load of a lake, one a row.
enum LoadsCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let lake = try OpenLake(raw, environment)
    let history = try LoadHistory(lake.reader.manifest)
    let target = try OutputTarget(raw, environment)
    let columns = [
      ResultColumn("load", isNumeric: true), ResultColumn("kind"),
      ResultColumn("of_load", isNumeric: true), ResultColumn("time"),
      ResultColumn("files", isNumeric: true), ResultColumn("stored", isNumeric: true),
      ResultColumn("duplicates", isNumeric: true), ResultColumn("rejected", isNumeric: true),
      ResultColumn("removed", isNumeric: true), ResultColumn("undone_by", isNumeric: true),
    ]
    var writer = ResultWriter(lake.header("triplake.loads/1", columns: columns), to: target)
    try writer.begin()
    for entry in history.entries { try writer.row(cells(entry)) }
    try writer.end(stats: .null)
    try target.finish()
    return .done
  }

  private static func cells(_ entry: LoadHistory.Entry) -> [Cell] {
    let record = entry.record
    return [
      Cell(record.load), .text(ByteString(record.kind.name)), Cell(record.subject?.load),
      .timestamp(record.endTime), .integer(entry.inputs.count), Cell(record.stored),
      Cell(record.duplicates), Cell(record.rejected), Cell(record.subject?.removedRowCount ?? 0),
      Cell(entry.undoneBy),
    ]
  }

  static let definition = CommandDefinition(
    words: ["loads"],
    summary: "every load of the lake, what it stored and refused",
    description: [
      "One row for each load: when it was committed, its files, rows stored, duplicates and rejected.",
      "An undo is a load too: of_load is the one that it took out, removed counts the rows.",
    ],
    arguments: .none,
    groups: [
      CommonOptions.listing
    ],
    examples: [
      .init(line: "triplake loads", meaning: "the lake found from here"),
      .init(line: "triplake loads --format json", meaning: "for a program"),
      .init(line: "triplake loads --as-of 12", meaning: "up to load 12, as it was then"),
    ],
    run: { raw, environment in try run(raw, environment) })
}

extension LoadKind {
  /// The kind as results call it.
  var name: String {
    switch self {
    case .ingest: "ingest"
    case .undo: "undo"
    case .replay: "replay"
    case .repair: "repair"
    case .areas: "areas"
    case .routes: "routes"
    }
  }
}

extension Cell {
  init(_ number: UInt64) {
    self = .integer(Int(clamping: number))
  }

  /// No number is an empty cell.
  init(_ number: UInt64?) {
    self = number.map { Cell($0) } ?? .empty
  }
}
