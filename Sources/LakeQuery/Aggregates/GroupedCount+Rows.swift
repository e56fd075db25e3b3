internal import LakeStore
internal import TripModel

extension GroupedCount {
  /// The groups of `table` in their order.
  func rows(of table: GroupTable, _ manifest: Manifest) -> [Row] {
    let ranks = table.sourceRanks
    let groups = latest(of: table, ranks)
    if keys.isEmpty, groups.isEmpty { return [Row(group: [], count: 0)] }
    let ordered = groups.filter { keys.isEmpty || $0.value.tally.count >= minimumCount }
      .map { group, latest in
        (order: keys.map { order(of: $0, in: group, ranks) }, group: group, latest: latest)
      }
      .sorted { left, right in
        let (leftCount, rightCount) = (left.latest.tally.count, right.latest.tally.count)
        if top != nil, leftCount != rightCount { return leftCount > rightCount }
        return left.order.lexicographicallyPrecedes(right.order)
      }
    return ordered.prefix(top ?? .max).map { _, group, latest in
      row(keys.map { value(of: $0, in: group, table, manifest) }, latest, table)
    }
  }

  private func row(_ group: [Value], _ latest: Latest, _ table: GroupTable) -> Row {
    var row = Row(group: group, count: latest.tally.count)
    guard !facts.isEmpty else { return row }
    row.firstTime = latest.tally.firstTime
    row.lastTime = latest.tally.lastTime
    if facts.contains(.latestSource) { row.latestSource = table.sourceName(latest.source) }
    return row
  }

  /// A group's tally and the source of its last trip; 0 where sources are not told apart.
  private struct Latest {
    var tally: GroupTally
    var source: Int
  }

  /// Sums up the groups that differ by nothing but a source that is not grouped by.
  private func latest(of table: GroupTable, _ ranks: [Int]) -> [GroupTable.Group: Latest] {
    let keepsSource = keys.contains(.source)
    var groups: [GroupTable.Group: Latest] = [:]
    groups.reserveCapacity(keepsSource ? table.tallies.count : 0)
    for (key, tally) in table.tallies {
      var group = key
      if !keepsSource { group.source = 0 }
      guard var latest = groups[group] else {
        groups[group] = Latest(tally: tally, source: key.source)
        continue
      }
      let isLater = latest.tally.lastTime < tally.lastTime
      let isTied = latest.tally.lastTime == tally.lastTime
      if isLater || isTied && ranks[key.source] < ranks[latest.source] {
        latest.source = key.source
      }
      latest.tally.add(tally)
      groups[group] = latest
    }
    return groups
  }

  /// A number that ascends as the group's value does; the manifest's regions are in byte order.
  private func order(of key: Key, in group: GroupTable.Group, _ sourceRanks: [Int]) -> Int {
    switch key {
    case .region: group.region
    case .week: group.week
    case .day: group.day
    case .month: group.month
    case .weekday: group.weekday
    case .hour: group.hour
    case .slot: group.slot
    case .source: sourceRanks[group.source]
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
