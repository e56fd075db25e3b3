import Glibc
import LakeTestSupport
import TripModel

@testable import LakeQuery

/// The right answers by their definitions: loops over rows, no statistics, no files.
struct NaiveAnswers {
  let trips: [TestTrip]
  var zone = TimeZoneRules.utc
  var slotMinutes = 60
  var grid = CellGrid.usual

  func matches(_ trip: TestTrip, _ filter: TripFilter) -> Bool {
    if let regions = filter.regions, !regions.contains(trip.region) { return false }
    if let weeks = filter.weeks, !weeks.contains(week(of: trip)) { return false }
    if let sources = filter.sources, !sources.contains(trip.source) { return false }
    if let hours = filter.weekHours,
      !hours.hours.contains(hour(of: trip)) || !hours.weekdays.contains(weekday(of: trip))
    {
      return false
    }
    guard filter.time.contains(trip.time),
      filter.comparisons.allSatisfy({ matches(trip, $0) })
    else { return false }
    return filter.boxes.allSatisfy { matches(trip, $0) }
  }

  private func matches(_ trip: TestTrip, _ condition: BoxCondition) -> Bool {
    let shape = condition.shape
    let origin = shape.contains(x: trip.origin.x, y: trip.origin.y)
    let destination = trip.destination.map { shape.contains(x: $0.x, y: $0.y) } ?? false
    switch condition.place {
    case .origin: return origin
    case .destination: return destination
    case .either: return origin || destination
    case .both: return origin && destination
    }
  }

  private func matches(_ trip: TestTrip, _ comparison: ColumnComparison) -> Bool {
    func compare<Value: Comparable>(
      _ order: ColumnComparison.Order, _ left: Value, _ right: Value
    ) -> Bool {
      switch order {
      case .equal: left == right
      case .notEqual: left != right
      case .less: left < right
      case .lessOrEqual: left <= right
      case .greater: left > right
      case .greaterOrEqual: left >= right
      }
    }
    let number: Double? =
      switch comparison.column {
      case .originX: trip.origin.x
      case .originY: trip.origin.y
      case .destinationX: trip.destination?.x
      case .destinationY: trip.destination?.y
      default: 0
      }
    switch comparison.test {
    case .isNull: return number == nil
    case .isNotNull: return number != nil
    case .number(let order, let value):
      guard let number, !number.isNaN else { return false }
      return compare(order, number, value)
    case .integer(let order, let value): return compare(order, trip.time, value)
    case .text(let order, let value):
      return compare(order, comparison.column == .region ? trip.region : trip.source, value)
    case .flag: return false
    }
  }

  func week(of trip: TestTrip) -> ISOWeek { zone.week(ofMicroseconds: trip.time) }

  private func day(of trip: TestTrip) -> Int { zone.localDayNumber(ofMicroseconds: trip.time) }

  func weekday(of trip: TestTrip) -> Int { day(of: trip) - week(of: trip).firstDayNumber + 1 }

  func hour(of trip: TestTrip) -> Int {
    let seconds = TimeZoneRules.floorDivide(trip.time, by: 1_000_000)
    let local = Int(seconds) + zone.offsetSeconds(atSeconds: seconds)
    return (local - day(of: trip) * 86_400) / 3600
  }

  private func minute(of trip: TestTrip) -> Int {
    let seconds = TimeZoneRules.floorDivide(trip.time, by: 1_000_000)
    let local = Int(seconds) + zone.offsetSeconds(atSeconds: seconds)
    return (local - day(of: trip) * 86_400) / 60
  }

  func matching(_ filter: TripFilter) -> [TestTrip] { trips.filter { matches($0, filter) } }

  /// Groups as the text of their values, with their counts, in group order.
  func groups(_ filter: TripFilter, by keys: [GroupedCount.Key]) -> [GroupedCount.Row] {
    if keys.isEmpty { return [GroupedCount.Row(group: [], count: matching(filter).count)] }
    let groups = Dictionary(grouping: matching(filter)) { trip in
      keys.map { value(of: $0, trip) }
    }
    return groups.map { GroupedCount.Row(group: $0.key, count: $0.value.count) }
      .sorted { left, right in
        for (a, b) in zip(left.group, right.group) where a != b { return precedes(a, b) }
        return false
      }
  }

  /// Groups with all facts, in group order.
  func facts(_ filter: TripFilter, by keys: [GroupedCount.Key]) -> [GroupedCount.Row] {
    let trips = Dictionary(grouping: matching(filter)) { trip in
      keys.map { value(of: $0, trip) }
    }
    return groups(filter, by: keys).map { row in
      var row = row
      let own = trips[row.group] ?? []
      row.firstTime = own.map(\.time).min()
      row.lastTime = own.map(\.time).max()
      row.latestSource = own.filter { $0.time == row.lastTime }.map(\.source).min()
      return row
    }
  }

  func group(of trip: TestTrip, by keys: [GroupedCount.Key]) -> [GroupedCount.Value] {
    keys.map { value(of: $0, trip) }
  }

  private func value(of key: GroupedCount.Key, _ trip: TestTrip) -> GroupedCount.Value {
    switch key {
    case .region: .name(trip.region)
    case .week: .week(week(of: trip))
    case .day: .day(day(of: trip))
    case .month: .month(CivilMonth(dayNumber: day(of: trip)))
    case .weekday: .number(weekday(of: trip))
    case .hour: .number(hour(of: trip))
    case .slot: .minute(minute(of: trip) / slotMinutes * slotMinutes)
    case .source: .name(trip.source)
    case .originCell: cell(of: trip.origin)
    case .destinationCell: cell(of: trip.destination)
    case .route: .noRoute
    }
  }

  func cell(of point: TestTrip.Point?) -> GroupedCount.Value {
    guard let point, !point.x.isNaN, !point.y.isNaN else { return .noCell }
    switch grid.shape {
    case .degrees(let size):
      return .cell(x: Int((point.x / size).rounded(.down)), y: Int((point.y / size).rounded(.down)))
    case .metres(let metres):
      let height = metres / 111195.08
      let row = (point.y / height).rounded(.down)
      let middle = (row + 0.5) * height
      let width = abs(middle) < 90 ? cos(middle * .pi / 180) : 0
      let count = max(1, (180 * width / height).rounded())
      let column = (point.x / (180 / count)).rounded(.down)
      return .cell(x: Int(min(max(column, -count), count - 1)), y: Int(row))
    case .geohash(let length):
      let (xBits, yBits) = ((5 * length + 1) / 2, 5 * length / 2)
      return .cell(
        x: Self.halve(point.x, from: -180, to: 180, times: xBits) - 1 << (xBits - 1),
        y: Self.halve(point.y, from: -90, to: 90, times: yBits) - 1 << (yBits - 1))
    }
  }

  /// The bits that a geohash has of a coordinate, as its definition finds them.
  private static func halve(
    _ coordinate: Double, from low: Double, to high: Double, times: Int
  ) -> Int {
    var (low, high, bits) = (low, high, 0)
    for _ in 0..<times {
      let middle = (low + high) / 2
      bits = bits * 2 + (coordinate >= middle ? 1 : 0)
      if coordinate >= middle { low = middle } else { high = middle }
    }
    return bits
  }

  private func precedes(_ left: GroupedCount.Value, _ right: GroupedCount.Value) -> Bool {
    switch (left, right) {
    case (.name(let a), .name(let b)): a < b
    case (.week(let a), .week(let b)): a < b
    case (.day(let a), .day(let b)): a < b
    case (.month(let a), .month(let b)): a < b
    case (.number(let a), .number(let b)): a < b
    case (.minute(let a), .minute(let b)): a < b
    case (.cell(let ax, let ay), .cell(let bx, let by)): (ax, ay) < (bx, by)
    case (.cell, .noCell): true
    default: false
    }
  }
}
