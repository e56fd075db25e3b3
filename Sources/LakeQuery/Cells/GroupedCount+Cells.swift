internal import LakeFile
internal import LakeStore
internal import TripModel

extension GroupedCount {
  /// Answers where trips are grouped by cells: region set by region set, because the groups of one are complete
  /// before the next is read.
  ///
  /// - Throws: `QueryError`; `StoreError` of a file that cannot be read or is damaged.
  func answerByCells(from reader: LakeReader) throws -> Answer {
    let plan = try FilterPlan(filter, reader: reader)
    var explain = ScanExplain()
    explain.noteFiles(of: plan)
    let items = items(of: plan, &explain)
    let names = keys.contains(.source) ? try sourceNames(of: items, reader) : []
    let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    var groups = CellGroups(top: top)
    for set in try RegionSet.sets(of: items, groupedBy: keys, grid, reader.manifest) {
      let count = try CellCount(self, set, sourceNumbers: numbers, reader)
      let keeper = GroupKeeper(top: top, minimumCount: max(minimumCount, groups.smallestWanted))
      let (found, work) = try count.run(keeper)
      explain.add(work)
      try groups.add(found, count.layout)
    }
    let rows = groups.ordered().map { group in
      Row(group: values(group.parts, names, reader.manifest), count: group.count)
    }
    return Answer(rows: rows, explain: explain)
  }

  private func items(of plan: FilterPlan, _ explain: inout ScanExplain) -> [ScanJob.Item] {
    plan.fileRanges.joined().compactMap { file in
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
      case .slot: return .minute(part * slotMinutes)
      case .source: return .name(sources[part])
      case .weekday, .hour, .originCell, .destinationCell: return .number(part)
      }
    }
  }
}

/// The groups of several sets that an answer may want.
private struct CellGroups {
  struct Group {
    let parts: [Int?]
    let count: Int

    /// No cell comes after every cell.
    func precedes(_ other: Group) -> Bool {
      for (left, right) in zip(parts, other.parts) where left != right {
        return left ?? .max < right ?? .max
      }
      return false
    }
  }

  let top: Int?
  private var groups: [Group] = []

  init(top: Int?) {
    self.top = top
  }

  /// A group of fewer trips than this is not wanted any more.
  var smallestWanted: Int {
    guard let top, groups.count >= top else { return 1 }
    return groups.last?.count ?? 1
  }

  /// - Throws: `QueryError.tooManyGroups`.
  mutating func add(_ found: [GroupKeeper.Group], _ layout: GroupLayout) throws(QueryError) {
    for group in found {
      groups.append(Group(parts: layout.values(ofGroup: group.number), count: group.count))
    }
    if let top {
      groups = Array(ordered().prefix(top))
    }
    guard groups.count <= GroupTable.groupLimit else { throw GroupTable.tooManyGroups }
  }

  func ordered() -> [Group] {
    groups.sorted { left, right in
      if top != nil, left.count != right.count { return left.count > right.count }
      return left.precedes(right)
    }
  }
}
