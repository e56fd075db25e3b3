extension TimeZoneRules {
  /// The offset in seconds that holds at every instant from `first` through `last`, both in microseconds
  /// since 1970-01-01 UTC; `nil` where the clocks may change in between or `first` lies after `last`.
  ///
  /// - Complexity: O(log n) in the number of transitions.
  package func constantOffsetSeconds(from first: Int64, through last: Int64) -> Int? {
    guard first <= last else { return nil }
    if let fixedOffsetSeconds { return fixedOffsetSeconds }
    let firstSecond = Self.floorDivide(first, by: 1_000_000)
    let lastSecond = Self.floorDivide(last, by: 1_000_000)
    let shift = cycleShift(firstSecond)
    guard cycleShift(lastSecond) == shift else { return nil }
    let period = periodIndex(at: firstSecond - shift)
    return period == periodIndex(at: lastSecond - shift) ? Int(offsets[period]) : nil
  }

  /// The earliest and the latest time, in seconds, that the local clock can show at the instants from
  /// `first` through `last`, both in microseconds.
  ///
  /// - Precondition: `first` does not lie after `last`.
  package func localSeconds(from first: Int64, through last: Int64) -> ClosedRange<Int64> {
    let firstSecond = Self.floorDivide(first, by: 1_000_000)
    let lastSecond = Self.floorDivide(last, by: 1_000_000)
    if let offset = constantOffsetSeconds(from: first, through: last).map(Int64.init) {
      return (firstSecond + offset)...(lastSecond + offset)
    }
    return (firstSecond + smallestOffset)...(lastSecond + largestOffset)
  }
}
