extension OrderedFloat {
  /// The parameters that store `words` in the fewest bits.
  ///
  /// - Precondition: `range` is that of `words`, which are not empty.
  init(_ words: Span<UInt64>, range: FloatRange) {
    // Low bits in which no two values differ cancel out in every offset.
    let shift = min(63, range.differingBits.trailingZeroBitCount)
    let (least, most) = (range.minimumKeyOfAll, range.maximumKeyOfAll)
    if least >= 0 {
      self.init(
        signs: .positive, shift: shift,
        packing: NumberPacking(
          width: BitPacking.width(of: UInt64(bitPattern: most &- least) >> UInt64(shift))),
        positiveReference: UInt64(bitPattern: least), negativeReference: 0)
    } else if most < 0 {
      // Keys of negative doubles fall as their magnitudes grow.
      self.init(
        signs: .negative, shift: shift,
        packing: NumberPacking(
          width: BitPacking.width(of: UInt64(bitPattern: most &- least) >> UInt64(shift))),
        positiveReference: 0,
        negativeReference: FloatOrder.word(ofKey: most) & FloatOrder.magnitudeMask)
    } else {
      let (positive, negative) = FloatKernels.magnitudes(words)
      let spread = max(positive.spread, negative.spread)
      self.init(
        signs: .both, shift: shift,
        packing: NumberPacking(width: BitPacking.width(of: spread >> UInt64(shift)) + 1),
        positiveReference: positive.minimum, negativeReference: negative.minimum)
    }
  }

  /// The size of the body, before its numbers are framed.
  func byteCount(count: Int) -> Int {
    headerByteCount + BitPacking.byteCount(count: count, width: width)
  }
}
