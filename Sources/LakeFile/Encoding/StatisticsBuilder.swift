internal import LakeBytes
internal import LakeColumns
internal import TripModel

/// The rows of one source, while they are counted.
struct SourceTally {
  var rowCount = 0
  var firstTime = Int64.max
  var lastTime = Int64.min
}

/// Computes a file's statistics from its rows; the encoder and `verify` both do.
struct StatisticsBuilder: ~Copyable {
  private var hashes: RowHashSum
  private var sourceNames: [ByteString] = []
  private var tallies: [SourceTally] = []

  /// - Parameter columns: They bring the dictionaries.
  init(key: PartitionKey, columns: [ColumnVector]) {
    hashes = RowHashSum(region: key.region, columns: columns)
    sourceNames = columns.first { $0.definition.id == .source }?.dictionary ?? []
    tallies = [SourceTally](repeating: SourceTally(), count: sourceNames.count)
  }

  private var areSourcesComplete: Bool {
    sourceNames.count <= TripFileStatistics.sourceLimit
  }

  /// Adds some rows of columns that have the dictionaries given at first.
  mutating func add(_ columns: [ColumnVector], rows: Range<Int>) {
    hashes.add(columns, rows: rows)
    guard areSourcesComplete, let sources = columns.first(where: { $0.definition.id == .source }),
      let times = columns.first(where: { $0.definition.id == .startTime })
    else { return }
    WordKernels.tally(
      sources: sources.words, times: times.words, rows: rows, in: &tallies)
  }

  /// The statistics of all rows added.
  ///
  /// - Parameters:
  ///   - table: What stands in the file.
  ///   - zoneMaps: In column order.
  func statistics(
    _ table: ColumnTable, zoneMaps: [ColumnZoneMaps], byteCount: Int
  ) -> TripFileStatistics {
    func maps(_ id: ColumnID) -> ColumnZoneMaps? { table.index(of: id).map { zoneMaps[$0] } }
    let times = maps(.startTime)
    let destinations = maps(.destinationX)
    let nullCount = destinations.map { $0.nullCounts.reduce(0) { $0 + Int($1) } }
    let destinationCount = nullCount.map { table.rowCount - $0 } ?? 0
    return TripFileStatistics(
      rowCount: table.rowCount, byteCount: byteCount, rowHashSum: hashes.sum,
      firstTime: times?.minimums.map { Int64(bitPattern: $0) }.min() ?? 0,
      lastTime: times?.maximums.map { Int64(bitPattern: $0) }.max() ?? 0,
      originExtent: Self.extent(maps(.originX), maps(.originY), table),
      destinationExtent: Self.extent(destinations, maps(.destinationY), table),
      destinationCount: destinationCount,
      sources: areSourcesComplete ? namedTallies : [], areSourcesComplete: areSourcesComplete)
  }

  private var namedTallies: [SourceStatistics] {
    zip(sourceNames, tallies).map { name, tally in
      SourceStatistics(
        name: name, rowCount: tally.rowCount, firstTime: tally.firstTime,
        lastTime: tally.lastTime)
    }
  }

  /// The extent of the points of two columns, as `TripFileStatistics.originExtent` says.
  private static func extent(
    _ x: ColumnZoneMaps?, _ y: ColumnZoneMaps?, _ table: ColumnTable
  ) -> CoordinateExtent? {
    guard let x = x?.range(table), let y = y?.range(table) else { return nil }
    return CoordinateExtent(minX: x.lower, minY: y.lower, maxX: x.upper, maxY: y.upper)
  }
}

extension ColumnZoneMaps {
  /// The range of a float column over all blocks; `nil` where some value is NaN, or there is none.
  fileprivate func range(_ table: ColumnTable) -> (lower: Double, upper: Double)? {
    var least: Int64?
    var most: Int64?
    for block in 0..<table.blockCount {
      let map = zoneMap(ofBlock: block, rowCount: table.rowRange(ofBlock: block).count)
      if map.nanCount > 0 { return nil }
      guard map.hasRange else { continue }
      least = min(FloatOrder.key(map.minimum), least ?? .max)
      most = max(FloatOrder.key(map.maximum), most ?? .min)
    }
    guard let least, let most else { return nil }
    return (
      Double(bitPattern: FloatOrder.word(ofKey: least)),
      Double(bitPattern: FloatOrder.word(ofKey: most))
    )
  }
}
