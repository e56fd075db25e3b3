internal import LakeStore
internal import TripModel

/// Counts the groups of one region set.
struct CellCount {
  let query: GroupedCount
  let reader: LakeReader
  let set: RegionSet
  let layout: GroupLayout
  private let sourceNumbers: [ByteString: Int]
  private let rowCount: Int
  /// `nil` where the possible groups are too many for buckets, or the rows too few.
  let bucketCount: Int?

  /// More buckets than this scatter the rows of a file over too much memory.
  private static let bucketLimit = 1 << 14

  /// - Throws: `QueryError.tooManyGroups`, `QueryError.notEnoughMemory`.
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
    bucketCount = areWorthIt ? buckets : nil
    try checkMemory(largestFile: rowCounts.max() ?? 0)
  }

  /// The rows of a set are held at once: two bytes each in buckets, else as numbers that are sorted.
  private func checkMemory(largestFile: Int) throws(QueryError) {
    let held =
      bucketCount.map { 2 * rowCount + 4 * $0 * set.items.count } ?? rowCount.saturatingTimes(24)
    let needed = held + 24 * largestFile * query.threadCount
    guard needed <= query.memoryByteCount, rowCount < Int(UInt32.max) else {
      throw QueryError(
        .notEnoughMemory,
        "grouping \(rowCount) trips at once takes \(needed >> 20) MiB, and \(query.memoryByteCount >> 20) are allowed"
      )
    }
  }

  /// Reads the files and counts.
  ///
  /// - Parameter keeper: Takes the groups.
  /// - Throws: `QueryError.tooManyGroups`; `StoreError` of a file that cannot be read or is damaged.
  func run(
    _ keeper: GroupKeeper
  ) throws -> (groups: [GroupKeeper.Group], explain: ScanExplain) {
    let plan = CellCollector.Plan(
      layout: layout, grid: query.grid, zone: reader.zone, sourceNumbers: sourceNumbers,
      bucketCount: bucketCount)
    let (query, manifest) = (query, reader.manifest)
    let job = ScanJob(reader: reader, items: set.items, threadCount: query.threadCount)
    let (collectors, explain) = try job.run { item in
      CellCollector(
        plan, region: manifest.regionIndex(ofFile: item.file),
        week: manifest.week(ofFile: item.file), query: query)
    }
    if let bucketCount {
      let files = collectors.compactMap(\.buckets)
      return (try count(files, bucketCount: bucketCount, keeper), explain)
    }
    return (try countSorted(collectors.flatMap(\.keys), keeper), explain)
  }

  private func count(
    _ files: [BucketedKeys], bucketCount: Int, _ keeper: GroupKeeper
  ) throws -> [GroupKeeper.Group] {
    let threadCount = max(1, min(query.threadCount, rowCount / ScanJob.rowsPerThread))
    // Small pieces, because hot spots make some buckets much larger than others.
    let size = max(1, bucketCount / (32 * threadCount))
    let pieces = stride(from: 0, to: bucketCount, by: size).map { start in
      start..<min(start + size, bucketCount)
    }
    let queue = WorkQueue(pieces)
    let finished = Monitor([GroupKeeper]())
    try WorkerGroup.run(threadCount: threadCount) { _ in
      var own = keeper
      var counters = [UInt32](repeating: 0, count: 1 << BucketedKeys.lowBitCount)
      while let piece = queue.next() {
        for bucket in piece {
          BucketKernels.count(bucket: bucket, of: files, counters: &counters)
          BucketKernels.collect(bucket: bucket, of: files, counters: &counters, into: &own)
        }
      }
      let kept = own
      finished.withLock { $0.append(kept) }
    }
    return try finished.withLock { try $0.flatMap { try $0.finish() } }
  }

  private func countSorted(
    _ keys: [UInt64], _ keeper: GroupKeeper
  ) throws -> [GroupKeeper.Group] {
    var keys = keys
    KeySortKernels.sort(&keys)
    var keeper = keeper
    var start = 0
    while start < keys.count {
      var end = start + 1
      while end < keys.count, keys[end] == keys[start] { end += 1 }
      if end - start >= keeper.threshold { keeper.take(group: keys[start], count: end - start) }
      start = end
    }
    return try keeper.finish()
  }
}

extension Int {
  /// The product, or the largest number where it overflows.
  fileprivate func saturatingTimes(_ other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}
