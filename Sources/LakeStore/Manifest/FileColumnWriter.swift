internal import LakeBytes
internal import LakeFile
internal import TripModel

/// Gathers trip files, in their order in the manifest, into the columns of its sections.
struct FileColumnWriter {
  private let regionIndexes: [ByteString: UInt32]
  private let sourceIndexes: [ByteString: UInt32]
  private(set) var totals = ManifestTotals()

  private var regions: [UInt32] = []
  private var weeks: [Int32] = []
  private var specifications: [UInt16] = []
  private var flags: [UInt8] = []
  private var sizes: [[UInt64]] = Array(repeating: [], count: 3)
  private var times: [[Int64]] = Array(repeating: [], count: 2)
  private var extents: [[UInt64]] = Array(repeating: [], count: 8)
  private var transactions: [[UInt64]] = Array(repeating: [], count: 2)
  private var numbers: [UInt32] = []
  private var digests: [[UInt64]] = Array(repeating: [], count: 6)
  private var fileSources = SourceTableWriter()
  private var regionSources = RegionSourcesWriter()

  /// - Parameters: Distinct names in byte order, among them all that files will name.
  init(regions: [ByteString], sources: [ByteString]) {
    regionIndexes = Self.indexes(regions)
    sourceIndexes = Self.indexes(sources)
  }

  private static func indexes(_ names: [ByteString]) -> [ByteString: UInt32] {
    var result: [ByteString: UInt32] = [:]
    for (index, name) in names.enumerated() { result[name] = UInt32(index) }
    return result
  }

  mutating func append(_ file: DataFileEntry) {
    let statistics = file.statistics
    regions.append(regionIndexes[file.key.region] ?? .max)
    weeks.append(file.key.week.index)
    specifications.append(file.partitionSpecification)
    flags.append(
      (statistics.originExtent == nil ? 0 : FileColumns.hasOriginExtent)
        | (statistics.destinationExtent == nil ? 0 : FileColumns.hasDestinationExtent)
        | (statistics.areSourcesComplete ? FileColumns.hasCompleteSources : 0))
    sizes.appendRow([
      UInt64(statistics.rowCount), UInt64(statistics.byteCount),
      UInt64(statistics.destinationCount),
    ])
    times.appendRow([statistics.firstTime, statistics.lastTime])
    extents.appendRow(
      Self.bits(statistics.originExtent) + Self.bits(statistics.destinationExtent))
    transactions.appendRow([file.transaction.low, file.transaction.high])
    numbers.append(file.number)
    digests.appendRow([
      file.byteOffset, file.load, file.footerDigest.low, file.footerDigest.high,
      statistics.rowHashSum.low, statistics.rowHashSum.high,
    ])
    let sources = statistics.sources.map { source in
      ManifestSource(
        sourceIndex: Int(sourceIndexes[source.name] ?? .max), rowCount: source.rowCount,
        firstTime: source.firstTime, lastTime: source.lastTime)
    }
    fileSources.append(sources)
    regionSources.append(
      sources, region: regions[regions.count - 1], areNamed: statistics.areSourcesComplete)
    totals.fileCount += 1
    totals.rowCount += UInt64(statistics.rowCount)
    totals.byteCount += UInt64(statistics.byteCount)
    totals.rowHashSum = totals.rowHashSum &+ statistics.rowHashSum
  }

  /// Absent extents are zero bits.
  private static func bits(_ extent: CoordinateExtent?) -> [UInt64] {
    guard let extent else { return [0, 0, 0, 0] }
    return [extent.minX, extent.minY, extent.maxX, extent.maxY].map(\.bitPattern)
  }

  var partitionBytes: [UInt8] {
    var writer = ByteWriter()
    writer.append(contentsOf: FlatColumn.encode(regions))
    writer.append(contentsOf: FlatColumn.encode(weeks))
    writer.append(contentsOf: FlatColumn.encode(specifications))
    writer.append(contentsOf: FlatColumn.encode(flags))
    return writer.bytes
  }

  var sizeBytes: [UInt8] { Self.bytes(sizes) }
  var timeBytes: [UInt8] { Self.bytes(times) }
  var extentBytes: [UInt8] { Self.bytes(extents) }

  var nameBytes: [UInt8] {
    var writer = ByteWriter()
    writer.append(contentsOf: Self.bytes(transactions))
    writer.append(contentsOf: FlatColumn.encode(numbers))
    writer.append(contentsOf: Self.bytes(digests))
    return writer.bytes
  }

  var sourceBytes: [UInt8] { fileSources.bytes }
  var regionSourceBytes: [UInt8] { regionSources.bytes }

  private static func bytes<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ columns: [[Number]]
  ) -> [UInt8] {
    var writer = ByteWriter()
    for column in columns { writer.append(contentsOf: FlatColumn.encode(column)) }
    return writer.bytes
  }
}

extension [[UInt64]] {
  /// Appends one number to each column.
  fileprivate mutating func appendRow(_ row: [UInt64]) {
    for (index, value) in row.enumerated() { self[index].append(value) }
  }
}

extension [[Int64]] {
  /// Appends one number to each column.
  fileprivate mutating func appendRow(_ row: [Int64]) {
    for (index, value) in row.enumerated() { self[index].append(value) }
  }
}
