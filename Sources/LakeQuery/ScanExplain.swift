/// What a question read and what it did not have to read, level by level.
package struct ScanExplain: Hashable, Sendable {
  /// How the files or blocks of one level fared; `considered` is the sum of the others.
  package struct Level: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
      case file
      case block
    }

    package var considered = 0
    /// Proven to hold no matching row.
    package var skipped = 0
    /// Answered from statistics alone.
    package var covered = 0
    /// Read at least in part.
    package var scanned = 0
  }

  /// Why files or blocks had to be read, and how many. One may have several reasons.
  package struct Reason: Hashable, Sendable {
    package let level: Level.Kind
    /// A clause about the file or block, as "the time range takes only a part of it".
    package let text: String
    package let count: Int
  }

  /// The files of the snapshot.
  package internal(set) var files = Level()
  /// The blocks of the files that were opened.
  package internal(set) var blocks = Level()
  package internal(set) var filesOpened = 0
  package internal(set) var pagesDecoded = 0
  /// The encoded bytes of those pages.
  package internal(set) var bytesRead = 0
  /// Rows of the snapshot, and those of them that met the filter.
  package internal(set) var rowsConsidered = 0
  package internal(set) var rowsMatched = 0
  var fileReasons = ScanReasonCounts()
  var blockReasons = ScanReasonCounts()

  package init() {}

  /// Why not everything was decided by statistics: files first.
  package var reasons: [Reason] {
    fileReasons.reasons(level: .file) + blockReasons.reasons(level: .block)
  }
}

extension ScanExplain {
  /// The work of both.
  package mutating func add(_ other: ScanExplain) {
    files.add(other.files)
    blocks.add(other.blocks)
    filesOpened += other.filesOpened
    pagesDecoded += other.pagesDecoded
    bytesRead += other.bytesRead
    rowsConsidered += other.rowsConsidered
    rowsMatched += other.rowsMatched
    fileReasons.add(other.fileReasons)
    blockReasons.add(other.blockReasons)
  }
}

extension ScanExplain.Level {
  mutating func add(_ other: ScanExplain.Level) {
    considered += other.considered
    skipped += other.skipped
    covered += other.covered
    scanned += other.scanned
  }

  mutating func note(_ verdict: PruningVerdict) {
    considered += 1
    switch verdict {
    case .skip: skipped += 1
    case .cover: covered += 1
    case .scan: scanned += 1
    }
  }
}
