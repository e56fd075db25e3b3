internal import TripModel

/// Finds the part of a local week that a time lies in, by one multiplication of doubles instead of a division.
///
/// Half a microsecond is added first, so that no quotient is nearer to a whole number than half a microsecond is
/// to a part. A week has fewer than 2^40 microseconds, so the product is wrong by less than 2^-12 of one.
struct WeekParts: Sendable {
  /// Its parts count from midnight of this day.
  let firstDay: Int
  let zone: TimeZoneRules
  /// The parts of a week.
  let count: UInt32
  private let partsPerMicrosecond: Double

  static let microsecondsPerWeek: UInt64 = 604_800_000_000

  init(_ unit: TimeUnit, of week: ISOWeek, zone: TimeZoneRules) {
    firstDay = week.firstDayNumber
    self.zone = zone
    count = UInt32(unit.countInWeek)
    partsPerMicrosecond = 1 / Double(unit.minutes * 60_000_000)
  }

  /// The instant from which the parts count where the clocks are `offset` seconds ahead of UTC.
  func start(offset: Int) -> UInt64 {
    UInt64(bitPattern: Int64(firstDay) &* 86_400_000_000 &- Int64(offset) &* 1_000_000)
  }

  /// The part that holds a time; any number where it does not lie in the week.
  ///
  /// - Parameter microseconds: Since local midnight of `firstDay`.
  @inline(__always)
  func part(ofMicroseconds microseconds: UInt64) -> UInt32 {
    let middle = Double(bitPattern: microseconds | (0x1p52).bitPattern) - (0x1p52 - 0.5)
    // The nearest whole number then stands in the low bits.
    let rounded = middle * partsPerMicrosecond - 0.5 + 0x1.8p52
    return UInt32(truncatingIfNeeded: rounded.bitPattern)
  }
}
