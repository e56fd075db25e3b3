internal import TripModel

/// Finds the part of a local week that a time lies in, by one multiplication instead of a division.
///
/// Source: Lemire, Kaser and Kurz, "Faster remainder by direct computation" (2019), for dividends and
/// divisors of 32 bits. Parts are whole minutes, so a unit of 256 microseconds loses nothing.
struct WeekParts: Sendable {
  /// Its parts count from midnight of this day.
  let firstDay: Int
  let zone: TimeZoneRules
  /// The parts of a week.
  let count: UInt32
  private let multiplier: UInt64

  static let microsecondsPerWeek: UInt64 = 604_800_000_000

  init(_ unit: TimeUnit, of week: ISOWeek, zone: TimeZoneRules) {
    firstDay = week.firstDayNumber
    self.zone = zone
    count = UInt32(unit.countInWeek)
    multiplier = UInt64.max / UInt64(unit.minutes * 60_000_000 / 256) + 1
  }

  /// The instant from which the parts count where the clocks are `offset` seconds ahead of UTC.
  func start(offset: Int) -> UInt64 {
    UInt64(bitPattern: Int64(firstDay) &* 86_400_000_000 &- Int64(offset) &* 1_000_000)
  }

  /// The part that holds a time, or 0 where it does not lie in the week.
  ///
  /// - Parameter microseconds: Since local midnight of `firstDay`.
  @inline(__always)
  func part(ofMicroseconds microseconds: UInt64) -> UInt32 {
    let dividend = UInt64(UInt32(truncatingIfNeeded: microseconds >> 8))
    let part = UInt32(truncatingIfNeeded: dividend.multipliedFullWidth(by: multiplier).high)
    return part < count ? part : 0
  }
}
