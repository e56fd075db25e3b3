internal import LakeStore
internal import TripModel

extension GroupedCount {
  /// Answers from the manifest alone as far as it goes, else reads what it must.
  ///
  /// - Throws: `QueryError.unknownRegion`, `QueryError.tooManyGroups`; `StoreError` of a file that had to be
  ///   read.
  package func answer(from reader: LakeReader) throws -> Answer {
    let grouping = FileHistogram.Grouping(
      time: timeUnit, isBySource: keys.contains(.source))
    var table = GroupTable()
    let explain =
      grouping.time != .none || grouping.isBySource
      ? try fill(&table, by: grouping, reader) : try fillByFile(&table, reader)
    return Answer(rows: rows(of: table, reader.manifest), explain: explain)
  }

  private var timeUnit: TimeUnit {
    var minutes = TimeUnit.minutesPerDay
    if keys.contains(.hour) { minutes = 60 }
    if keys.contains(.slot) { minutes = Self.greatestCommonDivisor(minutes, slotMinutes) }
    return TimeUnit(minutes: minutes, spansWeek: keys.contains(.day) || keys.contains(.weekday))
  }

  private static func greatestCommonDivisor(_ left: Int, _ right: Int) -> Int {
    right == 0 ? left : greatestCommonDivisor(right, left % right)
  }

  private func fillByFile(_ table: inout GroupTable, _ reader: LakeReader) throws -> ScanExplain {
    let counts = try FileCounts(filter, reader: reader, threadCount: threadCount)
    for (file, rowCount) in counts.counts {
      try table.add(rowCount, to: group(ofFile: file, reader.manifest))
    }
    return counts.explain
  }

  private func fill(
    _ table: inout GroupTable, by grouping: FileHistogram.Grouping, _ reader: LakeReader
  ) throws -> ScanExplain {
    let plan = try FilterPlan(filter, reader: reader)
    var explain = ScanExplain()
    explain.noteFiles(of: plan)
    var items: [ScanJob.Item] = []
    for file in plan.fileRanges.joined() {
      let verdict = plan.verdict(ofFile: file)
      if verdict.verdict == .skip {
        explain.files.note(.skip)
      } else if grouping.time == .none,
        let sources = plan.sourceCounts(ofFile: file, pending: verdict.pending)
      {
        explain.files.note(sources.isEmpty ? .skip : .cover)
        for (source, rowCount) in sources {
          var group = group(ofFile: file, plan.manifest)
          group.source = table.number(ofSource: plan.manifest.sources[source])
          try table.add(rowCount, to: group)
          explain.rowsMatched += rowCount
        }
      } else {
        explain.files.note(.scan)
        for condition in verdict.pending { explain.fileReasons.add(condition.reason) }
        if verdict.pending.isEmpty {
          explain.fileReasons.add(grouping.time == .none ? .sourceCounts : .days)
        }
        items.append(ScanJob.Item(file: file, conditions: verdict.pending))
      }
    }
    explain.add(try scan(items, into: &table, by: grouping, reader))
    return explain
  }

  private func scan(
    _ items: [ScanJob.Item], into table: inout GroupTable, by grouping: FileHistogram.Grouping,
    _ reader: LakeReader
  ) throws -> ScanExplain {
    guard !items.isEmpty else { return ScanExplain() }
    let manifest = reader.manifest
    let zone = reader.zone
    let job = ScanJob(reader: reader, items: items, threadCount: threadCount)
    let (histograms, explain) = try job.run { item in
      FileHistogram(grouping, week: manifest.week(ofFile: item.file), zone: zone)
    }
    for (item, histogram) in zip(items, histograms) {
      try add(histogram, to: &table, group: group(ofFile: item.file, manifest))
    }
    return explain
  }

  private func add(
    _ histogram: FileHistogram, to table: inout GroupTable, group: GroupTable.Group
  ) throws(QueryError) {
    let sources = histogram.sources.map { table.number(ofSource: $0) }
    var group = group
    for (index, count) in histogram.entries {
      let (time, source) = index.quotientAndRemainder(dividingBy: histogram.sourceCount)
      let day = histogram.grouping.time.day(of: time)
      let minute = histogram.grouping.time.minuteOfDay(of: time)
      if keys.contains(.day) { group.day = histogram.week.firstDayNumber + day }
      if keys.contains(.weekday) { group.weekday = day + 1 }
      if keys.contains(.hour) { group.hour = minute / 60 }
      if keys.contains(.slot) { group.slot = minute - minute % slotMinutes }
      if histogram.grouping.isBySource { group.source = sources[source] }
      try table.add(count, to: group)
    }
  }

  private func group(ofFile file: Int, _ manifest: Manifest) -> GroupTable.Group {
    var group = GroupTable.Group()
    if keys.contains(.region) { group.region = manifest.regionIndex(ofFile: file) }
    if keys.contains(.week) { group.week = Int(manifest.week(ofFile: file).index) }
    return group
  }
}

extension GroupedCount {
  /// The groups of `table` in their order.
  private func rows(of table: GroupTable, _ manifest: Manifest) -> [Row] {
    if keys.isEmpty { return [Row(group: [], count: table.counts.values.reduce(0, +))] }
    let ranks = sourceRanks(table.sourceNames)
    let ordered = table.counts.filter { $0.value >= minimumCount }
      .map { group, count in
        (order: keys.map { order(of: $0, in: group, ranks) }, group: group, count: count)
      }
      .sorted { left, right in
        if top != nil, left.count != right.count { return left.count > right.count }
        return left.order.lexicographicallyPrecedes(right.order)
      }
    return ordered.prefix(top ?? .max).map { _, group, count in
      Row(group: keys.map { value(of: $0, in: group, table, manifest) }, count: count)
    }
  }

  /// The place of each source in byte order.
  private func sourceRanks(_ names: [ByteString]) -> [Int] {
    var ranks = [Int](repeating: 0, count: names.count)
    let ascending = names.indices.sorted { names[$0] < names[$1] }
    for (rank, number) in ascending.enumerated() { ranks[number] = rank }
    return ranks
  }

  /// A number that ascends as the group's value does; the manifest's regions are in byte order.
  private func order(of key: Key, in group: GroupTable.Group, _ sourceRanks: [Int]) -> Int {
    switch key {
    case .region: group.region
    case .week: group.week
    case .day: group.day
    case .weekday: group.weekday
    case .hour: group.hour
    case .slot: group.slot
    case .source: sourceRanks[group.source]
    }
  }

  private func value(
    of key: Key, in group: GroupTable.Group, _ table: GroupTable, _ manifest: Manifest
  ) -> Value {
    switch key {
    case .region: .name(manifest.regions[group.region])
    case .week: .week(ISOWeek(index: Int32(truncatingIfNeeded: group.week)))
    case .day: .day(group.day)
    case .weekday: .number(group.weekday)
    case .hour: .number(group.hour)
    case .slot: .minute(group.slot)
    case .source: .name(table.sourceNames[group.source])
    }
  }
}
