/// Which of the packed numbers of a page a range of values keeps.
///
/// Held against the numbers as they are packed, it spares making the values of a page.
enum PackedRange: Hashable {
  case none
  case within(ClosedRange<UInt64>)
  /// The lowest bit of each number is a sign, 1 for negative; each sign keeps its own range of what stands
  /// above that bit.
  case signed(positive: ClosedRange<UInt64>?, negative: ClosedRange<UInt64>?)

  init(_ range: ClosedRange<UInt64>?) {
    self = range.map { .within($0) } ?? .none
  }
}

extension PackedRange {
  /// The multiples k for which reference + k · step lies in `range`; `nil` where there is none.
  ///
  /// - Precondition: `step` is positive.
  static func multiples(
    of step: UInt64, above reference: UInt64, in range: ClosedRange<UInt64>
  ) -> ClosedRange<UInt64>? {
    guard range.upperBound >= reference else { return nil }
    let last = (range.upperBound - reference) / step
    guard range.lowerBound > reference else { return 0...last }
    let distance = range.lowerBound - reference
    let first = (distance - 1) / step + 1
    return first <= last ? first...last : nil
  }
}
