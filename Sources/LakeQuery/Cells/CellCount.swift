internal import LakeStore
internal import TripModel

/// Counts the groups of one region set.
struct CellCount {
  let query: GroupedCount
  let reader: LakeReader
  let set: RegionSet
  let layout: GroupLayout
  private let sourceNumbers: [ByteString: Int]
  /// At most so many rows match.
  let rowCount: Int
  /// `nil` where the possible groups are too many for buckets, the rows too few, or memory too little.
  let bucketCount: Int?
  /// What counting in buckets takes.
  let bucketByteCount: Int

  /// More buckets than this scatter the rows of a file over too much memory.
  private static let bucketLimit = 1 << 14

  /// - Throws: `QueryError.tooManyGroups`.
  init(
    _ query: GroupedCount, _ set: RegionSet, sourceNumbers: [ByteString: Int], _ reader: LakeReader
  ) throws(QueryError) {
    self.query = query
    self.reader = reader
    self.set = set
    self.sourceNumbers = sourceNumbers
    let manifest = reader.manifest
    layout = try GroupLayout(query, set, sourceCount: sourceNumbers.count, manifest)
    let rowCounts = set.items.map { manifest.rowCount(ofFile: $0.file) }
    rowCount = rowCounts.reduce(0, +)
    let buckets = BucketedKeys.bucketCount(groupCount: layout.groupCount)
    let areWorthIt =
      buckets <= Self.bucketLimit && set.items.count * buckets <= 2 * rowCount + Self.bucketLimit
    let heldByteCount =
      2 * rowCount + 4 * buckets * set.items.count
      + 24 * (rowCounts.max() ?? 0) * query.threadCount
    let fits = heldByteCount <= query.memoryByteCount && rowCount < Int(UInt32.max)
    bucketCount = areWorthIt && fits ? buckets : nil
    bucketByteCount = heldByteCount
  }

  /// Counts all groups of the set in buckets.
  ///
  /// - Parameter keeper: Takes the groups.
  /// - Throws: `QueryError.tooManyGroups`; `StoreError` of a file that cannot be read or is damaged.
  func count(
    inBuckets bucketCount: Int, _ keeper: GroupKeeper
  ) throws -> (groups: [GroupKeeper.Group], explain: ScanExplain) {
    let (collectors, explain) = try scan(.buckets(count: bucketCount))
    let files = collectors.compactMap(\.buckets)
    return (try count(files, bucketCount: bucketCount, keeper), explain)
  }

  /// The numbers of the rows of an interval, ascending.
  ///
  /// - Parameter rowLimit: The rows are no more.
  func sortedNumbers(
    in interval: GroupInterval, rowLimit: Int
  ) throws -> (numbers: [UInt64], explain: ScanExplain) {
    let sink = KeySink(capacity: min(rowLimit, rowCount))
    let (_, explain) = try scan(.keys(interval, sink))
    return (sink.removeSorted(), explain)
  }

  /// Adds the rows of an interval to a histogram.
  func add(
    _ interval: GroupInterval, to histogram: inout GroupHistogram, empty: GroupHistogram
  ) throws -> ScanExplain {
    let sum = Monitor(empty)
    let (_, explain) = try scan(.histogram(interval, empty, sum))
    histogram.add(sum.withLock { $0 })
    return explain
  }

  /// Reads the files that may have a group of the interval.
  private func scan(
    _ purpose: CellCollector.Purpose
  ) throws -> (consumers: [CellCollector], explain: ScanExplain) {
    guard !layout.numbers(in: purpose.interval).isEmpty else { return ([], ScanExplain()) }
    let plan = CellCollector.Plan(
      layout: layout, grid: query.grid, zone: reader.zone, sourceNumbers: sourceNumbers,
      purpose: purpose)
    let (query, manifest) = (query, reader.manifest)
    let items = try set.items.filter { try mayHold($0.file, purpose.interval) }
    let job = ScanJob(reader: reader, items: items, threadCount: query.threadCount)
    return try job.run { item in
      CellCollector(
        plan, region: manifest.regionIndex(ofFile: item.file),
        week: manifest.week(ofFile: item.file), query: query)
    }
  }

  private func mayHold(_ file: Int, _ interval: GroupInterval) throws -> Bool {
    guard interval != .all else { return true }
    for (index, field) in layout.fields.enumerated() {
      guard case .cellX(let key) = field.part else { continue }
      let extent =
        key == .originCell
        ? try CellExtent(originsOfFile: file, reader.manifest, query.grid)
        : try CellExtent(destinationsOfFile: file, reader.manifest, query.grid)
      if !interval.mayHold(extent, field: index) { return false }
    }
    return true
  }

  private func count(
    _ files: [BucketedKeys], bucketCount: Int, _ keeper: GroupKeeper
  ) throws -> [GroupKeeper.Group] {
    let threadCount = max(1, min(query.threadCount, rowCount / ScanJob.rowsPerThread))
    // Small pieces, because hot spots make some buckets much larger than others. The largest come first: when a
    // bucket has fewer rows than a group must have, all behind it have, too.
    let rowCounts = BucketKernels.rowCounts(of: files, bucketCount: bucketCount)
    let order = (0..<bucketCount).sorted { (rowCounts[$1], $0) < (rowCounts[$0], $1) }
    let size = max(1, bucketCount / (32 * threadCount))
    let pieces = stride(from: 0, to: bucketCount, by: size).map { start in
      order[start..<min(start + size, bucketCount)]
    }
    let queue = WorkQueue(pieces)
    let finished = Monitor([GroupKeeper]())
    try WorkerGroup.run(threadCount: threadCount) { _ in
      var own = keeper
      var counters = [UInt32](repeating: 0, count: 1 << BucketedKeys.lowBitCount)
      while let piece = queue.next() {
        for bucket in piece {
          guard rowCounts[bucket] >= Int(own.threshold) else { break }
          BucketKernels.count(bucket: bucket, of: files, counters: &counters)
          BucketKernels.collect(bucket: bucket, of: files, counters: &counters, into: &own)
        }
      }
      let kept = own
      finished.withLock { $0.append(kept) }
    }
    return try finished.withLock { try $0.flatMap { try $0.finish() } }
  }
}
