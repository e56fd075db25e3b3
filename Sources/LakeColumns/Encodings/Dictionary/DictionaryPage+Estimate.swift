extension DictionaryPage {
  /// The parameters for what `table` found.
  ///
  /// - Precondition: The table holds at least one word.
  init(_ table: borrowing DistinctWords) {
    self.init(
      wordCount: table.count, reference: table.smallest,
      wordWidth: BitPacking.width(of: table.largest - table.smallest))
  }

  /// The exact size of the body.
  func byteCount(count: Int) -> Int {
    Self.headerByteCount + BitPacking.byteCount(count: wordCount, width: wordWidth)
      + BitPacking.byteCount(count: count, width: indexWidth)
  }
}
