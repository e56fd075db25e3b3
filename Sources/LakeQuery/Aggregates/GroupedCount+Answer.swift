internal import LakeStore
internal import TripModel

extension GroupedCount {
  /// Answers from the manifest alone as far as it goes, else reads what it must.
  ///
  /// - Throws: `QueryError.unknownRegion`, `QueryError.tooManyGroups`, `QueryError.notEnoughMemory`; `StoreError`
  ///   of a file that had to be read.
  package func answer(from reader: LakeReader) throws -> Answer {
    var rows: [Row] = []
    let explain = try run(on: reader) { row in
      guard rows.count < GroupTable.groupLimit else { throw GroupTable.tooManyGroups }
      rows.append(row)
    }
    return Answer(rows: rows, explain: explain)
  }

  /// The same row by row. Groups by cells may be many more than memory holds.
  ///
  /// - Parameter deliver: Gets the rows in their order, on the caller's thread.
  /// - Throws: Also what `deliver` throws.
  package func run(
    on reader: LakeReader, deliver: (Row) throws -> Void
  ) throws -> ScanExplain {
    if keys.contains(.route) { return try answerByRoutes(from: reader, deliver: deliver) }
    if keys.contains(where: \.isCell) {
      precondition(facts.isEmpty, "groups by cells have no facts")
      return try answerByCells(from: reader, deliver: deliver)
    }
    let grouping = FileHistogram.Grouping(
      time: timeUnit, isBySource: keys.contains(.source) || facts.contains(.latestSource),
      keepsTimes: !facts.isEmpty)
    var table = GroupTable(
      sources: reader.manifest.sources, tellsSources: keys.contains(.source))
    let explain =
      if grouping.isBySource, let explain = try fillByRegion(&table, reader) {
        explain
      } else if grouping.time != .none || grouping.isBySource || grouping.keepsTimes {
        try fill(&table, by: grouping, reader)
      } else {
        try fillByFile(&table, reader)
      }
    try deliverRows(of: table, reader.manifest, to: deliver)
    return explain
  }

  /// What times must be told apart by.
  var timeUnit: TimeUnit {
    var minutes = TimeUnit.minutesPerDay
    if keys.contains(.hour) { minutes = 60 }
    if keys.contains(.slot) { minutes = Self.greatestCommonDivisor(minutes, slotMinutes) }
    return TimeUnit(minutes: minutes, spansWeek: !keys.allSatisfy(Self.isWhole))
  }

  /// Whether a key is the same on all days of a week.
  private static func isWhole(_ key: Key) -> Bool {
    key != .day && key != .month && key != .weekday
  }

  private static func greatestCommonDivisor(_ left: Int, _ right: Int) -> Int {
    right == 0 ? left : greatestCommonDivisor(right, left % right)
  }

  /// Answers from the sources of whole regions.
  ///
  /// - Returns: `nil` where more is asked for than the manifest tells of them; nothing is added then.
  private func fillByRegion(
    _ table: inout GroupTable, _ reader: LakeReader
  ) throws -> ScanExplain? {
    let manifest = reader.manifest
    guard keys.allSatisfy({ $0 == .region || $0 == .source }),
      filter == TripFilter(regions: filter.regions), let sources = try manifest.regionSources()
    else { return nil }
    let plan = try FilterPlan(filter, reader: reader)
    guard plan.files.allSatisfy({ sources.isComplete(manifest.regionIndex(ofFile: $0)) }) else {
      return nil
    }
    var explain = ScanExplain()
    explain.noteFiles(of: plan)
    var sums = SourceSums(sourceCount: manifest.sources.count, isBySource: true)
    var last: Int?
    for file in plan.files {
      explain.files.note(.cover)
      explain.rowsMatched += manifest.rowCount(ofFile: file)
      let region = manifest.regionIndex(ofFile: file)
      guard region != last else { continue }
      try sums.begin(group(ofFile: file, manifest), &table)
      sums.addSources(of: region, sources)
      last = region
    }
    try sums.finish(&table)
    return explain
  }

  private func fillByFile(_ table: inout GroupTable, _ reader: LakeReader) throws -> ScanExplain {
    let counts = try FileCounts(filter, reader: reader, threadCount: threadCount)
    let manifest = reader.manifest
    var sums = SourceSums(sourceCount: 1, isBySource: false)
    for (file, rowCount) in counts.counts {
      try sums.begin(group(ofFile: file, manifest), &table)
      sums.add(GroupTally(count: rowCount), ofSource: 0)
    }
    try sums.finish(&table)
    return counts.explain
  }

  private func fill(
    _ table: inout GroupTable, by grouping: FileHistogram.Grouping, _ reader: LakeReader
  ) throws -> ScanExplain {
    let plan = try FilterPlan(filter, reader: reader, asksForSources: grouping.isBySource)
    var explain = ScanExplain()
    explain.noteFiles(of: plan)
    var items: [ScanJob.Item] = []
    let asksForMonths = timesAreMonths
    var sums = SourceSums(
      sourceCount: plan.manifest.sources.count, isBySource: grouping.isBySource)
    for file in plan.files {
      let verdict = plan.verdict(ofFile: file)
      if verdict.verdict == .skip {
        explain.files.note(.skip)
        continue
      }
      let month = asksForMonths ? onlyMonth(ofFile: file, reader) : nil
      try sums.begin(group(ofFile: file, plan.manifest, month), &table)
      let isOneTime = grouping.time == .none || month != nil
      if isOneTime, let count = add(file, verdict, plan, grouping, to: &sums) {
        explain.files.note(count == 0 ? .skip : .cover)
        explain.rowsMatched += count
      } else {
        explain.files.note(.scan)
        for condition in verdict.pending { explain.fileReasons.add(condition.reason) }
        if verdict.pending.isEmpty {
          explain.fileReasons.add(isOneTime ? .sourceCounts : timeReason)
        }
        items.append(ScanJob.Item(file: file, conditions: verdict.pending))
      }
    }
    try sums.finish(&table)
    explain.add(try scan(items, into: &table, by: grouping, reader))
    return explain
  }

  /// Whether months are all that tells times apart.
  private var timesAreMonths: Bool {
    keys.contains(.month)
      && keys.allSatisfy { ![.day, .weekday, .hour, .slot].contains($0) }
  }

  private var timeReason: ScanReason { timesAreMonths ? .months : .days }

  /// The month of all times of a file, where they have one.
  private func onlyMonth(ofFile file: Int, _ reader: LakeReader) -> CivilMonth? {
    let (manifest, zone) = (reader.manifest, reader.zone)
    let days = [manifest.firstTime(ofFile: file), manifest.lastTime(ofFile: file)]
      .map { zone.localDayNumber(ofMicroseconds: $0) }
    let month = CivilMonth(dayNumber: days[0])
    return CivilMonth(dayNumber: days[1]) == month ? month : nil
  }

  /// Adds what the manifest knows of the matching rows of a file, whose times need not be told apart.
  ///
  /// - Returns: How many they are; `nil` where it does not know enough, and nothing is added.
  private func add(
    _ file: Int, _ verdict: FilterPlan.FileVerdict, _ plan: FilterPlan,
    _ grouping: FileHistogram.Grouping, to sums: inout SourceSums
  ) -> Int? {
    let manifest = plan.manifest
    if !grouping.isBySource, verdict.verdict == .cover {
      let tally = GroupTally(
        count: manifest.rowCount(ofFile: file), firstTime: manifest.firstTime(ofFile: file),
        lastTime: manifest.lastTime(ofFile: file))
      sums.add(tally, ofSource: 0)
      return tally.count
    }
    if plan.conditions.isEmpty {
      guard let fileSources = plan.fileSources, fileSources.isComplete(file) else {
        return nil
      }
      sums.addSources(of: file, fileSources)
      return manifest.rowCount(ofFile: file)
    }
    return plan.matchingSources(ofFile: file, pending: verdict.pending).map { sums.add($0) }
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
    var sum: HistogramSum?
    for (item, histogram) in zip(items, histograms) {
      let group = group(ofFile: item.file, manifest)
      if sum?.addIfAlike(histogram, group: group) != true {
        if let sum { try add(sum, to: &table) }
        sum = HistogramSum(histogram, group: group)
      }
    }
    if let sum { try add(sum, to: &table) }
    return explain
  }

  private func add(_ sum: HistogramSum, to table: inout GroupTable) throws(QueryError) {
    let sources = sum.sources.map { table.number(ofSource: $0) }
    let (time, sourceCount) = (sum.grouping.time, max(sources.count, 1))
    var group = sum.group
    if !keys.contains(.day) { group.day = 0 }
    for (index, tally) in sum.entries {
      let (part, source) = index.quotientAndRemainder(dividingBy: sourceCount)
      let day = time.day(of: part)
      let minute = time.minuteOfDay(of: part)
      if keys.contains(.day) { group.day = sum.group.day + day }
      if keys.contains(.month) {
        group.month = CivilMonth(dayNumber: sum.group.day + day).index
      }
      if keys.contains(.weekday) { group.weekday = day + 1 }
      if keys.contains(.hour) { group.hour = minute / 60 }
      if keys.contains(.slot) { group.slot = minute - minute % slotMinutes }
      if sum.grouping.isBySource { group.source = sources[source] }
      try table.add(tally, to: group)
    }
  }

  /// - Parameter month: That of all times of the file, where it is known and needed.
  private func group(
    ofFile file: Int, _ manifest: Manifest, _ month: CivilMonth? = nil
  ) -> GroupTable.Group {
    var group = GroupTable.Group()
    if keys.contains(.region) { group.region = manifest.regionIndex(ofFile: file) }
    if keys.contains(.week) { group.week = Int(manifest.week(ofFile: file).index) }
    // The Monday, from which the days of its trips are counted.
    if let month {
      group.month = month.index
    } else if keys.contains(.day) || keys.contains(.month) {
      group.day = manifest.week(ofFile: file).firstDayNumber
    }
    return group
  }
}
