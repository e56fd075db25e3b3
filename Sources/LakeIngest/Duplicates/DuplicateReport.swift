internal import LakeBytes
internal import LakeStore
internal import TripModel

/// Writes the duplicates of a load to its report file: the places first, then the trip as it would be stored, in a
/// layout that can be taken in again.
///
/// Format: `formats/csv-input.md`, "Duplicates".
final class DuplicateReport: Sendable {
  private static let header =
    "duplicate_file,duplicate_line,first_load,first_file,first_line,"
    + "region,origin_coord,destination_coord,datetime,datasource"

  private let transaction: LakeTransaction
  private let state: Monitor<State>

  private struct State {
    var writer: ReportWriter?
    var columns: [ColumnDefinition]?
  }

  init(transaction: LakeTransaction) {
    self.transaction = transaction
    state = Monitor(State())
  }

  /// Appends whole lines; a header stands before them where the columns are others than before.
  func write(_ text: [UInt8], columns: [ColumnDefinition]) throws(StoreError) {
    guard !text.isEmpty else { return }
    try state.withLock { state throws(StoreError) in
      let writer =
        if let writer = state.writer { writer } else {
          try transaction.makeReport(.duplicates)
        }
      state.writer = writer
      if state.columns != columns {
        state.columns = columns
        var line = Array(Self.header.utf8)
        for column in columns { line += [Ascii.comma] + CSVText.quoted(column.name.bytes) }
        try writer.append(line + [Ascii.lineFeed])
      }
      try writer.append(text)
    }
  }

  /// Ends the report; `nil` where there was no duplicate.
  func finish() throws(StoreError) -> ReportReference? {
    try state.withLock { state throws(StoreError) in try state.writer?.finish() }
  }

  /// Appends the line of one duplicate.
  func append(
    _ places: DuplicatePlaces, region: ByteString, row: UInt32, _ rows: DuplicateRows,
    to text: inout [UInt8]
  ) {
    text += CSVText.quoted(Array(places.path.utf8))
    text += ",\(places.line),\(places.firstLoad.map(String.init) ?? ""),".utf8
    text += CSVText.quoted(Array(places.firstPath.utf8))
    text += ",\(places.firstLine.map(String.init) ?? ""),".utf8
    text += CSVText.quoted(region.bytes) + [Ascii.comma]
    text += Self.point(rows.place(row, word: TripRow.originX)) + [Ascii.comma]
    text += Self.point(rows.place(row, word: TripRow.destinationX)) + [Ascii.comma]
    TimestampText.appendLocal(microseconds: rows.startTime(row), zone: .utc, to: &text)
    text += [Ascii.comma] + CSVText.quoted(rows.source(row).bytes)
    for place in rows.texts.layout.columns.indices {
      text.append(Ascii.comma)
      text += Self.extra(rows, row, place)
    }
    text.append(Ascii.lineFeed)
  }

  private static func point(_ place: (x: Double, y: Double)?) -> [UInt8] {
    guard let place else { return [] }
    return Array("POINT (\(place.x.shortestDecimal) \(place.y.shortestDecimal))".utf8)
  }

  private static func extra(_ rows: DuplicateRows, _ row: UInt32, _ place: Int) -> [UInt8] {
    guard let word = rows.extra(row, place: place) else { return [] }
    switch rows.texts.layout.columns[place].type {
    case .int64: return Array(String(Int64(bitPattern: word)).utf8)
    case .float64: return Array(Double(bitPattern: word).shortestDecimal.utf8)
    case .bool: return Array((word == 1 ? "true" : "false").utf8)
    case .timestamp:
      var text: [UInt8] = []
      TimestampText.appendLocal(
        microseconds: Int64(bitPattern: word), zone: .utc, to: &text)
      return text
    case .text:
      guard let textIndex = rows.texts.textIndexes[place] else { return [] }
      return CSVText.quoted(rows.text(row, word: word, textIndex: textIndex))
    }
  }
}
