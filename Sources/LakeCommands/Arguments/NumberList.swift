internal import TripModel

extension RawOptions {
  /// The numbers that an option lists: single ones and ranges with both ends, with commas between them.
  ///
  /// - Parameters:
  ///   - mayWrap: Whether a range whose first number is the larger one goes over the end of `range`, as the
  ///     hours 22-3 over midnight.
  /// - Returns: `nil` where the option is absent.
  func numbers(_ name: String, in range: ClosedRange<Int>, mayWrap: Bool) throws -> Set<Int>? {
    guard has(name) else { return nil }
    var numbers: Set<Int> = []
    for text in values(name) {
      for item in text.split(separator: ",", omittingEmptySubsequences: false) {
        guard let part = Self.numbers(item, in: range, mayWrap: mayWrap) else {
          let (low, high) = (range.lowerBound, range.upperBound)
          let example = mayWrap ? "7-9,17 or 22-3" : "1-5 or 1,3,6-7"
          throw UsageErrors.badValue(
            name, text, expected: "it is numbers or ranges from \(low) to \(high): \(example)")
        }
        numbers.formUnion(part)
      }
    }
    return numbers
  }

  private static func numbers(
    _ item: Substring, in range: ClosedRange<Int>, mayWrap: Bool
  ) -> [Int]? {
    let ends = item.split(separator: "-", omittingEmptySubsequences: false)
    let bounds = ends.compactMap { DecimalText.parseCount(String($0)) }.filter(range.contains)
    guard (1...2).contains(ends.count), bounds.count == ends.count, let first = bounds.first,
      let last = bounds.last
    else { return nil }
    if first <= last { return Array(first...last) }
    return mayWrap ? Array(first...range.upperBound) + Array(range.lowerBound...last) : nil
  }
}
