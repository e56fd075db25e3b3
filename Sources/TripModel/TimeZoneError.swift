/// What is wrong with the bytes of a time zone file.
package struct TimeZoneError: Error, Hashable, Sendable {
  package enum Code: String, Sendable {
    /// The bytes are not a TZif file, or end before what they announce.
    case malformed
    /// A number lies outside what TZif allows.
    case outOfRange
    /// The rule for times after the last transition cannot be read.
    case badRule
    /// The file counts leap seconds, which the lake's clock does not.
    case leapSeconds
  }

  package let code: Code
  /// Bytes from the start of the file.
  package let offset: Int
  /// One sentence for people, without a final full stop.
  package let message: String

  package init(_ code: Code, at offset: Int, _ message: String) {
    self.code = code
    self.offset = offset
    self.message = message
  }
}
