/// Reads the footer of a time zone file: `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// Names are passed over. Offsets in POSIX count westwards; here they count eastwards. Hours of a change may
/// lie between -167 and 167, as RFC 9636 allows from version 3 on.
struct PosixTimeZoneParser {
  private let bytes: [UInt8]
  /// What is added to an offset in `bytes` to give the offset in the file.
  private let base: Int
  private var position = 0

  init(_ bytes: [UInt8], base: Int) {
    self.bytes = bytes
    self.base = base
  }

  mutating func parse() throws(TimeZoneError) -> PosixTimeZone {
    try skipName()
    let standardOffset = -(try parseTime(hoursUpTo: 24))
    guard position < bytes.count else {
      return PosixTimeZone(standardOffset: Int32(standardOffset), summer: nil)
    }
    try skipName()
    var summerOffset = standardOffset + 3600
    if position < bytes.count, bytes[position] != UInt8(ascii: ",") {
      summerOffset = -(try parseTime(hoursUpTo: 24))
    }
    try expect(",")
    let start = try parseChange()
    try expect(",")
    let end = try parseChange()
    guard position == bytes.count else { throw failure("there is more than a rule") }
    return PosixTimeZone(
      standardOffset: Int32(standardOffset),
      summer: .init(offset: Int32(summerOffset), start: start, end: end))
  }

  private mutating func parseChange() throws(TimeZoneError) -> PosixTimeZone.Change {
    let day = try parseDay()
    guard take("/") else { return .init(day: day, seconds: 2 * 3600) }
    return .init(day: day, seconds: Int64(try parseTime(hoursUpTo: 167)))
  }

  private mutating func parseDay() throws(TimeZoneError) -> PosixTimeZone.Change.Day {
    if take("J") { return .julian(try parseNumber(1...365)) }
    guard take("M") else { return .zeroBased(try parseNumber(0...365)) }
    let month = try parseNumber(1...12)
    try expect(".")
    let week = try parseNumber(1...5)
    try expect(".")
    return .weekday(try parseNumber(0...6), week: week, month: month)
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  private mutating func parseTime(hoursUpTo limit: Int) throws(TimeZoneError) -> Int {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    var seconds = try parseNumber(0...limit) * 3600
    if take(":") {
      seconds += try parseNumber(0...59) * 60
      if take(":") { seconds += try parseNumber(0...59) }
    }
    return isNegative ? -seconds : seconds
  }

  /// Passes over three letters or more, or over a name in `<>`, which may hold digits and signs.
  private mutating func skipName() throws(TimeZoneError) {
    let isQuoted = take("<")
    let start = position
    while position < bytes.count, isNameByte(bytes[position], isQuoted: isQuoted) { position += 1 }
    guard position - start >= 3 else { throw failure("a name of three letters is missing") }
    if isQuoted { try expect(">") }
  }

  private func isNameByte(_ byte: UInt8, isQuoted: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"): isQuoted
    default: false
    }
  }

  private mutating func parseNumber(_ range: ClosedRange<Int>) throws(TimeZoneError) -> Int {
    let start = position
    var number = 0
    while position < bytes.count, position - start < 3, bytes[position] &- 48 <= 9 {
      number = number * 10 + Int(bytes[position] &- 48)
      position += 1
    }
    guard position > start, range.contains(number) else {
      throw failure("a number from \(range.lowerBound) to \(range.upperBound) is missing")
    }
    return number
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(TimeZoneError) {
    guard take(character) else { throw failure("a \"\(character)\" is missing") }
  }

  private func failure(_ message: String) -> TimeZoneError {
    TimeZoneError(.badRule, at: base + position, message)
  }
}
