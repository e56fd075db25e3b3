/// What is wrong with a page's bytes, and where in the page.
package struct ColumnError: Error, Hashable, Sendable {
  package enum Code: String, Sendable {
    /// The bytes end before, or go on after, what they announce.
    case wrongLength
    /// A width, count, index or flag lies outside what the format allows.
    case outOfRange
    /// An encoding that this program does not know.
    case unknownEncoding
    /// Compressed bytes do not decompress to what they announce.
    case decompression
  }

  package let code: Code
  /// Bytes from the start of the page.
  package let offset: Int
  /// One sentence for people, without a final full stop.
  package let message: String

  package init(_ code: Code, at offset: Int, _ message: String) {
    self.code = code
    self.offset = offset
    self.message = message
  }
}
