internal import LakeQuery
internal import TripModel

extension ResultColumn {
  /// The columns that a grouping takes in a result: a cell has one for each of its numbers, and one for its name
  /// where cells are geohashes.
  static func columns(of key: GroupedCount.Key, _ grid: CellGrid) -> [ResultColumn] {
    guard key.isCell else { return [ResultColumn(key.rawValue)] }
    let numbers = ["x", "y"].map { ResultColumn("\(key.rawValue)_\($0)", isNumeric: true) }
    guard case .geohash = grid.shape else { return numbers }
    return numbers + [ResultColumn("\(end(of: key))_geohash")]
  }

  /// The columns of the middle of a cell, in degrees.
  static func centreColumns(of key: GroupedCount.Key) -> [ResultColumn] {
    ["x", "y"].map { ResultColumn("\(end(of: key))_centre_\($0)", isNumeric: true) }
  }

  private static func end(of key: GroupedCount.Key) -> String {
    key == .originCell ? "origin" : "destination"
  }
}

extension Cell {
  /// One for each of the columns of a group's value.
  static func cells(_ value: GroupedCount.Value, _ grid: CellGrid) -> [Cell] {
    switch value {
    case .name(let name): return [.text(name)]
    case .week(let week): return [.week(week)]
    case .day(let day): return [.day(day)]
    case .month(let month): return [.month(month)]
    case .number(let number): return [.integer(number)]
    case .minute(let minute): return [.minuteOfDay(minute)]
    case .cell(let x, let y):
      let name = grid.geohash(x: x, y: y).map { [Cell.text(ByteString($0))] }
      return [.integer(x), .integer(y)] + (name ?? [])
    case .noRoute: return [.empty]
    case .noCell:
      if case .geohash = grid.shape { return [.empty, .empty, .empty] }
      return [.empty, .empty]
    }
  }

  /// The middle of a group's cell.
  static func centreCells(_ value: GroupedCount.Value, _ grid: CellGrid) -> [Cell] {
    guard case .cell(let x, let y) = value else { return [.empty, .empty] }
    let centre = grid.centre(x: x, y: y)
    return [.number(centre.x), .number(centre.y)]
  }
}
