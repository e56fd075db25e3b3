internal import LakeBytes
internal import TripModel

/// What a result says of itself, whatever its format.
struct ResultHeader {
  /// `triplake.weekly/1`.
  let schema: String
  let snapshot: UInt64
  /// Of the snapshot's manifest, in hexadecimal; nil where the result is not about what one holds.
  var digest: String?
  let zoneName: ByteString
  let zone: TimeZoneRules
  /// The conditions that were given, by name.
  let filter: [JSONMember]
  let columns: [ResultColumn]
}

/// Writes the rows of a result in one of the formats.
struct ResultWriter {
  private let header: ResultHeader
  private let format: OutputFormat
  private let output: ByteOutput
  /// Whether names are shown on a terminal, which must not be moved by them.
  private let isTerminal: Bool
  private let guardsFormulas: Bool
  private var table: AlignedTable
  private var rowCount = 0

  init(_ header: ResultHeader, to target: OutputTarget) {
    self.header = header
    format = target.format
    output = target.output
    isTerminal = target.isTerminal
    guardsFormulas = target.guardsFormulas
    table = AlignedTable(columns: header.columns, isMarkdown: format == .markdown)
  }

  func begin() throws {
    switch format {
    case .csv, .tsv: try appendDelimited(header.columns.map { .text(ByteString($0.name)) })
    case .json: try output.write { $0 += Array(envelopeStart.utf8) }
    case .table, .ndjson, .markdown: break
    }
  }

  /// - Precondition: There is one cell for each column.
  mutating func row(_ cells: [Cell]) throws {
    precondition(cells.count == header.columns.count, "a row has a cell for each column")
    switch format {
    case .csv, .tsv: try appendDelimited(cells)
    case .table, .markdown:
      let values = cells.map { $0.displayText(zone: header.zone) }
      try output.write { table.append(values, to: &$0) }
    case .json, .ndjson:
      let object = jsonRow(cells)
      let isFirst = rowCount == 0
      try output.write { bytes in
        if format == .json { bytes += Array((isFirst ? "\n    " : ",\n    ").utf8) }
        bytes += object
        if format == .ndjson { bytes.append(UInt8(ascii: "\n")) }
      }
    }
    rowCount += 1
  }

  /// - Parameter stats: What was read; only JSON shows it, so that only then it is made.
  mutating func end(stats: @autoclosure () -> JSONValue) throws {
    switch format {
    case .table, .markdown: try output.write { table.finish(&$0) }
    case .json:
      let close = rowCount == 0 ? "]" : "\n  ]"
      try output.write("\(close),\n  \"stats\": \(Self.text(stats()))\n}\n")
    case .csv, .tsv, .ndjson: break
    }
  }

  private func appendDelimited(_ cells: [Cell]) throws {
    try output.write { bytes in
      for (column, cell) in cells.enumerated() {
        let separator = format == .csv ? UInt8(ascii: ",") : UInt8(ascii: "\t")
        if column > 0 { bytes.append(separator) }
        var field: [UInt8] = []
        if isTerminal {
          field += Array(cell.displayText(zone: header.zone).utf8)
        } else {
          cell.appendPlain(zone: header.zone, to: &field)
        }
        if guardsFormulas, case .text = cell { DelimitedText.guardFormula(&field) }
        if format == .csv {
          DelimitedText.appendCSV(field[...], to: &bytes)
        } else {
          DelimitedText.appendTSV(field[...], to: &bytes)
        }
      }
      bytes.append(UInt8(ascii: "\n"))
    }
  }

  private func jsonRow(_ cells: [Cell]) -> [UInt8] {
    var writer = JSONWriter(.compact)
    writer.beginObject()
    for (column, cell) in zip(header.columns, cells) {
      writer.name(column.name)
      writer.value(cell.json(zone: header.zone))
    }
    writer.endObject()
    return writer.bytes
  }

  /// Everything of the envelope that stands before the rows; one row a line follows.
  private var envelopeStart: String {
    """
    {
      "schema": \(Self.text(.string(header.schema))),
      "snapshot": \(header.snapshot),
      "digest": \(Self.text(header.digest.map { .string($0) } ?? .null)),
      "zone": \(Self.text(.string(header.zoneName.displayText))),
      "filter": \(Self.text(.object(header.filter))),
      "rows": [
    """
  }

  private static func text(_ value: JSONValue) -> String {
    var writer = JSONWriter(.compact)
    writer.value(value)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
