extension DictionaryPage {
  /// - Parameter distinct: Scratch, overwritten.
  static func decode(
    _ cursor: inout PageCursor, count: Int, into words: inout ColumnBuffer<UInt64>,
    distinct: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) {
    let place = cursor.position
    let wordCount = Int(try cursor.readNumber(UInt16.self))
    guard wordCounts.contains(wordCount) else {
      throw ColumnError(.outOfRange, at: place, "a dictionary of \(wordCount) words")
    }
    let page = DictionaryPage(
      wordCount: wordCount, reference: try cursor.readNumber(UInt64.self),
      wordWidth: try cursor.readWidth())
    try cursor.unpack(count: wordCount, width: page.wordWidth, into: &distinct)
    FrameOfReferenceKernels.restore(&distinct, reference: page.reference, divisor: 1)
    let indexPlace = cursor.position
    try cursor.unpack(count: count, width: page.indexWidth, into: &words)
    guard DictionaryKernels.look(up: &words, in: distinct.span) else {
      throw ColumnError(.outOfRange, at: indexPlace, "an index beyond \(wordCount) words")
    }
  }
}
