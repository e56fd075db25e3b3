internal import LakeBytes

/// Rows in the text format of PostgreSQL's `COPY`: fields between tabs, `\N` for null, `\` before what would be
/// taken for more than a letter.
enum CopyText {
  /// - Throws: `PostgresError.badValue` for a text with a zero byte, which PostgreSQL cannot hold.
  static func append(_ row: [SQLValue], to bytes: inout [UInt8]) throws(PostgresError) {
    for (column, value) in row.enumerated() {
      if column > 0 { bytes.append(UInt8(ascii: "\t")) }
      switch value {
      case .null: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "N")]
      case .integer(let number): bytes += Array(String(number).utf8)
      case .real(let number): bytes += Array(number.shortestDecimal.utf8)
      case .text(let text): try append(text, to: &bytes)
      }
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private static func append(_ text: [UInt8], to bytes: inout [UInt8]) throws(PostgresError) {
    for byte in text {
      switch byte {
      case 0:
        throw PostgresError(
          .badValue, "a name holds a zero byte, which PostgreSQL cannot store")
      case UInt8(ascii: "\\"): bytes += [byte, byte]
      case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
      case UInt8(ascii: "\r"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
      case UInt8(ascii: "\t"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
      default: bytes.append(byte)
      }
    }
  }
}
