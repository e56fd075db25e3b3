internal import TripModel

/// Where start times lie whose local text compares in some way with a text.
///
/// Texts are compared byte by byte, as SQLite does; `YYYY-MM-DD HH:MM:SS[.f…]` sorts by the local clock, which goes
/// back once a year in most zones. The bounds may let in more times than the comparison does, never fewer.
struct LocalTextBound {
  /// No time before it has a text that is the same or greater.
  let first: Int64
  /// No time after it has a text that is the same or smaller.
  let last: Int64

  /// - Returns: `nil` for a text that does not begin like a date, or lies too near the ends of the calendar.
  init?(_ text: [UInt8], zone: TimeZoneRules) {
    guard let clock = LocalClock(text) else { return nil }
    first = Self.instant(clock.first, zone, isLower: true)
    last = Self.instant(clock.last, zone, isLower: false)
  }

  /// The offsets of all zones lie within less than this of each other.
  private static let widestChange: Int64 = 28 * 3_600_000_000

  /// The instant at which the clock shows `local`, moved outwards where the clocks change nearby.
  private static func instant(_ local: Int64, _ zone: TimeZoneRules, isLower: Bool) -> Int64 {
    let seconds = TimeZoneRules.floorDivide(local, by: 1_000_000)
    let fraction = local - seconds * 1_000_000
    let time = zone.instant(ofLocalSeconds: seconds).seconds * 1_000_000 + fraction
    let isSteady =
      zone.constantOffsetSeconds(from: time - widestChange, through: time + widestChange) != nil
    if isSteady { return time }
    return isLower ? time - widestChange : time + widestChange
  }
}

/// The times of a local clock that a text may stand for, in microseconds since 1970-01-01 00:00 of its calendar.
private struct LocalClock {
  let first: Int64
  let last: Int64

  /// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD` and that with a time of day behind a space. Of anything else that begins
  /// with a date the whole day counts.
  init?(_ text: [UInt8]) {
    guard let day = Self.day(text) else { return nil }
    let midnight = Int64(day) * 86_400_000_000
    guard text.count > 10 else {
      // Every text of that day is longer and so greater.
      first = midnight
      last = midnight
      return
    }
    if let time = Self.timeOfDay(text, day: day) {
      first = time
      last = time
    } else {
      first = midnight
      last = midnight + 86_399_999_999
    }
  }

  /// The first day whose date is not smaller than the text, which may end after the year or month.
  private static func day(_ text: [UInt8]) -> Int? {
    let start = Array(text.prefix(10))
    let whole: [UInt8] =
      switch start.count {
      case 4: start + Array("-01-01".utf8)
      case 7: start + Array("-01".utf8)
      default: start
      }
    guard let date = CivilDate(text: whole.span), (2...9998).contains(date.year) else { return nil }
    return date.dayNumber
  }

  /// `nil` where the text is no date and time as the column shows them, whole or up to the minute.
  private static func timeOfDay(_ text: [UInt8], day: Int) -> Int64? {
    guard text[10] == UInt8(ascii: " ") else { return nil }
    let whole = text.count == 16 ? text + Array(":00".utf8) : text
    guard let time = TimestampText.parse(whole.span), time.offsetSeconds == nil else { return nil }
    return time.localSeconds * 1_000_000 + Int64(time.microsecond)
  }
}
