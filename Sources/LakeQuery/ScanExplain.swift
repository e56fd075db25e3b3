/// What a question read and what it did not have to read, level by level.
package struct ScanExplain: Hashable, Sendable {
  /// How the files or blocks of one level fared; `considered` is the sum of the others.
  package struct Level: Hashable, Sendable {
    package var considered = 0
    /// Proven to hold no matching row.
    package var skipped = 0
    /// Answered from statistics alone.
    package var covered = 0
    /// Read at least in part.
    package var scanned = 0
  }

  /// Why a file or block had to be read, with how many there were.
  package struct Reason: Hashable, Sendable {
    package let level: String
    package let text: String
    package let count: Int
  }

  package var files = Level()
  package var blocks = Level()
  package var filesOpened = 0
  package var pagesDecoded = 0
  package var bytesRead = 0
  /// Rows in the files and blocks considered, and those that met the filter.
  package var rowsConsidered = 0
  package var rowsMatched = 0
  package var reasons: [Reason] = []

  package init() {}
}
