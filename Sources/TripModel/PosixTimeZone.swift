/// A zone as POSIX spells it in the variable TZ: a standard offset and, where the clocks change, the two
/// rules of the year. It says what holds after the last transition of a time zone file.
struct PosixTimeZone: Hashable {
  /// A day of the year and the seconds after its midnight, by the local clock that holds before the change.
  struct Change: Hashable {
    enum Day: Hashable {
      /// `Jn`: 1 to 365, 29 February never counted.
      case julian(Int)
      /// `n`: 0 to 365, 29 February counted.
      case zeroBased(Int)
      /// `Mm.w.d`: weekday 0 (Sunday) to 6, week 1 to 4 of the month, 5 for its last.
      case weekday(Int, week: Int, month: Int)
    }
    let day: Day
    let seconds: Int64
  }

  struct Summer: Hashable {
    let offset: Int32
    let start: Change
    let end: Change
  }

  /// Seconds east of UTC.
  let standardOffset: Int32
  let summer: Summer?
}

extension PosixTimeZone.Change {
  /// Seconds from 1970-01-01 00:00 of the local calendar to the change in `year`.
  func localSeconds(inYear year: Int) -> Int64 {
    Int64(dayNumber(inYear: year)) * 86_400 + seconds
  }

  private func dayNumber(inYear year: Int) -> Int {
    switch day {
    case .julian(let number):
      let isAfterLeapDay = number >= 60 && CivilDate.isLeap(year: year)
      return firstDay(ofMonth: 1, year: year) + number - 1 + (isAfterLeapDay ? 1 : 0)
    case .zeroBased(let number):
      return firstDay(ofMonth: 1, year: year) + number
    case .weekday(let weekday, let week, let month):
      let first = firstDay(ofMonth: month, year: year)
      // Day 0 is a Thursday.
      let firstWeekday = ((first + 4) % 7 + 7) % 7
      let offset = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
      return first + (offset < CivilDate.dayCount(ofMonth: month, year: year) ? offset : offset - 7)
    }
  }

  private func firstDay(ofMonth month: Int, year: Int) -> Int {
    CivilDate(year: year, month: month, day: 1)?.dayNumber ?? 0
  }
}

extension PosixTimeZone {
  /// The rules of a file whose transitions `starts` and `offsets` list, and which go on as this zone says.
  ///
  /// - Parameters:
  ///   - starts: The seconds at which periods begin, ascending from `Int64.min`.
  ///   - offsets: The offset of each period. Where the file lists no transition, this zone holds always.
  /// - Throws: `TimeZoneError.badRule` where this zone contradicts the last transition.
  func continuing(
    starts: [Int64], offsets: [Int32]
  ) throws(TimeZoneError) -> TimeZoneRules {
    let lastStart = starts.last ?? .min
    let isListed = starts.count > 1
    guard let summer else {
      return try joined(
        starts: starts, offsets: offsets, current: standardOffset, later: [], cycleEnd: .max)
    }
    let firstYear = isListed ? year(ofSeconds: lastStart) : 0
    let changes = self.changes(of: summer, years: firstYear - 2...firstYear + 403)
    let current = changes.last { $0.start <= lastStart }?.offset ?? standardOffset
    let cycleEnd = CivilDate(year: firstYear + 402, month: 1, day: 1)?.dayNumber ?? 0
    return try joined(
      starts: starts, offsets: offsets, current: current,
      later: changes.filter { $0.start > lastStart }, cycleEnd: Int64(cycleEnd) * 86_400)
  }

  private func joined(
    starts: [Int64], offsets: [Int32], current: Int32, later: [(start: Int64, offset: Int32)],
    cycleEnd: Int64
  ) throws(TimeZoneError) -> TimeZoneRules {
    guard starts.count > 1 else {
      return TimeZoneRules(
        starts: [.min] + later.map(\.start), offsets: [current] + later.map(\.offset),
        cycleEnd: cycleEnd)
    }
    guard offsets.last == current else {
      throw TimeZoneError(.badRule, at: 0, "the rule contradicts the last transition")
    }
    return TimeZoneRules(
      starts: starts + later.map(\.start), offsets: offsets + later.map(\.offset),
      cycleEnd: cycleEnd)
  }

  /// The changes of some years in the order of time. Of two at one instant, as a zone with summer time all
  /// year has them, the one into summer time stays.
  private func changes(
    of summer: Summer, years: ClosedRange<Int>
  ) -> [(start: Int64, offset: Int32)] {
    var changes: [(start: Int64, offset: Int32, isSummer: Bool)] = []
    for year in years {
      let start = summer.start.localSeconds(inYear: year) - Int64(standardOffset)
      let end = summer.end.localSeconds(inYear: year) - Int64(summer.offset)
      changes.append((start, summer.offset, true))
      changes.append((end, standardOffset, false))
    }
    changes.sort { $0.start == $1.start ? !$0.isSummer && $1.isSummer : $0.start < $1.start }
    return changes.indices.compactMap { index in
      let isReplaced = index + 1 < changes.count && changes[index + 1].start == changes[index].start
      return isReplaced ? nil : (changes[index].start, changes[index].offset)
    }
  }

  private func year(ofSeconds seconds: Int64) -> Int {
    CivilDate(dayNumber: Int(TimeZoneRules.floorDivide(seconds, by: 86_400))).year
  }
}
