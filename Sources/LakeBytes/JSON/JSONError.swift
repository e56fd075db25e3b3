/// Why a text is not JSON, and where.
package struct JSONError: Error, Hashable, Sendable {
  package enum Code: String, Sendable {
    case unexpectedEnd
    case unexpectedByte
    case invalidUTF8
    case invalidEscape
    case invalidNumber
    /// An integer or a magnitude that a double cannot hold.
    case numberOutOfRange
    case duplicateName
    case tooDeep
    /// More text after the value.
    case trailingText
  }

  package let code: Code
  /// Bytes from the start of the text.
  package let offset: Int
  /// The line and the column (in bytes) of `offset`, both from 1.
  package let line: Int
  package let column: Int
  /// One sentence for people, without a final full stop.
  package let message: String

  init(_ code: Code, in bytes: [UInt8], at offset: Int, _ message: String) {
    self.code = code
    self.offset = offset
    self.message = message
    let before = bytes.prefix(offset)
    line = before.count { $0 == 0x0a } + 1
    column = offset - ((before.lastIndex(of: 0x0a) ?? -1) + 1) + 1
  }
}
