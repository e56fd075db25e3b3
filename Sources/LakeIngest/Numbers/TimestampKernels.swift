/// What a timestamp's text says.
struct TimestampReading {
  /// Microseconds since 1970-01-01 00:00:00 of the clock that the text was read from.
  var microseconds: Int64
  /// Seconds that the clock is ahead of UTC, where the text says so; otherwise the definition's zone does.
  var offsetSeconds: Int32?
}

/// Reads timestamps from the bytes of one field: `YYYY-MM-DD HH:MM:SS`, with `T` for the blank, a
/// fraction of one to nine digits (kept to the microsecond, the rest cut off), and `Z`, ` UTC`, `±hh:mm`,
/// `±hhmm` or `±hh` behind it. Years 0001 to 9999; 24:00 and second 60 are refused.
///
/// Unchecked like `DecimalKernels`: at least eight readable bytes follow `end`.
enum TimestampKernels {
  /// What date, blank and time take.
  static let byteCount = 19
  /// What the date and what stands behind it take.
  static let dateByteCount = 11

  /// - Returns: false where the text is no such timestamp; `result` is then unspecified.
  @inline(__always)
  static func parse(
    _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, into result: inout TimestampReading
  ) -> Bool {
    guard end - start >= byteCount, parseDateAndTime(start, into: &result) else { return false }
    return end - start == byteCount || parseSuffix(start + byteCount, end: end, into: &result)
  }

  /// Any other separator than a blank or `T` is refused.
  private static func parseDateAndTime(
    _ start: UnsafePointer<UInt8>, into result: inout TimestampReading
  ) -> Bool {
    let text = UnsafeRawPointer(start)
    // Bytes 0…7 are "YYYY-MM-", 8…10 "DD ".
    let date = text.loadUnaligned(as: UInt64.self).littleEndian
    let rest = text.loadUnaligned(fromByteOffset: 8, as: UInt32.self).littleEndian
    let separator = UInt8(truncatingIfNeeded: rest >> 16)
    guard date & 0xff00_00ff_0000_0000 == 0x2d00_002d_0000_0000,
      separator == Ascii.space || separator == Ascii.uppercaseT,
      areDigits(date, mask: 0x00ff_ff00_ffff_ffff), areDigits(UInt64(rest), mask: 0xffff),
      let second = secondOfDay(start + dateByteCount)
    else { return false }
    let year = 100 * pair(date, at: 0) + pair(date, at: 16)
    let month = pair(date, at: 40)
    let day = pair(UInt64(rest), at: 0)
    guard year >= 1, month &- 1 < 12, day &- 1 < 28 || isLateDay(year, month, day) else {
      return false
    }
    let days = Int64(dayNumber(year: year, month: month, day: day)) &- daysBefore1970
    result.microseconds = (days &* 86_400 &+ Int64(second)) &* 1_000_000
    result.offsetSeconds = nil
    return true
  }

  /// The second that `HH:MM:SS` is; `nil` where the eight bytes are no time of a day.
  @inline(__always)
  static func secondOfDay(_ text: UnsafePointer<UInt8>) -> UInt32? {
    let word = UnsafeRawPointer(text).loadUnaligned(as: UInt64.self).littleEndian
    // Less "00:00:00", each byte is a digit's value, and 0 for a colon.
    let digits = word ^ 0x3030_3a30_303a_3030
    // What is added brings a byte to 128 and more where it is above 2, 9, 0, 5, 9, 0, 5 or 9.
    let isAbove = digits &+ 0x767a_7f76_7a7f_767d
    guard (digits | isAbove) & 0x8080_8080_8080_8080 == 0 else { return nil }
    let pairs = digits &* 10 &+ digits >> 8
    let hour = UInt32(truncatingIfNeeded: pairs & 0xff)
    let minute = UInt32(truncatingIfNeeded: pairs >> 24 & 0xff)
    let second = UInt32(truncatingIfNeeded: pairs >> 48 & 0xff)
    return hour < 24 ? hour &* 3600 &+ minute &* 60 &+ second : nil
  }

  @inline(__always)
  private static func areDigits(_ word: UInt64, mask: UInt64) -> Bool {
    let high = (word & 0xf0f0_f0f0_f0f0_f0f0) ^ 0x3030_3030_3030_3030
    let carries = ((word & 0x0f0f_0f0f_0f0f_0f0f) &+ 0x0606_0606_0606_0606) & 0x1010_1010_1010_1010
    return (high | carries) & mask == 0
  }

  /// The number of the two digits whose first stands `shift` bits into the word.
  @inline(__always)
  private static func pair(_ word: UInt64, at shift: UInt64) -> UInt32 {
    let digits = UInt32(truncatingIfNeeded: word >> shift) & 0x0f0f
    return (digits & 0xff) &* 10 &+ digits >> 8
  }

  @inline(never)
  private static func isLateDay(_ year: UInt32, _ month: UInt32, _ day: UInt32) -> Bool {
    guard day >= 1 else { return false }
    switch month {
    case 2: return day <= (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28)
    case 4, 6, 9, 11: return day <= 30
    default: return day <= 31
    }
  }

  /// Days before 1970-01-01 that `dayNumber` counts.
  private static let daysBefore1970: Int64 = 719_468

  /// Days since 0000-03-01 of a date from the year 1 on.
  ///
  /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
  @inline(__always)
  private static func dayNumber(year: UInt32, month: UInt32, day: UInt32) -> UInt32 {
    let isEarly: UInt32 = month <= 2 ? 1 : 0
    let shiftedYear = year &- isEarly
    let shiftedMonth = month &+ 12 &* isEarly &- 3
    let dayOfYear = (153 &* shiftedMonth &+ 2) / 5 &+ day &- 1
    let century = shiftedYear / 100
    return shiftedYear &* 365 &+ shiftedYear / 4 &- century &+ century / 4 &+ dayOfYear
  }

  /// Days since 1970-01-01 of a date from the year 1 on; `nil` where there is no such day.
  static func dayNumber(year: Int, month: Int, day: Int) -> Int? {
    guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
      day <= 28 || isLateDay(UInt32(year), UInt32(month), UInt32(day))
    else { return nil }
    let days = dayNumber(year: UInt32(year), month: UInt32(month), day: UInt32(day))
    return Int(days) - Int(daysBefore1970)
  }

  /// Reads what follows the seconds: a fraction, then a zone.
  @inline(never)
  static func parseSuffix(
    _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, into result: inout TimestampReading
  ) -> Bool {
    var cursor = start
    if cursor < end, cursor.pointee == Ascii.point {
      cursor += 1
      guard let fraction = parseFraction(&cursor, end: end) else { return false }
      result.microseconds += fraction
    }
    if cursor == end { return true }
    guard let offset = parseZone(cursor, end: end) else { return false }
    result.offsetSeconds = offset
    return true
  }

  /// Microseconds of one to nine digits.
  private static func parseFraction(
    _ cursor: inout UnsafePointer<UInt8>, end: UnsafePointer<UInt8>
  ) -> Int64? {
    let start = cursor
    var microseconds: Int64 = 0
    var unit: Int64 = 100_000
    while cursor < end, cursor.pointee &- Ascii.zero < 10 {
      microseconds += Int64(cursor.pointee - Ascii.zero) * unit
      unit /= 10
      cursor += 1
    }
    return (1...9).contains(cursor - start) ? microseconds : nil
  }

  /// Seconds ahead of UTC that a zone's text says.
  private static func parseZone(
    _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>
  ) -> Int32? {
    let byteCount = end - start
    if byteCount == 1 { return start.pointee == Ascii.uppercaseZ ? 0 : nil }
    if byteCount == 4 {
      let isUTC =
        start[0] == Ascii.space && start[1] == 0x55 && start[2] == 0x54 && start[3] == 0x43
      if isUTC { return 0 }
    }
    let isNegative = start.pointee == Ascii.minus
    guard isNegative || start.pointee == Ascii.plus else { return nil }
    let digits: (Int, Int)?
    switch byteCount {
    case 3: digits = (1, -1)
    case 5: digits = (1, 3)
    case 6 where start[3] == Ascii.colon: digits = (1, 4)
    default: digits = nil
    }
    guard let (hourAt, minuteAt) = digits, let hours = twoDigits(start + hourAt), hours < 24,
      let minutes = minuteAt < 0 ? 0 : twoDigits(start + minuteAt), minutes < 60
    else { return nil }
    let seconds = Int32(hours * 3600 + minutes * 60)
    return isNegative ? -seconds : seconds
  }

  private static func twoDigits(_ text: UnsafePointer<UInt8>) -> Int? {
    let tens = text[0] &- Ascii.zero
    let ones = text[1] &- Ascii.zero
    return tens < 10 && ones < 10 ? Int(tens) * 10 + Int(ones) : nil
  }
}
