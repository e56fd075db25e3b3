/// How many instants show a local time.
package enum LocalTimeResolution: Sendable {
  /// Exactly one.
  case unique
  /// None: the clocks were put forward over it. It is read with the offset that held before, which moves it
  /// forward by the length of the gap.
  case gap
  /// Two or more: the clocks were put back over it. The first of them is taken.
  case overlap
}

extension TimeZoneRules {
  /// The instant at which the local clock shows `localSeconds`, in seconds since 1970-01-01 00:00 of the
  /// local calendar, and whether there is exactly one. `LocalTimeResolution` states the rule where not.
  ///
  /// - Precondition: `localSeconds` lies within ±2^60, far beyond every timestamp.
  /// - Complexity: O(log n) in the number of transitions; O(1) where the offset is fixed.
  @inlinable
  package func instant(
    ofLocalSeconds localSeconds: Int64
  ) -> (seconds: Int64, resolution: LocalTimeResolution) {
    isFixed ? (localSeconds - Int64(firstOffset), .unique) : searchInstant(of: localSeconds)
  }

  /// The first instant, in microseconds since 1970-01-01 UTC, at which the local clock shows this day or a
  /// later one. Where midnight falls into a gap this is the end of the gap.
  ///
  /// - Precondition: the day lies within 100 million days of 1970, which keeps microseconds in 64 bits.
  package func instant(ofLocalDay dayNumber: Int) -> Int64 {
    precondition(abs(dayNumber) <= 100_000_000, "the day is too far away")
    let midnight = Int64(dayNumber) * 86_400
    let shift = cycleShift(midnight)
    return (firstReaching(midnight - shift).seconds + shift) * 1_000_000
  }

  /// The instants of a week, in microseconds since 1970-01-01 UTC, from the first of its Monday up to the
  /// first of the next.
  package func instantRange(ofWeek week: ISOWeek) -> Range<Int64> {
    let first = instant(ofLocalDay: week.firstDayNumber)
    return first..<max(first, instant(ofLocalDay: week.firstDayNumber + 7))
  }

  @usableFromInline
  func searchInstant(
    of localSeconds: Int64
  ) -> (seconds: Int64, resolution: LocalTimeResolution) {
    let shift = cycleShift(localSeconds)
    let local = localSeconds - shift
    let (first, period) = firstReaching(local)
    if first + Int64(offsets[period]) != local {
      return (local - Int64(offsets[period - 1]) + shift, .gap)
    }
    var later = period + 1
    while later < starts.count, starts[later] <= local - smallestOffset {
      let start = starts[later] + Int64(offsets[later])
      if start <= local && local < localEnd(ofPeriod: later) { return (first + shift, .overlap) }
      later += 1
    }
    return (first + shift, .unique)
  }

  /// The first instant whose local clock shows `local` or later, and its period.
  private func firstReaching(_ local: Int64) -> (seconds: Int64, period: Int) {
    var period = periodIndex(at: local - largestOffset)
    while localEnd(ofPeriod: period) <= local { period += 1 }
    return (max(starts[period], local - Int64(offsets[period])), period)
  }

  /// What the local clock would show at the end of a period; `Int64.max` for the last.
  private func localEnd(ofPeriod period: Int) -> Int64 {
    period + 1 < starts.count ? starts[period + 1] + Int64(offsets[period]) : .max
  }
}
