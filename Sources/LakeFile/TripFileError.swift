package import TripModel

/// What is wrong with a trip file, or with what should become one, and where.
package struct TripFileError: Error, Sendable {
  package enum Code: String, Sendable {
    /// The bytes could not be read; `underlying` says why.
    case readFailed
    /// The file is shorter or longer than it says, or than the manifest says.
    case wrongSize
    /// The file does not begin and end as a trip file does.
    case badMagic
    /// A format version that this program does not know.
    case unsupportedVersion
    /// A required section that this program does not know.
    case unsupportedSection
    /// The footer is not the one that the manifest names.
    case wrongFooter
    /// A checksum or digest differs from its bytes.
    case checksumMismatch
    /// Numbers that contradict each other or the format.
    case malformed
    /// A zone map or statistic that the rows contradict; `verify` alone reports it.
    case wrongStatistics
    /// Rows that cannot become a trip file: a bug of the caller.
    case invalidRows
    /// An encoded page did not decode to its values: a bug of the encoder, caught before it is stored.
    case encodingMismatch
  }

  package let code: Code
  /// The file's path as the opener named it; empty for rows that are not a file yet.
  package let path: String
  package let block: Int?
  package let column: ColumnID?
  /// Bytes from the start of the file.
  package let offset: Int?
  /// One sentence for people, without a final full stop.
  package let message: String
  package let underlying: (any Error)?

  package init(
    _ code: Code, path: String = "", block: Int? = nil, column: ColumnID? = nil,
    offset: Int? = nil, _ message: String, underlying: (any Error)? = nil
  ) {
    self.code = code
    self.path = path
    self.block = block
    self.column = column
    self.offset = offset
    self.message = message
    self.underlying = underlying
  }
}
