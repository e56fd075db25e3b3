/// Cuts the text of a report, which the program wrote itself, into records and fields: commas between fields,
/// quotes around those that need them, a line feed behind each record.
struct ReportFields {
  private var record: [[UInt8]] = []
  private var field: [UInt8] = []
  private var isQuoted = false
  /// A quote was the last byte inside of a quoted field: its end, or the first of two.
  private var isAtQuote = false

  /// Takes the next bytes, and hands over each record that they end.
  mutating func append(
    _ bytes: [UInt8], _ body: ([[UInt8]]) throws -> Void
  ) rethrows {
    for byte in bytes {
      if isQuoted && !isAtQuote {
        if byte == Ascii.quote { isAtQuote = true } else { field.append(byte) }
        continue
      }
      switch byte {
      case Ascii.quote:
        if isAtQuote { field.append(byte) }
        isQuoted = true
        isAtQuote = false
      case Ascii.comma:
        endField()
      case Ascii.lineFeed:
        endField()
        try body(record)
        record.removeAll(keepingCapacity: true)
      default:
        field.append(byte)
      }
    }
  }

  private mutating func endField() {
    record.append(field)
    field = []
    isQuoted = false
    isAtQuote = false
  }
}
