internal import LakeStore
internal import TripModel

extension GroupedCount {
  /// Answers where trips are grouped by route: the groups of each route by themselves, then put in order.
  ///
  /// - Complexity: One pass over the data for each number of a route.
  func answerByRoutes(from reader: LakeReader, deliver: (Row) throws -> Void) throws -> ScanExplain
  {
    guard let position = keys.firstIndex(of: .route) else {
      preconditionFailure("trips are grouped by route")
    }
    let models = try reader.routeModels()
    var part = self
    part.keys.remove(at: position)
    part.top = nil
    part.minimumCount = 1
    var rows: [Row] = []
    var explain = ScanExplain()
    for number in 0...(models.map(\.routes.count).max() ?? 0) {
      part.filter.route = RouteCondition(numbers: [number], models: models)
      if let asked = filter.route, !asked.numbers.contains(number) { continue }
      let answer = try part.answer(from: reader)
      explain.add(answer.explain)
      let value = number == RouteCondition.none ? Value.noRoute : .number(number)
      for row in answer.rows where row.count >= max(1, minimumCount) {
        rows.append(row.inserting(value, at: position))
      }
    }
    rows.sort { left, right in
      if top != nil, left.count != right.count { return left.count > right.count }
      for (value, other) in zip(left.group, right.group) where value != other {
        return value.precedes(other)
      }
      return false
    }
    for row in rows.prefix(top ?? .max) { try deliver(row) }
    return explain
  }
}

extension GroupedCount.Row {
  fileprivate func inserting(_ value: GroupedCount.Value, at position: Int) -> Self {
    var group = group
    group.insert(value, at: position)
    var row = GroupedCount.Row(group: group, count: count)
    row.firstTime = firstTime
    row.lastTime = lastTime
    row.latestSource = latestSource
    return row
  }
}

extension GroupedCount.Value {
  /// The order of the values of one key; no cell and no route come last.
  fileprivate func precedes(_ other: GroupedCount.Value) -> Bool {
    switch (self, other) {
    case (.name(let left), .name(let right)): left < right
    case (.week(let left), .week(let right)): left < right
    case (.month(let left), .month(let right)): left < right
    case (.day(let left), .day(let right)), (.number(let left), .number(let right)),
      (.minute(let left), .minute(let right)):
      left < right
    case (.cell(let x, let y), .cell(let otherX, let otherY)): (x, y) < (otherX, otherY)
    case (_, .noCell), (_, .noRoute): true
    default: false
    }
  }
}
