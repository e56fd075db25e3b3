package import TripModel

/// Counts the trips of each group, and tells when they start.
package struct GroupedCount: Sendable {
  package enum Key: String, Hashable, Sendable, CaseIterable {
    case region
    /// The ISO week in the lake's zone.
    case week
    /// The date in the lake's zone.
    case day
    /// The month of the date in the lake's zone.
    case month
    /// 1 to 7 from Monday, in the lake's zone.
    case weekday
    /// 0 to 23, in the lake's zone.
    case hour
    /// A part of the day, `slotMinutes` long, by the clocks of the lake's zone.
    case slot
    case source
    /// The cell of `grid` that the trip begins in.
    case originCell = "origin_cell"
    /// The cell of `grid` that the trip ends in.
    case destinationCell = "destination_cell"
    /// The number of the trip's route in its region.
    case route

    package var isCell: Bool { self == .originCell || self == .destinationCell }
  }

  /// What stands in a group column.
  package enum Value: Hashable, Sendable {
    case name(ByteString)
    case week(ISOWeek)
    /// Days since 1970-01-01.
    case day(Int)
    case month(CivilMonth)
    /// A weekday or an hour.
    case number(Int)
    /// The first minute of a slot, counted from midnight.
    case minute(Int)
    /// The numbers of a cell on the grid's axes: where it begins, in units of its size.
    case cell(x: Int, y: Int)
    /// There is no destination, or a coordinate is not a number.
    case noCell
    /// The trip has no route.
    case noRoute
  }

  /// What may be asked of a group beside its count. Groups by cells have none.
  package enum Fact: String, Hashable, Sendable, CaseIterable {
    /// When the first of its trips starts.
    case firstTime = "first_time"
    /// When the last of its trips starts.
    case lastTime = "last_time"
    /// The source of its last trip; of several that start at once, the one of the smaller bytes.
    case latestSource = "latest_source"
  }

  package struct Row: Hashable, Sendable {
    /// One value for each key, in the order of the keys.
    package let group: [Value]
    package let count: Int
    /// Microseconds since 1970-01-01 UTC. This and what follows is `nil` where no fact is asked for or there is
    /// no trip.
    package var firstTime: Int64?
    package var lastTime: Int64?
    /// `nil` where it is not asked for.
    package var latestSource: ByteString?
  }

  package struct Answer: Hashable, Sendable {
    /// Those that were asked for, ascending by group, or with `top` the largest first: names by bytes, all else by time or number, no cell after all cells. Groups without a trip do not
    /// appear, except the one group there is where no key is given.
    package let rows: [Row]
    package let explain: ScanExplain
  }

  package var filter: TripFilter
  package var keys: [Key]
  package var facts: [Fact] = []
  /// Groups of fewer trips do not appear.
  package var minimumCount = 1
  /// As many of the largest groups as are wanted; groups of one size stand in group order. `nil` for all,
  /// in group order.
  package var top: Int?
  /// The length of a slot; a divisor of the 1440 minutes of a day.
  package var slotMinutes = 60
  package var grid = CellGrid.usual
  package var threadCount: Int
  /// What grouping by cells may take, beside the answer. The less it is, the more often files are read.
  package var memoryByteCount = Int.max

  package init(filter: TripFilter = .all, groupedBy keys: [Key], threadCount: Int = 1) {
    self.filter = filter
    self.keys = keys
    self.threadCount = threadCount
  }
}
