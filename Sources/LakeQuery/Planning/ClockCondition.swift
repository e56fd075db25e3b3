internal import TripModel

/// `WeekHours` by the clocks of a zone, ready to be held against times.
struct ClockCondition: Hashable, Sendable {
  let zone: TimeZoneRules
  /// 1 or 0 for each hour of the week.
  let isWanted: [UInt8]

  init(_ hours: WeekHours, zone: TimeZoneRules) {
    self.zone = zone
    isWanted = hours.isWanted
  }

  /// What the earliest and latest of some times prove of all of them.
  func verdict(first: Int64, last: Int64) -> PruningVerdict {
    guard first <= last else { return .scan }
    let seconds = zone.localSeconds(from: first, through: last)
    let firstHour = TimeZoneRules.floorDivide(seconds.lowerBound, by: 3600)
    let lastHour = TimeZoneRules.floorDivide(seconds.upperBound, by: 3600)
    let hourCount = Int(min(lastHour - firstHour, Int64(WeekHours.count) - 1)) + 1
    let start = Self.hourOfWeek(firstHour)
    let wantedCount = (0..<hourCount).count { isWanted[(start + $0) % WeekHours.count] == 1 }
    if wantedCount == 0 { return .skip }
    return wantedCount == hourCount ? .cover : .scan
  }

  /// The hour of its week, 0 to 167 from Monday's first, of an hour counted from 1970-01-01 00:00.
  static func hourOfWeek(_ hour: Int64) -> Int {
    // 1970-01-01 was a Thursday, whose first hour is the week's 73rd.
    let remainder = (hour % 168 + 72) % 168
    return Int(remainder < 0 ? remainder + 168 : remainder)
  }
}
