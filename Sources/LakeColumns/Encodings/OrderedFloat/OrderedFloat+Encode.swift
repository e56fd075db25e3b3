extension OrderedFloat {
  /// - Parameter packer: Its numbers are overwritten.
  func encode(
    _ words: Span<UInt64>, into bytes: inout ColumnBuffer<UInt8>,
    _ packer: inout NumberPacker
  ) {
    OrderedFloatKernels.offsets(words, layout: self, into: &packer.numbers)
    let packing = packer.packing(width: width)
    bytes.append(signs.rawValue)
    bytes.append(UInt8(shift))
    bytes.append(packing.code)
    if signs == .both {
      bytes.append(number: positiveReference)
      bytes.append(number: negativeReference)
    } else {
      bytes.append(number: reference)
    }
    packer.pack(packing, into: &bytes)
  }
}
