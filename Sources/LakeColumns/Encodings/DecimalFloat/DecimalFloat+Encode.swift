extension DecimalFloat {
  /// - Parameters:
  ///   - search: What it found in `words`.
  ///   - offsets: Scratch, overwritten.
  ///   - places: Scratch, overwritten.
  func encode(
    _ words: Span<UInt64>, _ search: borrowing DecimalSearch, into bytes: inout ColumnBuffer<UInt8>,
    offsets: inout ColumnBuffer<UInt64>, places: inout ColumnBuffer<UInt64>
  ) {
    bytes.append(UInt8(exponent))
    bytes.append(UInt8(width))
    bytes.append(number: reference)
    bytes.append(number: UInt32(exceptionCount))
    DecimalFloatKernels.offsets(
      search.integers.span, reference: reference, into: &offsets, places: &places)
    BitPacking.pack(offsets.span, width: width, into: &bytes)
    BitPacking.pack(places.span, width: Self.placeWidth(count: words.count), into: &bytes)
    for index in 0..<places.count { bytes.append(number: words[Int(places[index])]) }
  }
}
