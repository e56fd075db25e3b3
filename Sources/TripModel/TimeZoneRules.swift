/// When a zone's clocks stand how far from UTC: from the instant to the local clock and back.
///
/// A zone is a list of periods with one offset each. What a file says of the time after its last
/// transition is laid out for 400 years, the length of the calendar's cycle; later instants are moved back
/// by whole cycles. So every question is one binary search, and none at all where the offset is fixed.
package struct TimeZoneRules: Hashable, Sendable {
  /// Seconds since 1970 at which each period begins, ascending; the first is `Int64.min`.
  let starts: [Int64]
  /// Seconds east of UTC in each period; neighbours differ.
  let offsets: [Int32]
  /// From this second on the rules repeat every 400 years; `Int64.max` where they do not.
  let cycleEnd: Int64
  /// The smallest and the largest of `offsets`, which bound the search for local times.
  let smallestOffset: Int64
  let largestOffset: Int64
  @usableFromInline let isFixed: Bool
  @usableFromInline let firstOffset: Int

  static let secondsPerCycle: Int64 = 146_097 * 86_400

  /// - Precondition: `starts` ascends from `Int64.min` and has as many elements as `offsets`, at least one.
  init(starts: [Int64], offsets: [Int32], cycleEnd: Int64) {
    precondition(starts.count == offsets.count && starts.first == .min, "periods cover all time")
    var keptStarts: [Int64] = []
    var keptOffsets: [Int32] = []
    for (start, offset) in zip(starts, offsets) where offset != keptOffsets.last {
      keptStarts.append(start)
      keptOffsets.append(offset)
    }
    self.starts = keptStarts
    self.offsets = keptOffsets
    self.cycleEnd = keptStarts.count == 1 ? .max : cycleEnd
    smallestOffset = Int64(keptOffsets.min() ?? 0)
    largestOffset = Int64(keptOffsets.max() ?? 0)
    isFixed = keptOffsets.count == 1
    firstOffset = Int(keptOffsets[0])
  }

  /// A zone whose clocks never change.
  ///
  /// - Precondition: the offset lies within 26 hours.
  package init(fixedOffsetSeconds: Int) {
    precondition(abs(fixedOffsetSeconds) <= 26 * 3600, "an offset is less than 26 hours")
    self.init(starts: [.min], offsets: [Int32(fixedOffsetSeconds)], cycleEnd: .max)
  }

  package static let utc = TimeZoneRules(fixedOffsetSeconds: 0)

  /// The offset where it never changes, else `nil`.
  @inlinable
  package var fixedOffsetSeconds: Int? { isFixed ? firstOffset : nil }

  /// Seconds to add to UTC to get the local clock at the instant `seconds` after 1970-01-01 UTC.
  ///
  /// - Precondition: `seconds` lies within ±2^60, far beyond every timestamp.
  /// - Complexity: O(log n) in the number of transitions; O(1) where the offset is fixed.
  @inlinable
  package func offsetSeconds(atSeconds seconds: Int64) -> Int {
    isFixed ? firstOffset : offsetOfPeriod(at: seconds)
  }

  /// The local day of an instant, as days since 1970-01-01. Instants before 1970 are rounded down.
  @inlinable
  package func localDayNumber(ofMicroseconds microseconds: Int64) -> Int {
    let seconds = Self.floorDivide(microseconds, by: 1_000_000)
    let local = seconds &+ Int64(offsetSeconds(atSeconds: seconds))
    return Int(Self.floorDivide(local, by: 86_400))
  }

  /// The ISO week of an instant's local day.
  @inlinable
  package func week(ofMicroseconds microseconds: Int64) -> ISOWeek {
    ISOWeek(dayNumber: localDayNumber(ofMicroseconds: microseconds))
  }

  /// The quotient rounded towards negative infinity.
  ///
  /// - Precondition: `divisor` is positive.
  @inlinable
  package static func floorDivide(_ number: Int64, by divisor: Int64) -> Int64 {
    let quotient = number / divisor
    return number % divisor < 0 ? quotient - 1 : quotient
  }

  @usableFromInline
  func offsetOfPeriod(at seconds: Int64) -> Int {
    Int(offsets[periodIndex(at: seconds - cycleShift(seconds))])
  }

  /// The whole cycles to take from a time so that it falls into the years that are laid out.
  func cycleShift(_ seconds: Int64) -> Int64 {
    guard seconds >= cycleEnd else { return 0 }
    return ((seconds - cycleEnd) / Self.secondsPerCycle + 1) * Self.secondsPerCycle
  }

  /// The last period that begins at or before `seconds`.
  func periodIndex(at seconds: Int64) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= seconds { low = middle } else { high = middle }
    }
    return low
  }
}
