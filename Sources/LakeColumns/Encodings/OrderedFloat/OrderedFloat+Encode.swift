extension OrderedFloat {
  /// - Parameter offsets: Scratch, overwritten.
  func encode(
    _ words: Span<UInt64>, into bytes: inout ColumnBuffer<UInt8>,
    offsets: inout ColumnBuffer<UInt64>
  ) {
    bytes.append(signs.rawValue)
    bytes.append(UInt8(shift))
    bytes.append(UInt8(width))
    if signs == .both {
      bytes.append(number: positiveReference)
      bytes.append(number: negativeReference)
    } else {
      bytes.append(number: reference)
    }
    OrderedFloatKernels.offsets(words, layout: self, into: &offsets)
    BitPacking.pack(offsets.span, width: width, into: &bytes)
  }
}
