/// What is wrong with some bytes, and where.
package struct ByteError: Error, Hashable, Sendable {
  package enum Code: String, Sendable {
    /// The bytes end before what they announce.
    case truncated
    /// A number lies outside what the format allows.
    case outOfRange
    /// A checksum differs from its bytes.
    case checksumMismatch
    /// The bytes do not begin (or end) with the format's magic number.
    case badMagic
    /// A section, version or flag that this program does not know and may not pass over.
    case unsupported
  }

  package let code: Code
  /// Bytes from the start of the file or buffer.
  package let offset: Int
  /// One sentence for people, without a final full stop.
  package let message: String

  package init(_ code: Code, at offset: Int, _ message: String) {
    self.code = code
    self.offset = offset
    self.message = message
  }
}
