internal import LakeExport
internal import LakeQuery
internal import TripModel

/// `triplake export csv DIR`: the summary tables as files of CSV.
enum ExportCSVCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let content = try ExportedTables.content(raw, environment)
    let folder = raw.arguments[0]
    try make(folder)
    // A reader that finds the new provenance finds the new tables.
    let tables = SummarySchema.tables.filter { $0 != SummarySchema.meta } + [SummarySchema.meta]
    var rowCount = 0
    for table in tables {
      let rows = content.rows(of: table)
      try write(table, rows, to: "\(folder)/\(table.name).csv", raw)
      rowCount += rows.count
    }
    if !raw.has("quiet") {
      let parts = [
        Plural.count(tables.count, "file"), Plural.count(rowCount, "row"),
        "snapshot \(content.tables.snapshot)",
      ]
      environment.say("\(ByteString(folder).displayText): \(parts.joined(separator: ", "))")
    }
    return .done
  }

  private static func make(_ folder: String) throws {
    do throws(SystemDoor.Failure) {
      try SystemDoor.makeFolders(above: "\(folder)/x")
    } catch {
      throw CommandError(cannotCreate: error)
    }
  }

  private static func write(
    _ table: SummaryTable, _ rows: [[SQLValue]], to path: String, _ raw: RawOptions
  ) throws {
    let guardsFormulas = raw.has(CommonOptions.guardsFormulas.name)
    var bytes: [UInt8] = []
    append(table.columns.map { .text($0.name) }, to: &bytes, guardsFormulas: false)
    for row in rows { append(row, to: &bytes, guardsFormulas: guardsFormulas) }
    try ReplacedFile.write(bytes, to: path)
  }

  private static func append(
    _ row: [SQLValue], to bytes: inout [UInt8], guardsFormulas: Bool
  ) {
    for (column, value) in row.enumerated() {
      if column > 0 { bytes.append(UInt8(ascii: ",")) }
      var field: [UInt8] = []
      Cell(value).appendPlain(zone: .utc, to: &field)
      if guardsFormulas, case .text = value { DelimitedText.guardFormula(&field) }
      DelimitedText.appendCSV(field[...], to: &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  static let definition = CommandDefinition(
    words: ["export", "csv"],
    summary: "the summary tables as files of CSV",
    description: [
      "Writes each summary table into DIR/TABLE.csv, replaced one by one; the last is _triplake_meta.csv,",
      "which says what they come from. For the trips themselves: query --select rows.",
    ],
    arguments: .one("DIR"),
    groups: [
      ExportedTables.options, OptionGroup("How", [CommonOptions.guardsFormulas]),
    ],
    examples: [
      .init(line: "triplake export csv out", meaning: "out/regions.csv, out/weekly_trips.csv, ..."),
      .init(line: "triplake export csv --as-of 12 out", meaning: "as the lake was then"),
      .init(
        line: "triplake export csv --guard-formulas --min-count 10 out",
        meaning: "for a spreadsheet, without small groups"),
    ],
    run: { raw, environment in try run(raw, environment) })
}

extension Cell {
  /// A value of a summary table; its times are texts already.
  init(_ value: SQLValue) {
    switch value {
    case .null: self = .empty
    case .integer(let number): self = .integer(Int(number))
    case .real(let number): self = .number(number)
    case .text(let bytes): self = .text(ByteString(bytes: bytes))
    }
  }
}
