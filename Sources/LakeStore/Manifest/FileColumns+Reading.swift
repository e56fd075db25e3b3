internal import LakeBytes
internal import LakeFile

extension FileColumns {
  /// Places the columns in their sections; every size is proven before a number is read.
  init(
    reading sections: ManifestSections, fileCount: UInt64, regionCount: Int
  ) throws(StoreError) {
    // A file takes more than 100 bytes, so a count that fits the file's size fits an Int.
    guard let count = Int(exactly: fileCount), count <= sections.source.byteCount else {
      throw StoreError(
        .damaged, path: sections.path, "\(fileCount) trip files do not fit into the manifest")
    }
    self.init()
    self.count = count
    try readPlaces(sections)
    try checkOrder(regionCount: regionCount, sections)
  }

  private mutating func readPlaces(_ sections: ManifestSections) throws(StoreError) {
    var partitions = try ColumnPlacer(sections, .filePartitions, rowByteCount: 11, count: count)
    regions = partitions.next()
    weeks = partitions.next()
    specifications = partitions.next()
    flags = partitions.next()
    var sizes = try ColumnPlacer(sections, .fileSizes, rowByteCount: 24, count: count)
    rowCounts = sizes.next()
    byteCounts = sizes.next()
    destinationCounts = sizes.next()
    var times = try ColumnPlacer(sections, .fileTimes, rowByteCount: 16, count: count)
    firstTimes = times.next()
    lastTimes = times.next()
  }
}

/// Hands out columns of one section, one behind the other.
struct ColumnPlacer {
  private let bytes: [UInt8]
  private var offset: Int
  private let count: Int

  /// Loads a section of exactly `count` rows.
  init(
    _ sections: ManifestSections, _ kind: ManifestSectionKind, rowByteCount: Int, count: Int
  ) throws(StoreError) {
    let (bytes, base) = try sections.load(kind)
    let (byteCount, overflow) = count.multipliedReportingOverflow(by: rowByteCount)
    guard !overflow, bytes.count == byteCount else {
      throw StoreError(
        .damaged, path: sections.path, offset: base,
        "the section of \(kind) does not hold \(count) rows")
    }
    self.init(bytes, offset: 0, count: count)
  }

  /// - Precondition: The columns asked for lie in `bytes`.
  private init(_ bytes: [UInt8], offset: Int, count: Int) {
    self.bytes = bytes
    self.offset = offset
    self.count = count
  }

  /// - Parameter count: That of the section where `nil`.
  mutating func next<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    count: Int? = nil
  ) -> FlatColumn<Number> {
    let count = count ?? self.count
    defer { offset += count * MemoryLayout<Number>.size }
    return FlatColumn(bytes, offset: offset, count: count)
  }
}
