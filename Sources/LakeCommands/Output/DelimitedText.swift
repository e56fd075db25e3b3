internal import TripModel

/// CSV (RFC 4180, lines end in LF) and TSV (backslash escapes for tab, line end, backslash).
enum DelimitedText {
  /// Appends a field. It is quoted where it holds a comma, a quote or a line end, or begins with `#`, which
  /// might be read as a comment.
  static func appendCSV(_ field: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    guard needsQuotes(field) else {
      bytes += field
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in field {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Puts `'` before a text that a spreadsheet would take for a formula.
  ///
  /// Source: OWASP, "CSV Injection": such texts begin with `=`, `+`, `-`, `@`, a tab or a CR.
  static func guardFormula(_ field: inout [UInt8]) {
    guard let first = field.first, "=+-@\t\r".utf8.contains(first) else { return }
    field.insert(UInt8(ascii: "'"), at: 0)
  }

  static func appendTSV(_ field: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    for byte in field {
      switch byte {
      case UInt8(ascii: "\t"): bytes += Array("\\t".utf8)
      case UInt8(ascii: "\n"): bytes += Array("\\n".utf8)
      case UInt8(ascii: "\r"): bytes += Array("\\r".utf8)
      case UInt8(ascii: "\\"): bytes += Array("\\\\".utf8)
      default: bytes.append(byte)
      }
    }
  }

  private static func needsQuotes(_ field: ArraySlice<UInt8>) -> Bool {
    if field.first == UInt8(ascii: "#") { return true }
    return field.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
    }
  }
}
