internal import LakeQuery
internal import LakeStore
internal import TripModel

extension SQLFunction {
  /// What grouping may take beside the answer.
  private static let memoryByteCount = 1 << 30
  /// Of a call; all of them are held in memory.
  private static let groupLimit = 5_000_000

  /// What `triplake groups` tells, with the middle of each cell.
  static let groups = SQLFunction(
    name: "groups",
    columns: [
      ("origin_cell_x", "INTEGER"), ("origin_cell_y", "INTEGER"), ("origin_centre_x", "REAL"),
      ("origin_centre_y", "REAL"), ("destination_cell_x", "INTEGER"),
      ("destination_cell_y", "INTEGER"), ("destination_centre_x", "REAL"),
      ("destination_centre_y", "REAL"), ("slot", "TEXT"), ("week", "TEXT"), ("trips", "INTEGER"),
    ],
    parameters: ["cell", "slot_minutes", "top", "min_count", "per_week"]
      + FunctionArguments.filterParameters
  ) { arguments, context in
    let query = try groupsQuery(arguments, context)
    var rows: [[ResultValue]] = []
    let explain = try query.run(on: context.reader) { row in
      guard rows.count < groupLimit else {
        throw SQLError(
          .failed, "groups(…) gives more than \(groupLimit) groups; ask for the top of them")
      }
      rows.append(values(of: row, query))
    }
    context.note(explain)
    return rows
  }

  private static func groupsQuery(
    _ arguments: FunctionArguments, _ context: SQLContext
  ) throws -> GroupedCount {
    let zone = context.reader.zone
    var filter = try arguments.filter(of: context.reader)
    filter.time = TimeRange(
      start: try arguments.days("from").map { zone.instant(ofLocalDay: $0.lowerBound) },
      end: try arguments.days("to").map { zone.instant(ofLocalDay: $0.upperBound + 1) })
    var query = GroupedCount.similarTrips(filter, perWeek: try arguments.flag("per_week"))
    query.threadCount = context.threadCount
    if let text = try arguments.text("cell") {
      guard let grid = CellGrid(text: text) else {
        throw arguments.fault("cell", "is wrong: \(CellGrid.textForms)")
      }
      query.grid = grid
    }
    query.slotMinutes = try arguments.count("slot_minutes") ?? 60
    guard 1440 % query.slotMinutes == 0 else {
      throw arguments.fault("slot_minutes", "divides a day of 1440 minutes evenly")
    }
    query.memoryByteCount = memoryByteCount
    query.top = try arguments.count("top")
    query.minimumCount = try arguments.count("min_count") ?? 1
    return query
  }

  private static func values(of row: GroupedCount.Row, _ query: GroupedCount) -> [ResultValue] {
    var week = ResultValue.null
    if query.keys.count > 3, case .week(let known) = row.group[3] {
      week = .text(Array(known.text.utf8))
    }
    var slot = ResultValue.null
    if case .minute(let minute) = row.group[2] {
      slot = .text(Array(TimestampText.clock(minute: minute).utf8))
    }
    return cell(row.group[0], query.grid) + cell(row.group[1], query.grid)
      + [slot, week, .integer(Int64(row.count))]
  }

  /// The numbers of a cell and its middle.
  private static func cell(_ value: GroupedCount.Value, _ grid: CellGrid) -> [ResultValue] {
    guard case .cell(let x, let y) = value else { return [.null, .null, .null, .null] }
    let centre = grid.centre(x: x, y: y)
    return [.integer(Int64(x)), .integer(Int64(y)), .real(centre.x), .real(centre.y)]
  }
}
