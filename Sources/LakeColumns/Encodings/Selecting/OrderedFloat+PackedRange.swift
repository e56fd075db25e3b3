extension OrderedFloat {
  /// The packed numbers whose doubles lie in `range`; `nil` where sums may leave 63 bits and wrap, so that
  /// their order is not that of the doubles.
  func packedRange(_ range: ClosedRange<Double>) -> PackedRange? {
    let width = packing.sumWidth
    switch signs {
    case .positive:
      guard isOrdered(above: positiveReference, width: width) else { return nil }
      return PackedRange(offsets(Self.magnitudes(range), above: positiveReference))
    case .negative:
      guard isOrdered(above: negativeReference, width: width) else { return nil }
      return PackedRange(offsets(Self.magnitudes(Self.negated(range)), above: negativeReference))
    case .both:
      guard width > 0, isOrdered(above: positiveReference, width: width - 1),
        isOrdered(above: negativeReference, width: width - 1)
      else { return nil }
      return .signed(
        positive: offsets(Self.magnitudes(range), above: positiveReference),
        negative: offsets(Self.magnitudes(Self.negated(range)), above: negativeReference))
    }
  }

  /// Whether no offset of `width` bits leads past the largest magnitude.
  private func isOrdered(above reference: UInt64, width: Int) -> Bool {
    guard width + shift <= 63, reference <= FloatOrder.magnitudeMask else { return false }
    let largest = (1 << UInt64(width) - 1) << UInt64(shift)
    return largest <= FloatOrder.magnitudeMask - reference
  }

  private func offsets(
    _ magnitudes: ClosedRange<UInt64>?, above reference: UInt64
  ) -> ClosedRange<UInt64>? {
    magnitudes.flatMap { PackedRange.multiples(of: 1 << UInt64(shift), above: reference, in: $0) }
  }

  /// The magnitudes of the doubles of `range` that are not negative, +0.0 and -0.0 being one.
  private static func magnitudes(_ range: ClosedRange<Double>) -> ClosedRange<UInt64>? {
    guard range.upperBound >= 0 else { return nil }
    let least = max(range.lowerBound, 0).bitPattern & FloatOrder.magnitudeMask
    return least...(range.upperBound.bitPattern & FloatOrder.magnitudeMask)
  }

  private static func negated(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    -range.upperBound...(-range.lowerBound)
  }
}
