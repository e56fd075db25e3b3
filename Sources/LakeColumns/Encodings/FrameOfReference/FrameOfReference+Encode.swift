extension FrameOfReference {
  /// - Parameter offsets: Scratch, overwritten.
  func encode(
    _ words: Span<UInt64>, into bytes: inout ColumnBuffer<UInt8>,
    offsets: inout ColumnBuffer<UInt64>
  ) {
    bytes.append(number: reference)
    bytes.append(number: divisor)
    bytes.append(UInt8(width))
    FrameOfReferenceKernels.quotients(
      words, reference: reference, divisor: divisor, into: &offsets)
    BitPacking.pack(offsets.span, width: width, into: &bytes)
  }
}
