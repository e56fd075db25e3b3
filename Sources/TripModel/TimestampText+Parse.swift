/// A timestamp as it was written: a local clock, and the offset where one was given.
package struct ParsedTimestamp: Hashable, Sendable {
  /// Seconds since 1970-01-01 00:00 of the local calendar.
  package let localSeconds: Int64
  /// 0 to 999,999.
  package let microsecond: Int
  /// Seconds east of UTC; `nil` where the text names no offset.
  package let offsetSeconds: Int?

  /// The instant in microseconds since 1970-01-01 UTC. A text without offset is read in `zone`, by the rule
  /// of `LocalTimeResolution` where the clocks change.
  @inlinable
  package func instant(
    in zone: TimeZoneRules
  ) -> (microseconds: Int64, resolution: LocalTimeResolution) {
    if let offsetSeconds {
      return ((localSeconds - Int64(offsetSeconds)) * 1_000_000 + Int64(microsecond), .unique)
    }
    let (seconds, resolution) = zone.instant(ofLocalSeconds: localSeconds)
    return (seconds * 1_000_000 + Int64(microsecond), resolution)
  }
}

extension TimestampText {
  /// Reads `YYYY-MM-DD HH:MM:SS[.f…]`, then nothing, `Z`, ` UTC`, or `±hh:mm`; `T` may stand for the space.
  ///
  /// Strict: years 0001 to 9999, hours to 23, minutes and seconds to 59 (no 24:00, no leap second), one to
  /// six digits of a fraction, offsets below 24 hours; `nil` for anything else.
  package static func parse(_ text: Span<UInt8>) -> ParsedTimestamp? {
    let colon = UInt8(ascii: ":")
    guard text.count >= 19, let date = CivilDate(text: text.extracting(0..<10)),
      text[10] == UInt8(ascii: " ") || text[10] == UInt8(ascii: "T"),
      text[13] == colon, text[16] == colon,
      let hour = DecimalDigits.parse(text, from: 11, count: 2), hour < 24,
      let minute = DecimalDigits.parse(text, from: 14, count: 2), minute < 60,
      let second = DecimalDigits.parse(text, from: 17, count: 2), second < 60
    else { return nil }
    var position = 19
    var microsecond = 0
    if position < text.count, text[position] == UInt8(ascii: ".") {
      guard let fraction = parseFraction(text, from: position + 1) else { return nil }
      microsecond = fraction.microsecond
      position = fraction.end
    }
    let local = date.dayNumber * 86_400 + hour * 3600 + minute * 60 + second
    guard position < text.count else {
      return ParsedTimestamp(
        localSeconds: Int64(local), microsecond: microsecond, offsetSeconds: nil)
    }
    guard let offset = parseOffset(text, from: position) else { return nil }
    return ParsedTimestamp(
      localSeconds: Int64(local), microsecond: microsecond, offsetSeconds: offset)
  }

  package static func parse(_ text: String) -> ParsedTimestamp? {
    let bytes = Array(text.utf8)
    return parse(bytes.span)
  }

  private static func parseFraction(
    _ text: Span<UInt8>, from start: Int
  ) -> (microsecond: Int, end: Int)? {
    var end = start
    while end < text.count, text[end] &- UInt8(ascii: "0") <= 9 { end += 1 }
    guard end > start, end - start <= 6,
      var microsecond = DecimalDigits.parse(text, from: start, count: end - start)
    else { return nil }
    for _ in end - start..<6 { microsecond *= 10 }
    return (microsecond, end)
  }

  private static func parseOffset(_ text: Span<UInt8>, from start: Int) -> Int? {
    let sign = text[start]
    switch text.count - start {
    case 1: return sign == UInt8(ascii: "Z") ? 0 : nil
    case 4:
      let isUTC =
        sign == UInt8(ascii: " ") && text[start + 1] == UInt8(ascii: "U")
        && text[start + 2] == UInt8(ascii: "T") && text[start + 3] == UInt8(ascii: "C")
      return isUTC ? 0 : nil
    case 6:
      guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
        text[start + 3] == UInt8(ascii: ":"),
        let hours = DecimalDigits.parse(text, from: start + 1, count: 2), hours < 24,
        let minutes = DecimalDigits.parse(text, from: start + 4, count: 2), minutes < 60
      else { return nil }
      let seconds = hours * 3600 + minutes * 60
      return sign == UInt8(ascii: "-") ? -seconds : seconds
    default: return nil
    }
  }
}
