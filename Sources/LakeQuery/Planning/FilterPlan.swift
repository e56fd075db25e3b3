internal import LakeStore
internal import TripModel

/// A filter in the terms of one manifest: what decides files by their partition, and what asks for rows.
struct FilterPlan: Sendable {
  let manifest: Manifest
  /// The files of the regions asked for, ascending.
  let files: [Int]
  private let weeks: ClosedRange<ISOWeek>?
  /// What remains to be decided by statistics or rows.
  let conditions: [ScanCondition]
  /// For each of the manifest's sources; `nil` where every source is asked for.
  private let isWanted: [Bool]?
  private let time: ClosedRange<Int64>?
  /// `nil` where nothing asks for them.
  let fileSources: SourceTable?
  /// `nil` where nothing asks for them.
  let extents: FileExtents?

  /// - Parameters:
  ///   - asksForSources: Whether the rows of each source are asked for, whatever the filter is.
  ///   - asksForExtents: Whether boxes beside the filter's are asked for.
  /// - Throws: `QueryError.unknownRegion`; `StoreError` of a damaged manifest.
  init(
    _ filter: TripFilter, reader: LakeReader, asksForSources: Bool = false,
    asksForExtents: Bool = false
  ) throws {
    manifest = reader.manifest
    weeks = filter.weeks
    let time = filter.time.closedRange
    self.time = filter.time == .always ? nil : time
    let files = try Self.files(of: filter.regions, reader: reader)
    let isNeverMet = time == nil
    self.files = isNeverMet ? [] : files
    isWanted = filter.sources.map { names in
      let sources = reader.manifest.sources
      var isWanted = [Bool](repeating: false, count: sources.count)
      for index in names.compactMap({ sources.firstIndex(of: $0) }) { isWanted[index] = true }
      return isWanted
    }
    conditions = Self.conditions(of: filter, time: self.time, zone: reader.zone)
    fileSources =
      asksForSources || conditions.contains(where: \.asksForSources)
      ? try manifest.fileSources() : nil
    extents =
      asksForExtents || conditions.contains(where: \.asksForExtents)
      ? try manifest.extents() : nil
  }

  private static func files(
    of regions: [ByteString]?, reader: LakeReader
  ) throws(QueryError) -> [Int] {
    guard let regions else { return Array(0..<reader.manifest.fileCount) }
    var indices: [Int] = []
    for region in regions { indices.append(try reader.regionIndex(of: region)) }
    var files: [Int] = []
    var last: Int?
    for region in indices.sorted() where region != last {
      files += reader.manifest.files(ofRegion: region)
      last = region
    }
    return files
  }

  private static func conditions(
    of filter: TripFilter, time: ClosedRange<Int64>?, zone: TimeZoneRules
  ) -> [ScanCondition] {
    var conditions: [ScanCondition] = []
    if let time { conditions.append(.time(time)) }
    if let hours = filter.weekHours { conditions.append(.clock(ClockCondition(hours, zone: zone))) }
    if let sources = filter.sources { conditions.append(.sources(Set(sources).sorted())) }
    for box in filter.boxes { conditions.append(.box(box)) }
    if let route = filter.route { conditions.append(.route(route)) }
    for comparison in filter.comparisons { conditions.append(.comparison(comparison)) }
    return conditions
  }
}

extension FilterPlan {
  /// What the manifest proves of one file.
  struct FileVerdict {
    let verdict: PruningVerdict
    /// The conditions that it leaves open; empty unless the verdict is `scan`.
    let pending: [ScanCondition]
  }

  /// - Precondition: The file is one of `files`.
  func verdict(ofFile index: Int) -> FileVerdict {
    if let weeks, !weeks.contains(manifest.week(ofFile: index)) {
      return FileVerdict(verdict: .skip, pending: [])
    }
    var pending: [ScanCondition] = []
    for condition in conditions {
      switch verdict(of: condition, file: index) {
      case .skip: return FileVerdict(verdict: .skip, pending: [])
      case .cover: continue
      case .scan: pending.append(condition)
      }
    }
    return FileVerdict(verdict: pending.isEmpty ? .cover : .scan, pending: pending)
  }

  /// What the manifest proves of one file and one condition.
  func verdict(of condition: ScanCondition, file: Int) -> PruningVerdict {
    switch condition {
    case .time(let range):
      PruningRule.verdict(
        first: manifest.firstTime(ofFile: file), last: manifest.lastTime(ofFile: file), in: range)
    case .clock(let clock):
      clock.verdict(first: manifest.firstTime(ofFile: file), last: manifest.lastTime(ofFile: file))
    case .sources: sourceVerdict(file: file)
    case .route(let condition):
      condition.verdict(
        region: manifest.regions[manifest.regionIndex(ofFile: file)],
        haveDestinations: manifest.destinationCount(ofFile: file) > 0)
    case .box(let condition):
      condition.place.combine(
        origin: originVerdict(condition, file: file),
        destination: destinationVerdict(condition, file: file))
    case .comparison(let comparison): verdict(of: comparison, file: file)
    }
  }

  private func sourceVerdict(file: Int) -> PruningVerdict {
    guard let isWanted else { return .cover }
    return verdict(ofSourcesOf: file) { isWanted[$0] }
  }

  /// What the sources of a file prove, of which some are kept.
  ///
  /// - Parameter isKept: Of an index into the manifest's sources.
  func verdict(ofSourcesOf file: Int, isKept: (Int) -> Bool) -> PruningVerdict {
    guard let fileSources, fileSources.isComplete(file) else { return .scan }
    var (keptCount, otherCount) = (0, 0)
    fileSources.forEach(of: file) { source in
      if isKept(source.sourceIndex) { keptCount += 1 } else { otherCount += 1 }
    }
    return keptCount == 0 ? .skip : otherCount == 0 ? .cover : .scan
  }

  private func originVerdict(_ condition: BoxCondition, file: Int) -> PruningVerdict {
    guard let extent = extents?.origins(ofFile: file) else { return .scan }
    return PruningRule.verdict(extent: extent, isPointEveryRow: true, in: condition)
  }

  private func destinationVerdict(_ condition: BoxCondition, file: Int) -> PruningVerdict {
    let count = manifest.destinationCount(ofFile: file)
    if count == 0 { return .skip }
    guard let extent = extents?.destinations(ofFile: file) else { return .scan }
    return PruningRule.verdict(
      extent: extent, isPointEveryRow: count == manifest.rowCount(ofFile: file), in: condition)
  }
}

extension FilterPlan {
  /// The matching rows of a file as far as the manifest knows them.
  func rowCount(ofFile file: Int, _ verdict: FileVerdict) -> Int? {
    switch verdict.verdict {
    case .skip: 0
    case .cover: manifest.rowCount(ofFile: file)
    case .scan:
      matchingRowCount(ofFile: file, pending: verdict.pending)
    }
  }

  private func matchingRowCount(ofFile index: Int, pending: [ScanCondition]) -> Int? {
    var rowCount = 0
    let isKnown = forEachMatchingSource(ofFile: index, pending: pending) { source in
      rowCount += source.rowCount
    }
    return isKnown ? rowCount : nil
  }

  /// The sources of a file that have matching rows, all of whose rows match, ascending; `nil` where the manifest
  /// cannot tell.
  func matchingSources(ofFile index: Int, pending: [ScanCondition]) -> [ManifestSource]? {
    var matching: [ManifestSource] = []
    let isKnown = forEachMatchingSource(ofFile: index, pending: pending) { matching.append($0) }
    return isKnown ? matching : nil
  }

  /// Calls with the sources of a file that have matching rows, ascending.
  ///
  /// - Returns: false where the manifest cannot tell that all their rows match, and which others do.
  private func forEachMatchingSource(
    ofFile index: Int, pending: [ScanCondition], _ body: (ManifestSource) -> Void
  ) -> Bool {
    guard let fileSources, fileSources.isComplete(index),
      !pending.contains(where: \.needsRows)
    else { return false }
    var isKnown = true
    fileSources.forEach(of: index) { source in
      if let isWanted, !isWanted[source.sourceIndex] { return }
      switch verdict(ofTimesOf: source) {
      case .skip: break
      case .cover: body(source)
      case .scan: isKnown = false
      }
    }
    return isKnown
  }

  private func verdict(ofTimesOf source: ManifestSource) -> PruningVerdict {
    guard let time else { return .cover }
    return PruningRule.verdict(first: source.firstTime, last: source.lastTime, in: time)
  }
}

extension TimeRange {
  /// The range with both ends included; `nil` where it holds no instant.
  var closedRange: ClosedRange<Int64>? {
    let first = start ?? .min
    guard let end else { return first...Int64.max }
    guard end > first else { return nil }
    return first...(end - 1)
  }
}
