/// Reads timestamps that are written in a layout of a definition.
///
/// Unchecked like `TimestampKernels`: at least eight readable bytes follow `end`.
enum TimeLayoutKernels {
  /// Whether a text is a time in one of the layouts.
  static func isTime(_ text: [UInt8], layouts: [TimeLayout]) -> Bool {
    time(text, layouts: layouts) != nil
  }

  /// Microseconds since 1970-01-01 of the clock that a text was read from; `nil` where it is no time in one of the
  /// layouts.
  static func time(_ text: [UInt8], layouts: [TimeLayout]) -> Int64? {
    read(text, layouts: layouts)?.microseconds
  }

  static func read(_ text: [UInt8], layouts: [TimeLayout]) -> TimestampReading? {
    var reading = TimestampReading(microseconds: 0, offsetSeconds: nil)
    let padded = text + [UInt8](repeating: 0, count: Chunk.padding)
    return padded.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress,
        parse(start, end: start + text.count, layouts: layouts, into: &reading)
      else { return nil }
      return reading
    }
  }

  /// Tries layouts in turn.
  ///
  /// - Returns: false where the text is written in none of them; `result` is then unspecified.
  static func parse(
    _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, layouts: [TimeLayout],
    into result: inout TimestampReading
  ) -> Bool {
    for layout in layouts {
      let isFound =
        switch layout.kind {
        case .iso: TimestampKernels.parse(start, end: end, into: &result)
        case .epoch(let unit): parseEpoch(start, end: end, unit: unit, into: &result)
        case .parts(let parts): parse(start, end: end, parts: parts, into: &result)
        }
      if isFound { return true }
    }
    return false
  }

  private static func parseEpoch(
    _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, unit: Int64,
    into result: inout TimestampReading
  ) -> Bool {
    guard let number = IntegerKernels.parse(start, end: end) else { return false }
    let (microseconds, isTooLarge) = number.multipliedReportingOverflow(by: unit)
    result = TimestampReading(microseconds: microseconds, offsetSeconds: 0)
    return !isTooLarge
  }

  private static func parse(
    _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, parts: [TimeLayout.Part],
    into result: inout TimestampReading
  ) -> Bool {
    var cursor = start
    var clock = ClockReading()
    for part in parts {
      guard read(part, &cursor, end: end, into: &clock) else { return false }
    }
    guard let seconds = clock.secondsSinceEpoch else { return false }
    result = TimestampReading(microseconds: seconds * 1_000_000, offsetSeconds: nil)
    return cursor == end || TimestampKernels.parseSuffix(cursor, end: end, into: &result)
  }

  private static func read(
    _ part: TimeLayout.Part, _ cursor: inout UnsafePointer<UInt8>, end: UnsafePointer<UInt8>,
    into clock: inout ClockReading
  ) -> Bool {
    switch part {
    case .literal(let byte):
      guard cursor < end, cursor.pointee == byte else { return false }
      cursor += 1
      return true
    case .year4: return number(&cursor, end: end, digits: 4...4, into: &clock.year)
    case .year2:
      guard number(&cursor, end: end, digits: 2...2, into: &clock.year) else { return false }
      clock.year += clock.year < 69 ? 2000 : 1900
      return true
    case .month(let fixed): return pair(&cursor, end: end, fixed, into: &clock.month)
    case .day(let fixed): return pair(&cursor, end: end, fixed, into: &clock.day)
    case .hour(let fixed): return pair(&cursor, end: end, fixed, into: &clock.hour)
    case .minute(let fixed): return pair(&cursor, end: end, fixed, into: &clock.minute)
    case .second(let fixed): return pair(&cursor, end: end, fixed, into: &clock.second)
    case .half: return half(&cursor, end: end, into: &clock)
    }
  }

  private static func pair(
    _ cursor: inout UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, _ isFixed: Bool,
    into number: inout Int
  ) -> Bool {
    Self.number(&cursor, end: end, digits: isFixed ? 2...2 : 1...2, into: &number)
  }

  private static func number(
    _ cursor: inout UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, digits: ClosedRange<Int>,
    into number: inout Int
  ) -> Bool {
    let start = cursor
    number = 0
    while cursor < end, cursor - start < digits.upperBound, cursor.pointee &- Ascii.zero < 10 {
      number = number * 10 + Int(cursor.pointee - Ascii.zero)
      cursor += 1
    }
    return cursor - start >= digits.lowerBound
  }

  /// `AM` or `PM`.
  private static func half(
    _ cursor: inout UnsafePointer<UInt8>, end: UnsafePointer<UInt8>,
    into clock: inout ClockReading
  ) -> Bool {
    guard end - cursor >= 2, cursor[1] | 0x20 == UInt8(ascii: "m") else { return false }
    let letter = cursor[0] | 0x20
    guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") else { return false }
    clock.isAfternoon = letter == UInt8(ascii: "p")
    cursor += 2
    return true
  }
}

/// A date and time as a text gives them.
private struct ClockReading {
  var year = 0
  var month = 0
  var day = 0
  var hour = 0
  var minute = 0
  var second = 0
  /// `nil` where the hour counts to 24.
  var isAfternoon: Bool?

  /// `nil` where there is no such date or time.
  var secondsSinceEpoch: Int64? {
    var hour = hour
    if let isAfternoon {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    guard hour < 24, minute < 60, second < 60, year >= 1,
      let days = TimestampKernels.dayNumber(year: year, month: month, day: day)
    else { return nil }
    return Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
  }
}
