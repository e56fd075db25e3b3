extension DecimalFloat {
  /// - Parameters:
  ///   - search: What it found in `words`.
  ///   - packer: Its numbers are overwritten.
  ///   - places: Scratch, overwritten.
  func encode(
    _ words: Span<UInt64>, _ search: borrowing DecimalSearch, into bytes: inout ColumnBuffer<UInt8>,
    _ packer: inout NumberPacker, places: inout ColumnBuffer<UInt64>
  ) {
    DecimalFloatKernels.offsets(
      search.integers.span, reference: reference, exceptionCount: exceptionCount,
      into: &packer.numbers, places: &places)
    let packing = packer.packing(width: width)
    bytes.append(UInt8(exponent))
    bytes.append(packing.code)
    bytes.append(number: reference)
    bytes.append(number: UInt32(exceptionCount))
    packer.pack(packing, into: &bytes)
    BitPacking.pack(places.span, width: Self.placeWidth(count: words.count), into: &bytes)
    for index in 0..<places.count { bytes.append(number: words[Int(places[index])]) }
  }
}
