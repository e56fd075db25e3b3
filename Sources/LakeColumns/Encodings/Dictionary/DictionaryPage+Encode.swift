extension DictionaryPage {
  /// - Parameters:
  ///   - table: What it found in the page's words; it is sorted here.
  ///   - offsets: Scratch, overwritten.
  func encode(
    _ table: inout DistinctWords, into bytes: inout ColumnBuffer<UInt8>,
    offsets: inout ColumnBuffer<UInt64>
  ) {
    table.sort()
    bytes.append(number: UInt16(wordCount))
    bytes.append(number: reference)
    bytes.append(UInt8(wordWidth))
    FrameOfReferenceKernels.quotients(
      table.words.span, reference: reference, divisor: 1, into: &offsets)
    BitPacking.pack(offsets.span, width: wordWidth, into: &bytes)
    BitPacking.pack(table.indexes.span, width: indexWidth, into: &bytes)
  }
}
