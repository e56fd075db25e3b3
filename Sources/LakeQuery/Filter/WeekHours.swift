/// Some of the 168 hours of a local week: the hours of the day on the weekdays asked for.
///
/// An empty list of hours or weekdays holds no hour.
package struct WeekHours: Hashable, Sendable {
  package static let count = 168
  package static let hoursOfDay = 0...23
  /// From Monday.
  package static let weekdays = 1...7

  /// Ascending.
  package let hours: [Int]
  /// Ascending.
  package let weekdays: [Int]

  /// - Precondition: Hours lie in 0...23, weekdays in 1...7.
  package init(hours: Set<Int> = Set(hoursOfDay), weekdays: Set<Int> = Set(weekdays)) {
    precondition(hours.allSatisfy(Self.hoursOfDay.contains), "a day has 24 hours")
    precondition(weekdays.allSatisfy(Self.weekdays.contains), "a week has 7 days")
    self.hours = hours.sorted()
    self.weekdays = weekdays.sorted()
  }

  /// 1 for each hour of the week that it holds, else 0; the first is Monday's first.
  var isWanted: [UInt8] {
    var isWanted = [UInt8](repeating: 0, count: Self.count)
    for weekday in weekdays {
      for hour in hours { isWanted[(weekday - 1) * 24 + hour] = 1 }
    }
    return isWanted
  }
}
