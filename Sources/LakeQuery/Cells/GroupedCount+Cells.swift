internal import LakeFile
internal import LakeStore
internal import TripModel

extension GroupedCount {
  /// Answers where trips are grouped by cells.
  ///
  /// - Parameter deliver: Gets the rows in their order.
  /// - Throws: `QueryError`; `StoreError` of a file that cannot be read or is damaged; what `deliver` throws.
  func answerByCells(
    from reader: LakeReader, deliver: (Row) throws -> Void
  ) throws -> ScanExplain {
    let rowLimit = try rowLimit
    let plan = try FilterPlan(filter, reader: reader)
    var explain = ScanExplain()
    explain.noteFiles(of: plan)
    let items = items(of: plan, &explain)
    let names = keys.contains(.source) ? try sourceNames(of: items, reader) : []
    let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    let counts = try RegionSet.sets(of: items, groupedBy: keys, grid, reader.manifest).map {
      try CellCount(self, $0, sourceNumbers: numbers, reader)
    }
    let deliver = { (parts: [Int?], count: Int) in
      try deliver(Row(group: values(parts, names, reader.manifest), count: count))
    }
    if let top {
      explain.add(try largest(top, of: counts, rowLimit: rowLimit, deliver))
      return explain
    }
    for cluster in Self.clusters(counts) {
      explain.add(try list(cluster, rowLimit: rowLimit, deliver))
    }
    return explain
  }

  /// How many group numbers of rows are held at once, at 16 bytes each to sort them.
  private var rowLimit: Int {
    get throws(QueryError) {
      guard memoryByteCount >= Self.leastMemoryByteCount else {
        throw QueryError(
          .notEnoughMemory,
          "grouping by cells takes at least \(Self.leastMemoryByteCount) bytes, and \(memoryByteCount) are allowed"
        )
      }
      // What threads gather before they hand it over, but for tiny limits.
      let gathered = min(memoryByteCount / 2, threadCount * 16 * KeySink.chunkCount)
      return (memoryByteCount - gathered) / 16
    }
  }

  static let leastMemoryByteCount = 4096

  /// Tells the largest groups: region set by region set, because the groups of one are complete before the next
  /// is read.
  private func largest(
    _ top: Int, of counts: [CellCount], rowLimit: Int,
    _ deliver: (_ parts: [Int?], _ count: Int) throws -> Void
  ) throws -> ScanExplain {
    var explain = ScanExplain()
    var largest = LargestGroups(top)
    // Large sets first: the sooner large groups are known, the fewer others need to be counted.
    for count in counts.sorted(by: { $0.rowCount > $1.rowCount }) {
      var keeper = GroupKeeper(top: top, minimumCount: max(minimumCount, largest.smallestWanted))
      guard let bucketCount = count.bucketCount else {
        var passes = GroupPasses([count], rowLimit: rowLimit)
        let layout = count.layout
        try passes.run { parts, rowCount in
          guard rowCount >= keeper.threshold else { return }
          keeper.take(group: layout.number(ofGroup: parts), count: rowCount)
        }
        explain.add(passes.explain)
        try largest.add(keeper.finish(), layout)
        continue
      }
      let (found, work) = try count.count(inBuckets: bucketCount, keeper)
      explain.add(work)
      try largest.add(found, count.layout)
    }
    for group in largest.ordered() { try deliver(group.parts, group.count) }
    return explain
  }

  /// Tells all groups of some sets, of which no other set has groups in between.
  private func list(
    _ counts: [CellCount], rowLimit: Int,
    _ deliver: (_ parts: [Int?], _ count: Int) throws -> Void
  ) throws -> ScanExplain {
    // A group that several sets have is known to be large enough when it is whole.
    let least = counts.count == 1 ? minimumCount : 1
    let groupLimit = counts.reduce(0) { $0 + $1.rowCount / least }
    let byteCount = counts.reduce(16 * groupLimit) { $0 + $1.bucketByteCount }
    guard counts.allSatisfy({ $0.bucketCount != nil }), byteCount <= memoryByteCount,
      groupLimit <= GroupTable.groupLimit
    else {
      var passes = GroupPasses(counts, rowLimit: rowLimit)
      try passes.run { parts, count in
        if count >= minimumCount { try deliver(parts, count) }
      }
      return passes.explain
    }
    var explain = ScanExplain()
    var runs: [GroupRuns] = []
    for count in counts {
      let keeper = GroupKeeper(top: nil, minimumCount: least)
      let (groups, work) = try count.count(inBuckets: count.bucketCount ?? 1, keeper)
      explain.add(work)
      runs.append(GroupRuns(groups: groups, count.layout))
    }
    try GroupRuns.merge(runs) { parts, count in
      if count >= minimumCount { try deliver(parts, count) }
    }
    return explain
  }

  /// Sets together where the groups of one may stand between those of another.
  ///
  /// - Returns: In group order.
  private static func clusters(_ counts: [CellCount]) -> [[CellCount]] {
    var clusters: [(last: Int, counts: [CellCount])] = []
    for count in counts.sorted(by: { $0.firstValues.lowerBound < $1.firstValues.lowerBound }) {
      let values = count.firstValues
      if let cluster = clusters.last, values.lowerBound <= cluster.last {
        clusters[clusters.count - 1].counts.append(count)
        clusters[clusters.count - 1].last = max(cluster.last, values.upperBound)
      } else {
        clusters.append((values.upperBound, [count]))
      }
    }
    return clusters.map(\.counts)
  }

  private func items(of plan: FilterPlan, _ explain: inout ScanExplain) -> [ScanJob.Item] {
    plan.files.compactMap { file in
      let verdict = plan.verdict(ofFile: file)
      guard verdict.verdict != .skip else {
        explain.files.note(.skip)
        return nil
      }
      explain.files.note(.scan)
      explain.fileReasons.add(.cells)
      for condition in verdict.pending { explain.fileReasons.add(condition.reason) }
      return ScanJob.Item(file: file, conditions: verdict.pending)
    }
  }

  /// The sources that the trips may have, in byte order. Files of more sources than the manifest counts are
  /// asked themselves.
  private func sourceNames(
    of items: [ScanJob.Item], _ reader: LakeReader
  ) throws -> [ByteString] {
    let manifest = reader.manifest
    var names = Set(manifest.sources)
    for item in items where !manifest.areSourcesComplete(ofFile: item.file) {
      let file = try reader.snapshot.openTripFile(item.file)
      do {
        names.formUnion(try file.dictionary(of: .source))
      } catch {
        throw StoreError(error)
      }
    }
    return names.sorted()
  }

  /// The values of a group's columns from the parts of its number.
  private func values(
    _ parts: [Int?], _ sources: [ByteString], _ manifest: Manifest
  ) -> [Value] {
    var rest = parts[...]
    return keys.map { key in
      let part = rest.removeFirst()
      if key == .originCell || key == .destinationCell {
        let partY = rest.removeFirst()
        guard let x = part, let y = partY else { return .noCell }
        return .cell(x: x, y: y)
      }
      guard let part else { preconditionFailure("only cells may be absent") }
      switch key {
      case .region: return .name(manifest.regions[part])
      case .week: return .week(ISOWeek(index: Int32(truncatingIfNeeded: part)))
      case .day: return .day(part)
      case .month: return .month(CivilMonth(index: part))
      case .slot: return .minute(part * slotMinutes)
      case .source: return .name(sources[part])
      case .weekday, .hour, .originCell, .destinationCell, .route: return .number(part)
      }
    }
  }
}

extension CellCount {
  /// The values that the first part of a group may have.
  fileprivate var firstValues: ClosedRange<Int> {
    let field = layout.fields[0]
    let last = field.mayBeAbsent ? GroupInterval.none : field.values.upperBound - 1
    return (field.values.isEmpty ? last : field.values.lowerBound)...last
  }
}
