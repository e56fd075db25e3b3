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
    let first = firstNumber(through: largest, near: range.lowerBound) { $0 >= range.lowerBound }
    let end = firstNumber(through: largest, near: range.upperBound) { $0 > range.upperBound }
    guard let first, end.map({ $0 > first }) ?? true else { return PackedRange.none }
    return .within(first...(end.map { $0 - 1 } ?? largest))
  }

  /// The smallest packed number for whose double `isReached` holds; `nil` where it holds for none.
  ///
  /// - Parameter bound: A double near that of the number looked for, mostly.
  /// - Precondition: It holds for all numbers from some number on, as rounding keeps the order.
  private func firstNumber(
    through largest: UInt64, near bound: Double, _ isReached: (Double) -> Bool
  ) -> UInt64? {
    guard isReached(value(of: largest)) else { return nil }
    var low: UInt64 = 0
    var high = largest
    // A guess leaves few numbers to try.
    if let guess = number(near: bound) {
      let (before, after) = (guess.subtractingReportingOverflow(2), guess &+ 2)
      if after > guess, after < high, isReached(value(of: after)) { high = after }
      if !before.overflow, before.partialValue < high, !isReached(value(of: before.partialValue)) {
        low = before.partialValue + 1
      }
    }
    while low < high {
      let middle = low + (high - low) / 2
      if isReached(value(of: middle)) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The packed number of a double, or one next to it; `nil` where it has none.
  private func number(near value: Double) -> UInt64? {
    guard let integer = Int64(exactly: (value * Self.power(exponent)).rounded()),
      integer >= reference
    else { return nil }
    return UInt64(bitPattern: integer) &- UInt64(bitPattern: reference)
  }

  private func value(of number: UInt64) -> Double {
    Double(reference &+ Int64(bitPattern: number)) / Self.power(exponent)
  }
}
