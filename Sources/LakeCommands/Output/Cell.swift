internal import LakeBytes
internal import TripModel

/// A value in a result.
enum Cell: Hashable, Sendable {
  case empty
  case text(ByteString)
  case integer(Int)
  case number(Double)
  case flag(Bool)
  case week(ISOWeek)
  /// Days since 1970-01-01.
  case day(Int)
  case month(CivilMonth)
  /// Minutes since midnight.
  case minuteOfDay(Int)
  /// Microseconds since 1970-01-01 UTC.
  case timestamp(Int64)
  /// A value of a result that is JSON.
  case json(JSONValue)

  /// No value is an empty cell.
  init(_ number: Double?) {
    self = number.map { .number($0) } ?? .empty
  }
}

/// A column of a result. Numbers stand to the right in tables.
struct ResultColumn: Hashable, Sendable {
  let name: String
  let isNumeric: Bool

  init(_ name: String, isNumeric: Bool = false) {
    self.name = name
    self.isNumeric = isNumeric
  }
}

extension Cell {
  /// The bytes of the value outside of JSON: shortest decimals, times by the zone's clock.
  func appendPlain(zone: TimeZoneRules, to bytes: inout [UInt8]) {
    switch self {
    case .empty: break
    case .text(let name): bytes += name.bytes
    case .integer(let number): bytes += Array(String(number).utf8)
    case .number(let number): bytes += Array(number.shortestDecimal.utf8)
    case .flag(let flag): bytes += Array((flag ? "true" : "false").utf8)
    case .week(let week): week.append(to: &bytes)
    case .day(let day): CivilDate(dayNumber: day).append(to: &bytes)
    case .month(let month): month.append(to: &bytes)
    case .minuteOfDay(let minute): bytes += Array(TimestampText.clock(minute: minute).utf8)
    case .timestamp(let time): TimestampText.appendLocal(microseconds: time, zone: zone, to: &bytes)
    case .json(let value):
      var writer = JSONWriter(.compact)
      writer.value(value)
      bytes += writer.bytes
    }
  }

  /// The value for a terminal: as `appendPlain`, with control characters in names escaped.
  func displayText(zone: TimeZoneRules) -> String {
    if case .text(let name) = self { return name.displayText }
    var bytes: [UInt8] = []
    appendPlain(zone: zone, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The value in JSON; times are RFC 3339 with the zone's offset.
  func json(zone: TimeZoneRules) -> JSONValue {
    switch self {
    case .empty: .null
    case .text(let name): .string(name.text ?? name.displayText)
    case .integer(let number): .integer(Int64(number))
    case .number(let number): .number(number)
    case .flag(let flag): .bool(flag)
    case .week(let week): .string(week.text)
    case .day(let day): .string(CivilDate(dayNumber: day).text)
    case .month(let month): .string(month.text)
    case .minuteOfDay(let minute): .string(TimestampText.clock(minute: minute))
    case .timestamp(let time): .string(TimestampText.rfc3339(microseconds: time, zone: zone))
    case .json(let value): value
    }
  }
}
