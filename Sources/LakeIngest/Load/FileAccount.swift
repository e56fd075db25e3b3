internal import LakeStore

/// What is known of one input file while its load runs.
struct FileAccount {
  let path: String
  var ledger = InputLedger()
  var warnings = RowWarnings()
  /// How it is read; `nil` where it has no record, or was not opened.
  var format: InputFormat?
  var identity: InputIdentity?
  var error: IngestError?
  /// The load that has the same bytes; 0 stands for an earlier file of this load.
  var earlierLoad: UInt64?
  /// Whether its bytes can be read a second time.
  var isRepeatable = true
  /// Bytes the file had when it was opened; 0 where that is not known.
  var expectedByteCount = 0
  var doneByteCount: UInt64 = 0
  /// Whether all of its records are entered, or none will be any more.
  var isClosed = false

  init(path: String) {
    self.path = path
  }

  /// Whether its rows belong in the lake.
  var isStored: Bool { isClosed && error == nil && earlierLoad == nil }

  /// Takes what was dropped as duplicates out of what is stored.
  mutating func note(duplicates: UInt64) {
    ledger.stored -= duplicates
    ledger.duplicates += duplicates
  }

  /// Whether some of its rows are entered and more may follow.
  var isOpen: Bool { !isClosed && ledger.stored > 0 }

  mutating func add(_ account: ChunkAccount) {
    ledger.lines += account.lineCount
    ledger.blank += account.blankCount
    ledger.comment += account.commentCount
    ledger.rejected += UInt64(account.rejects.count)
    ledger.stored += UInt64(account.rowCount)
    ledger.records += account.blankCount + account.commentCount
    ledger.records += UInt64(account.rejects.count + account.rowCount)
    warnings += account.warnings
    doneByteCount += UInt64(account.byteCount)
  }

  /// What users are told. A failed file stores nothing, so its good records are refused with the bad ones; of
  /// a file whose bytes the lake has already, nothing is counted.
  var receipt: FileReceipt {
    var receipt = FileReceipt(path: path)
    receipt.ledger = ledger
    receipt.byteCount = identity.map { UInt64($0.byteCount) } ?? doneByteCount
    receipt.error = error
    receipt.earlierLoad = earlierLoad
    receipt.status = status
    receipt.definition = format?.definition.name
    receipt.passedOver =
      format.map { format in
        format.mapping.ignored.map { format.mapping.columnName($0) }
      } ?? []
    if isStored { receipt.warnings = warnings }
    switch status {
    case .failed:
      receipt.ledger.rejected += ledger.stored
      receipt.ledger.stored = 0
    case .alreadyLoaded: receipt.ledger = InputLedger()
    case .loaded, .loadedWithRejects: break
    }
    return receipt
  }

  private var status: FileReceipt.Status {
    if error != nil || !isClosed { return .failed }
    if earlierLoad != nil { return .alreadyLoaded }
    return ledger.rejected > 0 ? .loadedWithRejects : .loaded
  }
}

/// What one chunk adds to its file's account.
struct ChunkAccount {
  let sequence: Int
  let fileOrdinal: Int
  let fileOffset: Int
  /// Of the file, compressed or not.
  let byteCount: Int
  let lineCount: UInt64
  let blankCount: UInt64
  let commentCount: UInt64
  /// Rows without a fault.
  let rowCount: Int
  /// What the rows' texts take in memory at most.
  let textByteCount: Int
  let warnings: RowWarnings
  /// Lines and offsets count from the chunk's start.
  let rejects: [RejectedRecord]
  let format: InputFormat
  let isLastOfFile: Bool

  /// What the rows take in memory, with their texts.
  var memoryByteCount: Int {
    let ofRow = MemoryBudget.byteCount(ofRowWith: format.layout.wordCount)
    return rowCount * (format.key.isEmpty ? ofRow : ofRow + KeyDuplicates.entryByteCount)
      + textByteCount
  }
}
