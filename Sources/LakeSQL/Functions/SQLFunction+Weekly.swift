internal import LakeQuery
internal import TripModel

extension SQLFunction {
  /// What `triplake weekly` tells: a row for each region, or for the one named; one row for everything where a box or
  /// area is given and no region.
  static let weekly = SQLFunction(
    name: "weekly",
    columns: [
      ("name", "TEXT"), ("trips", "INTEGER"), ("weeks", "INTEGER"), ("active_weeks", "INTEGER"),
      ("average", "REAL"), ("active_average", "REAL"),
    ],
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
      [
        row.name.map { .text($0.bytes) } ?? .null, .integer(Int64(row.trips)),
        .integer(Int64(row.weekCount)), .integer(Int64(row.activeWeekCount)),
        row.average.map { .real($0) } ?? .null, row.activeAverage.map { .real($0) } ?? .null,
      ]
    }
  }
}
