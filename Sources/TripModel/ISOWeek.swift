/// A week as ISO 8601 counts them: from Monday, named by the year that holds its Thursday.
///
/// Held as a plain count of weeks, so that ranges of weeks are integer arithmetic.
package struct ISOWeek: Hashable, Sendable {
  /// Weeks since the one that holds 1970-01-01 (1970-W01, whose Monday is 1969-12-29).
  package let index: Int32

  package init(index: Int32) {
    self.index = index
  }

  /// The week of the day `dayNumber` days after 1970-01-01.
  @inlinable
  package init(dayNumber: Int) {
    // Day 0 is a Thursday, the fourth day of its week.
    let shifted = dayNumber + 3
    let floored = shifted >= 0 ? shifted / 7 : (shifted - 6) / 7
    self.init(index: Int32(truncatingIfNeeded: floored))
  }

  /// The week `year`-W`week`, or `nil` where that year has no such week, as for 2021-W53.
  package init?(year: Int, week: Int) {
    guard (1...53).contains(week), let january4 = CivilDate(year: year, month: 1, day: 4) else {
      return nil
    }
    let first = ISOWeek(dayNumber: january4.dayNumber)
    self.init(index: first.index + Int32(week - 1))
    guard self.year == year else { return nil }
  }

  /// The day number of its Monday.
  package var firstDayNumber: Int { Int(index) * 7 - 3 }

  /// The ISO year: the calendar year of its Thursday.
  package var year: Int { CivilDate(dayNumber: firstDayNumber + 3).year }

  /// The week of the ISO year, 1 to 53.
  package var week: Int {
    let thursday = CivilDate(dayNumber: firstDayNumber + 3)
    let newYear = thursday.dayNumber - firstDayOfYear(thursday.year)
    return newYear / 7 + 1
  }

  private func firstDayOfYear(_ year: Int) -> Int {
    CivilDate(year: year, month: 1, day: 1)?.dayNumber ?? 0
  }
}

extension ISOWeek: Comparable {
  package static func < (left: ISOWeek, right: ISOWeek) -> Bool {
    left.index < right.index
  }
}
