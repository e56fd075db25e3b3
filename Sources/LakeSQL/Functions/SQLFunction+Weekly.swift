internal import LakeQuery
internal import TripModel

extension SQLFunction {
  /// What `triplake weekly` tells: a row for each region, or for the one named; one row for everything where a box or
  /// area is given and no region.
  static let weekly = SQLFunction(
    name: "weekly",
    columns: [("name", "TEXT")] + numberColumns,
    parameters: FunctionArguments.filterParameters
  ) { arguments, context in
    let filter = try arguments.filter(of: context.reader)
    let isByRegion = filter.regions != nil || filter.boxes.isEmpty
    let query = WeeklyAverage(
      filter: filter, grouping: isByRegion ? .region : .none,
      firstDay: try arguments.days("from")?.lowerBound,
      lastDay: try arguments.days("to")?.upperBound, threadCount: context.threadCount)
    let answer = try query.answer(from: context.reader)
    context.note(answer.explain)
    return answer.rows.map { row in
      [row.name.map { .text($0.bytes) } ?? .null] + numbers(of: row)
    }
  }

  /// What `triplake routes weekly` tells: a row for each route of each region, or of the one named, and one for its
  /// trips without a route, which has no number.
  static let weeklyByRoute = SQLFunction(
    name: "weekly_by_route",
    columns: [
      ("name", "TEXT"), ("route", "INTEGER"), ("origin_x", "REAL"), ("origin_y", "REAL"),
      ("destination_x", "REAL"), ("destination_y", "REAL"),
    ] + numberColumns,
    parameters: FunctionArguments.filterParameters
  ) { arguments, context in
    let query = WeeklyAverage(
      filter: try arguments.filter(of: context.reader),
      firstDay: try arguments.days("from")?.lowerBound,
      lastDay: try arguments.days("to")?.upperBound, threadCount: context.threadCount)
    let answer = try query.answerByRoute(from: context.reader)
    context.note(answer.explain)
    return answer.rows.map { row in
      let middle = row.route.map { [$0.originX, $0.originY, $0.destinationX, $0.destinationY] }
      return [.text(row.region.bytes), row.number.map { .integer(Int64($0)) } ?? .null]
        + (middle?.map { .real($0) } ?? [.null, .null, .null, .null]) + numbers(of: row.average)
    }
  }

  private static let numberColumns = [
    ("trips", "INTEGER"), ("weeks", "INTEGER"), ("active_weeks", "INTEGER"), ("average", "REAL"),
    ("active_average", "REAL"),
  ]

  private static func numbers(of row: WeeklyAverage.Row) -> [ResultValue] {
    [
      .integer(Int64(row.trips)), .integer(Int64(row.weekCount)),
      .integer(Int64(row.activeWeekCount)), row.average.map { .real($0) } ?? .null,
      row.activeAverage.map { .real($0) } ?? .null,
    ]
  }
}
