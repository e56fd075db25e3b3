internal import LakeColumns

/// Decodes pages that were just encoded, while they are in the cache, and compares.
struct PageProof: ~Copyable {
  private var decoder = PageDecoder()
  private var words = ColumnBuffer<UInt64>()
  private var bitmap = ColumnBuffer<UInt64>()

  /// - Parameters:
  ///   - bytes: They end with the page, which begins at `start`.
  ///   - expected: The column; the page is that of `rows`, whose bitmap is `expectedBitmap`.
  /// - Throws: Where the page cannot be decoded, or decodes to anything else.
  mutating func check(
    _ bytes: borrowing ColumnBuffer<UInt8>, from start: Int,
    _ expected: borrowing ColumnBuffer<UInt64>, rows: Range<Int>,
    _ expectedBitmap: borrowing ColumnBuffer<UInt64>, nullCount: Int
  ) throws(ColumnError) {
    try Self.decode(
      bytes, from: start, rowCount: rows.count, nullCount: nullCount, &decoder, &words, &bitmap)
    guard words.isEqual(to: expected.span.extracting(rows)),
      bitmap.isEqual(to: expectedBitmap.span)
    else { throw ColumnError(.outOfRange, at: 0, "other values came back") }
  }

  private static func decode(
    _ bytes: borrowing ColumnBuffer<UInt8>, from start: Int, rowCount: Int, nullCount: Int,
    _ decoder: inout PageDecoder, _ words: inout ColumnBuffer<UInt64>,
    _ bitmap: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) {
    try decoder.decode(
      bytes.span.extracting(start..<bytes.count), rowCount: rowCount, nullCount: nullCount,
      into: &words, validity: &bitmap)
  }
}
