internal import TripModel

/// A trip that was dropped as a duplicate, read back from the report of its load.
struct DroppedTrip {
  let region: ByteString
  let origin: (x: Double, y: Double)
  let destination: (x: Double, y: Double)?
  /// Microseconds since 1970-01-01 UTC.
  let time: Int64
  let source: ByteString
  /// One for each extra column; `nil` for no value.
  let extras: [Value?]

  enum Value {
    /// As columns hold it.
    case word(UInt64)
    case text(ByteString)
  }

  /// - Throws: `IngestError.unreadableReport`.
  init(_ record: [[UInt8]], _ columns: DuplicateColumns) throws(IngestError) {
    guard record.count == columns.names.count,
      let origin = Self.point(record[columns.origin]),
      let time = Self.time(record[columns.time])
    else { throw DuplicateColumns.unreadable("a record is not as it was written") }
    region = ByteString(bytes: record[columns.region])
    source = ByteString(bytes: record[columns.source])
    self.origin = origin
    self.time = time
    let target = record[columns.destination]
    destination = target.isEmpty ? nil : Self.point(target)
    guard target.isEmpty || destination != nil else {
      throw DuplicateColumns.unreadable("a destination is not as it was written")
    }
    var extras: [Value?] = []
    for (field, column) in columns.extras {
      let text = record[field]
      guard !text.isEmpty else {
        extras.append(nil)
        continue
      }
      guard let value = Self.value(text, column.type) else {
        throw DuplicateColumns.unreadable("\(column.name.displayText) is not as it was written")
      }
      extras.append(value)
    }
    self.extras = extras
  }

  private static func value(_ text: [UInt8], _ type: ColumnType) -> Value? {
    switch type {
    case .text: .text(ByteString(bytes: text))
    case .int64: Int64(string(text)).map { .word(UInt64(bitPattern: $0)) }
    case .float64: Double(string(text)).map { .word($0.bitPattern) }
    case .bool: string(text) == "true" ? .word(1) : string(text) == "false" ? .word(0) : nil
    case .timestamp: time(text).map { .word(UInt64(bitPattern: $0)) }
    }
  }

  /// `POINT (x y)`, numbers in their shortest decimals.
  private static func point(_ text: [UInt8]) -> (x: Double, y: Double)? {
    let text = string(text)
    guard text.hasPrefix("POINT ("), text.hasSuffix(")") else { return nil }
    let numbers = text.dropFirst(7).dropLast().split(separator: " ").map { Double($0) }
    guard numbers.count == 2, let x = numbers[0], let y = numbers[1] else { return nil }
    return (x, y)
  }

  private static func time(_ text: [UInt8]) -> Int64? {
    TimestampText.parse(text.span)?.instant(in: .utc).microseconds
  }

  private static func string(_ text: [UInt8]) -> String { String(decoding: text, as: UTF8.self) }
}
