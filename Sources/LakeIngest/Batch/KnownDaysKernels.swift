internal import TripModel

/// The days of which times were read lately: one more time of such a day costs a look-up instead of the calendar and the
/// zones. One per worker.
///
/// The text of a date gives its place in the table; of two dates with one place the later stays. Times are of a known
/// day only where neither the clock that they are read from nor that of the lake changes on it, and where it lies in
/// one week of the lake.
final class KnownDays {
  private struct Day {
    /// "YYYY-MM-" as a little-endian word.
    var yearAndMonth: UInt64 = 0
    /// "DD" and what stands behind it.
    var day = Self.unevenMark
    var week: Int32 = 0
    /// Microseconds from 1970-01-01 00:00:00 to the day's first, both of the clock that it is read from.
    var clockStart: Int64 = 0
    /// The instant of the day's first.
    var start: Int64 = 0

    /// Added where there is no day, or one whose times must be looked at one by one: no text has it.
    static let unevenMark: UInt32 = 1 << 31
  }

  private static let placeBitCount = 12
  private static let microsecondsPerDay: Int64 = 86_400_000_000

  private let days: UnsafeMutablePointer<Day>
  private let lakeZone: TimeZoneRules
  /// The clock that the days were read from.
  private var zone = TimeZoneRules.utc

  init(lakeZone: TimeZoneRules) {
    self.lakeZone = lakeZone
    days = .allocate(capacity: 1 << Self.placeBitCount)
    days.initialize(repeating: Day(), count: 1 << Self.placeBitCount)
  }

  deinit {
    days.deallocate()
  }

  /// Makes ready for the times of a clock; what was known of another's days is forgotten.
  func prepare(_ zone: TimeZoneRules) {
    guard self.zone != zone else { return }
    self.zone = zone
    days.update(repeating: Day(), count: 1 << Self.placeBitCount)
  }

  /// Reads a time written as `TimestampKernels` says, with nothing around it. Unchecked as they are.
  ///
  /// - Returns: false where its day is not known, or the text is no time.
  @inline(__always)
  func read(
    _ text: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, into time: inout TripTime
  ) -> Bool {
    let byteCount = end - text
    guard byteCount >= TimestampKernels.byteCount else { return false }
    let known = Self.key(text)
    let day = days + Self.place(known)
    guard day.pointee.yearAndMonth == known.yearAndMonth, day.pointee.day == known.day,
      let second = TimestampKernels.secondOfDay(text + TimestampKernels.dateByteCount)
    else { return false }
    let microseconds = Int64(second) &* 1_000_000
    time = TripTime(instant: day.pointee.start &+ microseconds, week: day.pointee.week)
    return byteCount == TimestampKernels.byteCount
      || readSuffix(text, end: end, of: day, microseconds, into: &time)
  }

  @inline(never)
  private func readSuffix(
    _ text: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, of day: UnsafePointer<Day>,
    _ microseconds: Int64, into time: inout TripTime
  ) -> Bool {
    var reading = TimestampReading(microseconds: microseconds, offsetSeconds: nil)
    guard
      TimestampKernels.parseSuffix(text + TimestampKernels.byteCount, end: end, into: &reading)
    else { return false }
    guard let offset = reading.offsetSeconds else {
      time.instant = day.pointee.start + reading.microseconds
      return true
    }
    time.instant = day.pointee.clockStart + reading.microseconds - Int64(offset) * 1_000_000
    time.week = lakeZone.week(ofMicroseconds: time.instant).index
    return InputClock.instants.contains(time.instant)
  }

  /// Keeps the day of a time that was read in another way. Unchecked as `read`.
  @inline(never)
  func learn(_ text: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) {
    var reading = TimestampReading(microseconds: 0, offsetSeconds: nil)
    guard end - text >= TimestampKernels.byteCount,
      TimestampKernels.parse(text, end: text + TimestampKernels.byteCount, into: &reading)
    else { return }
    let known = Self.key(text)
    let place = days + Self.place(known)
    guard
      place.pointee.yearAndMonth != known.yearAndMonth
        || place.pointee.day & ~Day.unevenMark != known.day
    else { return }
    let clockStart =
      TimeZoneRules.floorDivide(reading.microseconds, by: Self.microsecondsPerDay)
      * Self.microsecondsPerDay
    let plain = plainDay(clockStart)
    place.pointee = Day(
      yearAndMonth: known.yearAndMonth, day: known.day | (plain == nil ? Day.unevenMark : 0),
      week: plain?.week ?? 0, clockStart: clockStart, start: plain?.instant ?? 0)
  }

  /// The first instant of a day and its week; `nil` where not all its times are as far from its first as the text says.
  private func plainDay(_ clockStart: Int64) -> TripTime? {
    let first = zone.instant(ofLocalSeconds: clockStart / 1_000_000)
    let last = zone.instant(ofLocalSeconds: clockStart / 1_000_000 + 86_399)
    let start = first.seconds * 1_000_000
    let end = start + Self.microsecondsPerDay - 1
    let week = lakeZone.week(ofMicroseconds: start).index
    guard first.resolution == .unique, last.resolution == .unique,
      last.seconds - first.seconds == 86_399,
      zone.constantOffsetSeconds(from: start, through: end) != nil,
      lakeZone.constantOffsetSeconds(from: start, through: end) != nil,
      lakeZone.week(ofMicroseconds: end).index == week,
      InputClock.instants.contains(start), InputClock.instants.contains(end)
    else { return nil }
    return TripTime(instant: start, week: week)
  }

  /// The text of the date, with what stands between it and the time.
  @inline(__always)
  private static func key(_ text: UnsafePointer<UInt8>) -> (yearAndMonth: UInt64, day: UInt32) {
    let raw = UnsafeRawPointer(text)
    return (
      raw.loadUnaligned(as: UInt64.self).littleEndian,
      raw.loadUnaligned(fromByteOffset: 8, as: UInt32.self).littleEndian & 0xff_ffff
    )
  }

  @inline(__always)
  private static func place(_ key: (yearAndMonth: UInt64, day: UInt32)) -> Int {
    let hash = (key.yearAndMonth ^ UInt64(key.day) &<< 20) &* 0x9e37_79b9_7f4a_7c15
    return Int(truncatingIfNeeded: hash >> UInt64(64 - placeBitCount))
  }
}
