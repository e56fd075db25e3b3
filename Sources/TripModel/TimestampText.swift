/// Writes instants as text.
package enum TimestampText {
  /// Appends `YYYY-MM-DD HH:MM:SS[.f…]` by the local clock, the fraction in as few digits as it needs.
  ///
  /// Years from 0000 to 9999 have four digits; others have a sign or more digits.
  @inlinable
  package static func appendLocal(
    microseconds: Int64, zone: TimeZoneRules, to bytes: inout [UInt8]
  ) {
    let seconds = TimeZoneRules.floorDivide(microseconds, by: 1_000_000)
    let fraction = Int(microseconds &- seconds &* 1_000_000)
    let local = seconds + Int64(zone.offsetSeconds(atSeconds: seconds))
    append(localSeconds: local, fraction: fraction, separator: UInt8(ascii: " "), to: &bytes)
  }

  /// Appends RFC 3339: `YYYY-MM-DDTHH:MM:SS[.f…]` and `Z` where the offset is 0, else `±hh:mm`.
  ///
  /// RFC 3339 has no seconds in an offset. Where a zone has them (before 1972) the time is written in UTC.
  package static func appendRFC3339(
    microseconds: Int64, zone: TimeZoneRules = .utc, to bytes: inout [UInt8]
  ) {
    let seconds = TimeZoneRules.floorDivide(microseconds, by: 1_000_000)
    let fraction = Int(microseconds &- seconds &* 1_000_000)
    var offset = zone.offsetSeconds(atSeconds: seconds)
    if offset % 60 != 0 { offset = 0 }
    append(
      localSeconds: seconds + Int64(offset), fraction: fraction, separator: UInt8(ascii: "T"),
      to: &bytes)
    guard offset != 0 else {
      bytes.append(UInt8(ascii: "Z"))
      return
    }
    bytes.append(offset < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    DecimalDigits.appendPair(abs(offset) / 3600, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    DecimalDigits.appendPair(abs(offset) / 60 % 60, to: &bytes)
  }

  /// What `appendLocal` appends, as a string.
  package static func local(microseconds: Int64, zone: TimeZoneRules) -> String {
    var bytes: [UInt8] = []
    appendLocal(microseconds: microseconds, zone: zone, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What `appendRFC3339` appends, as a string.
  package static func rfc3339(microseconds: Int64, zone: TimeZoneRules = .utc) -> String {
    var bytes: [UInt8] = []
    appendRFC3339(microseconds: microseconds, zone: zone, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @usableFromInline
  static func append(
    localSeconds: Int64, fraction: Int, separator: UInt8, to bytes: inout [UInt8]
  ) {
    let day = Int(TimeZoneRules.floorDivide(localSeconds, by: 86_400))
    let second = Int(localSeconds) - day * 86_400
    CivilDate(dayNumber: day).append(to: &bytes)
    bytes.append(separator)
    DecimalDigits.appendPair(second / 3600, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    DecimalDigits.appendPair(second / 60 % 60, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    DecimalDigits.appendPair(second % 60, to: &bytes)
    guard fraction > 0 else { return }
    var digits = fraction
    var width = 6
    while digits % 10 == 0 {
      digits /= 10
      width -= 1
    }
    bytes.append(UInt8(ascii: "."))
    DecimalDigits.append(digits, width: width, to: &bytes)
  }
}

extension TimestampText {
  /// A time of day in hours and minutes with two digits each: 07:30.
  ///
  /// - Parameter minute: Counted from midnight, below 1440.
  package static func clock(minute: Int) -> String {
    [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : String($0) }.joined(separator: ":")
  }
}
