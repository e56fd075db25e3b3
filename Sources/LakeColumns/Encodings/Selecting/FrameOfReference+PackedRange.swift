extension FrameOfReference {
  /// The quotients whose values lie in `range`; `nil` where sums may leave 64 bits and wrap, so that their
  /// order is not that of the values.
  func packedRange(_ range: ClosedRange<Int64>) -> PackedRange? {
    // Numbers that begin at the smallest of all are in the order of the signed ones.
    let width = packing.sumWidth
    guard width <= 64 else { return nil }
    let largest = width == 64 ? UInt64.max : 1 << UInt64(width) - 1
    let (distance, wraps) = largest.multipliedReportingOverflow(by: divisor)
    let start = Self.ordered(Int64(bitPattern: reference))
    guard !wraps, distance <= UInt64.max - start else { return nil }
    return PackedRange(
      PackedRange.multiples(
        of: divisor, above: start,
        in: Self.ordered(range.lowerBound)...Self.ordered(range.upperBound)))
  }

  private static func ordered(_ value: Int64) -> UInt64 {
    UInt64(bitPattern: value) ^ FloatOrder.signBit
  }
}
