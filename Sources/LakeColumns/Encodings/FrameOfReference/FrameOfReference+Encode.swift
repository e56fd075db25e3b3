extension FrameOfReference {
  /// - Parameter packer: Its numbers are overwritten.
  func encode(
    _ words: Span<UInt64>, into bytes: inout ColumnBuffer<UInt8>,
    _ packer: inout NumberPacker
  ) {
    bytes.append(number: reference)
    bytes.append(number: divisor)
    FrameOfReferenceKernels.quotients(
      words, reference: reference, divisor: divisor, into: &packer.numbers)
    let packing = packer.packing(width: width)
    bytes.append(packing.code)
    packer.pack(packing, into: &bytes)
  }
}
