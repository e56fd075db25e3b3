internal import LakeStore

/// What stands before the records of a file: its header, as a rule, and what is passed over.
struct InputPreamble: Sendable {
  var byteCount = 0
  var lineCount = 0
  var blankCount = 0
  var commentCount = 0
  var hasHeader = false
}

extension InputPreamble {
  init(_ first: FirstRecord) {
    self.init(
      byteCount: first.dataStart, lineCount: first.lineCount, blankCount: first.blankCount,
      commentCount: first.commentCount, hasHeader: first.isHeader)
  }

  /// Of a file that has blank lines at most.
  init(ofEmptyFile bytes: [UInt8]) {
    var reader = HeaderReader(bytes, delimiter: Ascii.comma, isWhole: true)
    _ = try? reader.read()
    self.init(
      byteCount: bytes.count, lineCount: reader.lineCount, blankCount: reader.blankCount)
  }
}

extension InputPreamble {
  /// The account of a file of which nothing else is read yet.
  var ledger: InputLedger {
    var ledger = InputLedger()
    ledger.lines = UInt64(lineCount)
    ledger.header = hasHeader ? 1 : 0
    ledger.blank = UInt64(blankCount)
    ledger.comment = UInt64(commentCount)
    ledger.records = ledger.header + ledger.blank + ledger.comment
    return ledger
  }
}
