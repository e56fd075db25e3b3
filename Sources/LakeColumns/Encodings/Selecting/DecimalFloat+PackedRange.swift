extension DecimalFloat {
  /// The packed numbers whose doubles lie in `range`; `nil` where sums may leave 64 bits and wrap, so that
  /// their order is not that of the doubles.
  ///
  /// - Complexity: O(width).
  func packedRange(_ range: ClosedRange<Double>) -> PackedRange? {
    let width = packing.sumWidth
    guard width <= 64 else { return nil }
    let largest = width == 64 ? UInt64.max : 1 << UInt64(width) - 1
    guard largest <= UInt64(bitPattern: Int64.max &- reference) else { return nil }
    let first = firstNumber(through: largest) { $0 >= range.lowerBound }
    let end = firstNumber(through: largest) { $0 > range.upperBound }
    guard let first, end.map({ $0 > first }) ?? true else { return PackedRange.none }
    return .within(first...(end.map { $0 - 1 } ?? largest))
  }

  /// The smallest packed number for whose double `isReached` holds; `nil` where it holds for none.
  ///
  /// - Precondition: It holds for all numbers from some number on, as rounding keeps the order.
  private func firstNumber(
    through largest: UInt64, _ isReached: (Double) -> Bool
  ) -> UInt64? {
    guard isReached(value(of: largest)) else { return nil }
    var low: UInt64 = 0
    var high = largest
    while low < high {
      let middle = low + (high - low) / 2
      if isReached(value(of: middle)) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private func value(of number: UInt64) -> Double {
    Double(reference &+ Int64(bitPattern: number)) / Self.power(exponent)
  }
}
