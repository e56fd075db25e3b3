internal import LakeQuery
internal import TripModel

/// Trips by week, averages, groups.
extension SummaryContent {
  var weeklyTripRows: [[SQLValue]] {
    kept(tables.weeklyTrips, \.trips).map { row in
      [
        .text(row.region.bytes), .text(row.week.text), .text(row.source.bytes),
        integer(row.trips),
      ] + values(of: row.week)
    }
  }

  var weeklyAreaTripRows: [[SQLValue]] {
    let rows = kept(tables.areaTrips, \.trips)
    return rows.sorted { ($0.area, $0.partition) < ($1.area, $1.partition) }.map { row in
      [
        .text(row.area.bytes), .text(row.partition.region.bytes), .text(row.partition.week.text),
        integer(row.trips),
      ] + values(of: row.partition.week)
    }
  }

  var weeklyRouteTripRows: [[SQLValue]] {
    kept(tables.routeTrips, \.trips).map { row in
      [
        .text(row.partition.region.bytes), .text(row.partition.week.text), integer(row.route),
        integer(row.trips),
      ] + values(of: row.partition.week)
    }
  }

  var averageRows: [[SQLValue]] {
    let areas = kept(tables.areaAverages, \.trips).sorted(by: isBefore).map { row in
      [.text("area"), name(of: row), .null, name(of: row), .null] + numbers(of: row)
    }
    let regions = kept(tables.regionAverages, \.trips).map { row in
      [.text("region"), name(of: row), name(of: row), .null, .null] + numbers(of: row)
    }
    return areas + regions + routeAverageRows
  }

  private var routeAverageRows: [[SQLValue]] {
    let rows = kept(tables.routeAverages, \.average.trips).map { row in
      (name: row.region.bytes + Array(" / \(row.number.map { String($0) } ?? "none")".utf8), row)
    }
    return rows.sorted { $0.name.lexicographicallyPrecedes($1.name) }.map { name, row in
      [
        .text("region_route"), .text(name), .text(row.region.bytes), .null,
        row.number.map { integer($0) } ?? .null,
      ] + numbers(of: row.average)
    }
  }

  var tripGroupRows: [[SQLValue]] {
    let rows = kept(tables.groups, \.trips).map { GroupRow($0, tables.grid) }
    return rows.sorted().map { row in
      [
        .text(row.region.bytes), .text(row.origin.name), .text(row.destination.name),
        .text(row.slot), integer(row.trips),
      ] + [row.origin.centre, row.destination.centre].flatMap { [real($0?.x), real($0?.y)] }
    }
  }

  private func isBefore(_ left: WeeklyAverage.Row, _ right: WeeklyAverage.Row) -> Bool {
    (left.name ?? "") < (right.name ?? "")
  }

  private func name(of row: WeeklyAverage.Row) -> SQLValue {
    row.name.map { .text($0.bytes) } ?? .null
  }

  private func numbers(of row: WeeklyAverage.Row) -> [SQLValue] {
    [
      integer(row.trips), integer(row.weekCount), integer(row.activeWeekCount), real(row.average),
      real(row.activeAverage),
    ]
  }
}
