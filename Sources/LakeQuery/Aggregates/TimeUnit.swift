/// What the times of a file's rows are told apart by: parts of equal length of a local week or day.
struct TimeUnit: Hashable, Sendable {
  static let minutesPerDay = 1440

  /// The length of a part; a divisor of a day.
  let minutes: Int
  /// Whether the days of the week are told apart.
  let spansWeek: Bool

  /// All times are one.
  static let none = TimeUnit(minutes: minutesPerDay, spansWeek: false)

  /// How many parts there are.
  var count: Int { (spansWeek ? 7 : 1) * Self.minutesPerDay / minutes }

  /// How many parts a week has, whether or not its days are told apart.
  var countInWeek: Int { 7 * Self.minutesPerDay / minutes }

  /// The day of a part, from Monday.
  func day(of part: Int) -> Int { part * minutes / Self.minutesPerDay }

  /// The first minute of a part, counted from midnight.
  func minuteOfDay(of part: Int) -> Int { part * minutes % Self.minutesPerDay }
}
