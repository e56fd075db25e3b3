internal import TripModel

/// Turns the faults of a chunk into rejected records with their place; lines and offsets still count from the
/// chunk's start.
struct RejectCollector {
  let chunk: Chunk
  let table: RecordTable
  let format: InputFormat

  private var mapping: HeaderMapping { format.mapping }

  /// Longest raw text that is kept of a record that never ends.
  private static let rawByteLimit = 4096

  /// - Complexity: O(bytes of the chunk), and nothing where there is no fault.
  func collect(_ faults: [RowFault]) -> [RejectedRecord] {
    guard !faults.isEmpty || !table.malformed.isEmpty else { return [] }
    let fromRows = faults.map { fault in (range: table.range(ofRecord: fault.row), fault: fault) }
    var places: [(range: Range<Int>, reject: (UInt64) -> RejectedRecord)] = []
    for (range, fault) in fromRows {
      places.append((range, { line in reject(fault, range: range, line: line) }))
    }
    for record in table.malformed {
      places.append((record.range, { line in reject(record, line: line) }))
    }
    places.sort { $0.range.lowerBound < $1.range.lowerBound }
    var counted = 0
    var line: UInt64 = 1
    return places.map { place in
      line += UInt64(chunk.lineEndCount(in: counted..<place.range.lowerBound))
      counted = place.range.lowerBound
      return place.reject(line)
    }
  }

  private func reject(_ fault: RowFault, range: Range<Int>, line: UInt64) -> RejectedRecord {
    let name = mapping.columnName(fault.field).displayText
    let field = table.range(ofField: fault.field, record: fault.row)
    let isInPlace = field.lowerBound < chunk.byteCount
    return make(
      Self.code(fault.reason), "\(name) \(complaint(fault))", range: range, line: line,
      lineColumn: isInPlace ? field.lowerBound - range.lowerBound + 1 : 1, column: name)
  }

  private func reject(_ record: MalformedRecord, line: UInt64) -> RejectedRecord {
    switch record.fault {
    case .fieldCount(let count):
      let fields = count == 1 ? "1 field" : "\(count) fields"
      return make(
        .fieldCount, "\(fields) where the header has \(mapping.fieldCount)", range: record.range,
        line: line, lineColumn: 1, column: nil)
    case .textAfterQuote(let field):
      let name = mapping.columnName(field).displayText
      return make(
        .textAfterQuote, "\(name) has text behind its closing quote", range: record.range,
        line: line, lineColumn: 1, column: name)
    case .endless:
      return make(
        .endlessRecord,
        "the record does not end within \(InputReader.recordByteLimit) bytes, or a quote stays open",
        range: record.range, line: line, lineColumn: 1, column: nil)
    }
  }

  private func make(
    _ code: RejectedRecord.Code, _ message: String, range: Range<Int>, line: UInt64,
    lineColumn: Int, column: String?
  ) -> RejectedRecord {
    let limit = code == .endlessRecord ? Self.rawByteLimit : range.count
    let end = min(range.upperBound, range.lowerBound + limit)
    let raw = chunk.copyBytes(range.lowerBound..<end)
    let isLineEnd: (UInt8) -> Bool = { $0 == Ascii.lineFeed || $0 == Ascii.carriageReturn }
    return RejectedRecord(
      code: code, message: message, path: "", line: line, byteOffset: UInt64(range.lowerBound),
      lineColumn: lineColumn, column: column,
      raw: Array(raw.reversed().drop(while: isLineEnd).reversed()))
  }

  private static func code(_ reason: RowFault.Reason) -> RejectedRecord.Code {
    switch reason {
    case .pointSyntax: .pointSyntax
    case .coordinateSyntax: .coordinateSyntax
    case .coordinateRange: .coordinateRange
    case .outsideAreas: .outsideAreas
    case .timestampSyntax: .timestampSyntax
    case .timeInGap: .timeInGap
    case .timeInOverlap: .timeInOverlap
    case .invalidText: .invalidText
    case .integerSyntax: .integerSyntax
    case .numberSyntax: .numberSyntax
    case .boolSyntax: .boolSyntax
    }
  }

  private func complaint(_ fault: RowFault) -> String {
    switch fault.reason {
    case .pointSyntax: "is not a POINT"
    case .coordinateSyntax: "is not a coordinate, a decimal number of degrees"
    case .coordinateRange: "lies outside of ±180 degrees of longitude and ±90 of latitude"
    case .outsideAreas: "lies in none of the areas that are the regions"
    case .timestampSyntax: "is not a time of the form \(timeForms(ofField: fault.field))"
    case .timeInGap: "is a time that the clocks were put forward over"
    case .timeInOverlap: "is a time that the clocks showed twice"
    case .invalidText: "is not UTF-8 text"
    case .integerSyntax: "is not a whole number of 64 bits"
    case .numberSyntax: "is not a decimal number"
    case .boolSyntax: "is neither true nor false"
    }
  }

  private func timeForms(ofField field: Int) -> String {
    let extra = format.extras.first { $0.field == field }?.role.layouts
    let layouts = field == mapping.time ? format.definition.time.layouts : extra ?? [.iso]
    return layouts.map { $0 == .iso ? "YYYY-MM-DD HH:MM:SS" : $0.text }.joined(separator: " or ")
  }
}
