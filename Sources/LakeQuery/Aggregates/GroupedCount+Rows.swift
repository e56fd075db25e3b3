internal import LakeStore
internal import TripModel

extension GroupedCount {
  /// Delivers the groups of `table` in their order.
  func deliverRows(
    of table: GroupTable, _ manifest: Manifest, to deliver: (Row) throws -> Void
  ) throws {
    if keys.isEmpty, table.sums.isEmpty { return try deliver(Row(group: [], count: 0)) }
    var groups = table.sums.indices.filter {
      keys.isEmpty || table.sums[$0].tally.count >= minimumCount
    }
    groups.sort { left, right in
      let (leftCount, rightCount) = (table.sums[left].tally.count, table.sums[right].tally.count)
      if top != nil, leftCount != rightCount { return leftCount > rightCount }
      return precedes(table.group(left), table.group(right), table)
    }
    for number in groups.prefix(top ?? .max) { try deliver(row(number, table, manifest)) }
  }

  private func row(_ number: Int, _ table: GroupTable, _ manifest: Manifest) -> Row {
    let (group, sum) = (table.group(number), table.sums[number])
    var row = Row(
      group: keys.map { value(of: $0, in: group, table, manifest) }, count: sum.tally.count)
    guard !facts.isEmpty else { return row }
    row.firstTime = sum.tally.firstTime
    row.lastTime = sum.tally.lastTime
    if facts.contains(.latestSource) { row.latestSource = table.sourceName(sum.latestSource) }
    return row
  }

  /// Whether a group's values come before those of another; the manifest's regions are in byte order.
  private func precedes(
    _ left: GroupTable.Group, _ right: GroupTable.Group, _ table: GroupTable
  ) -> Bool {
    for key in keys {
      let (leftPart, rightPart) = (part(key, of: left), part(key, of: right))
      guard leftPart == rightPart else {
        return key == .source
          ? table.precedes(source: leftPart, rightPart) : leftPart < rightPart
      }
    }
    return false
  }

  private func part(_ key: Key, of group: GroupTable.Group) -> Int {
    switch key {
    case .region: group.region
    case .week: group.week
    case .day: group.day
    case .month: group.month
    case .weekday: group.weekday
    case .hour: group.hour
    case .slot: group.slot
    case .source: group.source
    case .originCell, .destinationCell, .route:
      preconditionFailure("cells and routes are counted apart")
    }
  }

  private func value(
    of key: Key, in group: GroupTable.Group, _ table: GroupTable, _ manifest: Manifest
  ) -> Value {
    switch key {
    case .region: .name(manifest.regions[group.region])
    case .week: .week(ISOWeek(index: Int32(truncatingIfNeeded: group.week)))
    case .day: .day(group.day)
    case .month: .month(CivilMonth(index: group.month))
    case .weekday: .number(group.weekday)
    case .hour: .number(group.hour)
    case .slot: .minute(group.slot)
    case .source: .name(table.sourceName(group.source))
    case .originCell, .destinationCell, .route:
      preconditionFailure("cells and routes are counted apart")
    }
  }
}
