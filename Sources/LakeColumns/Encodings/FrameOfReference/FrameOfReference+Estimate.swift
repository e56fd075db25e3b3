extension FrameOfReference {
  /// The parameters that store `words` in the fewest bits.
  ///
  /// - Precondition: `range` is that of `words`.
  init(_ words: Span<UInt64>, range: IntegerRange, seeksDivisor: Bool) {
    // A divisor pays only where it saves bits, so a narrow spread is not worth a pass.
    let divisor =
      seeksDivisor && range.spread > 1
      ? max(1, IntegerKernels.commonDivisor(words, minimum: range.minimum)) : 1
    self.init(
      reference: UInt64(bitPattern: range.minimum), divisor: divisor,
      packing: NumberPacking(width: BitPacking.width(of: range.spread / divisor)))
  }

  /// The size of the body, before its numbers are framed.
  func byteCount(count: Int) -> Int {
    Self.headerByteCount + BitPacking.byteCount(count: count, width: width)
  }
}
