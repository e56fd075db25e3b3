package import TripModel

/// Asks for the average number of trips a week.
///
/// The weeks are those from `firstDay` to `lastDay`, both included, a week counting as one however few of
/// its days lie in between. An end that is `nil` falls back to that end of the row's own range: the
/// first or last week of the region in the snapshot for a row that is about one region, of the whole
/// snapshot for any other. Weeks without a trip count.
package struct WeeklyAverage: Sendable {
  /// What gets a row of its own.
  package enum Grouping: Hashable, Sendable {
    /// Every region of the snapshot, or each one that the filter names, in byte order.
    case region
    /// Each area in the order given, held against the end of the trip that `place` names.
    case area([Area], at: BoxPlace)
    /// One row for everything.
    case none
  }

  package var filter: TripFilter
  package var grouping: Grouping
  /// Day numbers since 1970-01-01 in the lake's zone. A week asked for is its Monday and its Sunday.
  package var firstDay: Int?
  package var lastDay: Int?
  package var threadCount: Int

  package init(
    filter: TripFilter = .all, grouping: Grouping = .region, firstDay: Int? = nil,
    lastDay: Int? = nil, threadCount: Int = 1
  ) {
    self.filter = filter
    self.grouping = grouping
    self.firstDay = firstDay
    self.lastDay = lastDay
    self.threadCount = threadCount
  }

  package struct Answer: Hashable, Sendable {
    package let rows: [Row]
    package let explain: ScanExplain
  }
}

extension WeeklyAverage {
  /// The averages of one row.
  package struct Row: Hashable, Sendable {
    /// The region or area; `nil` for the row of everything.
    package let name: ByteString?
    /// The weeks that count, `nil` where there is none (an empty lake, or a range that ends before it
    /// begins).
    package let weeks: ClosedRange<ISOWeek>?
    /// The weeks that have trips, ascending; all of them lie in `weeks`.
    package let activeWeeks: [WeekCount]
    /// Whether only some days of the first or last week are counted, because a date inside the week was
    /// asked for or because the trips of the row's range begin or end there.
    package let isFirstWeekPartial: Bool
    package let isLastWeekPartial: Bool
  }

  package struct WeekCount: Hashable, Sendable {
    package let week: ISOWeek
    package let trips: Int
  }
}

extension WeeklyAverage.Row {
  package var trips: Int { activeWeeks.reduce(0) { $0 + $1.trips } }

  package var weekCount: Int {
    weeks.map { Int($0.upperBound.index) - Int($0.lowerBound.index) + 1 } ?? 0
  }

  package var activeWeekCount: Int { activeWeeks.count }

  /// Trips by weeks; `nil` where no week counts.
  package var average: Double? {
    weekCount == 0 ? nil : Double(trips) / Double(weekCount)
  }

  /// Trips by weeks that have some; `nil` where none has.
  package var activeAverage: Double? {
    activeWeekCount == 0 ? nil : Double(trips) / Double(activeWeekCount)
  }

  /// Every week that counts in its order, those without a trip included.
  package var everyWeek: some Sequence<WeeklyAverage.WeekCount> {
    let active = activeWeeks
    let first = weeks?.lowerBound.index ?? 0
    return sequence(state: (week: 0, active: 0)) { [weekCount] state in
      guard state.week < weekCount else { return nil }
      let week = ISOWeek(index: first + Int32(state.week))
      state.week += 1
      guard state.active < active.count, active[state.active].week == week else {
        return WeeklyAverage.WeekCount(week: week, trips: 0)
      }
      defer { state.active += 1 }
      return active[state.active]
    }
  }

  /// The trips of every week that counts, in their order, zeros included.
  package var tripsPerWeek: [Int] { everyWeek.map(\.trips) }
}
