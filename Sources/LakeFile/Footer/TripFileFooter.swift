internal import LakeBytes
internal import TripModel

/// All that the footer of an open trip file says.
struct TripFileFooter: Sendable {
  let directory: SectionDirectory
  let table: ColumnTable
  let pages: PageDirectory
  let zoneMaps: StoredZoneMaps
  let key: PartitionKey
  let statistics: TripFileStatistics
  /// The end of the file from `base` on, which all this was read from.
  let bytes: [UInt8]
  let base: Int

  func pageIndex(block: Int, columnIndex: Int) -> Int {
    block * table.shapes.count + columnIndex
  }
}

extension TripFileFooter {
  /// Reads the sections of a footer whose directory is proven.
  ///
  /// - Parameters:
  ///   - bytes: The end of the file; it holds every section but the text dictionaries.
  ///   - base: The offset of `bytes[0]` in the file.
  init(
    _ directory: SectionDirectory, bytes: [UInt8], base: Int, fileByteCount: Int
  ) throws(ByteError) {
    try directory.requireKnown { TripFileSection(rawValue: $0) != nil }
    var cursor = try Self.cursor(.columns, directory, bytes, base)
    let table = try ColumnTable(decoding: &cursor)
    try Self.checkDictionaries(directory, table)

    cursor = try Self.cursor(.pages, directory, bytes, base)
    let place = cursor.offset
    let (pageCount, overflow) = table.blockCount.multipliedReportingOverflow(
      by: table.shapes.count)
    guard !overflow, let first = directory.entries.first else {
      throw ByteError(.outOfRange, at: place, "there are too many pages")
    }
    let pages = try PageDirectory(
      decoding: &cursor, pageCount: pageCount, end: first.range.lowerBound)

    cursor = try Self.cursor(.zoneMaps, directory, bytes, base)
    let zoneMaps = try StoredZoneMaps(decoding: &cursor, table)

    cursor = try Self.cursor(.statistics, directory, bytes, base)
    let (key, statistics) = try TripFileStatistics.decode(
      &cursor, rowCount: table.rowCount, byteCount: fileByteCount)
    self.init(
      directory: directory, table: table, pages: pages, zoneMaps: zoneMaps, key: key,
      statistics: statistics, bytes: bytes, base: base)
  }

  private static func cursor(
    _ section: TripFileSection, _ directory: SectionDirectory, _ bytes: [UInt8], _ base: Int
  ) throws(ByteError) -> ByteCursor {
    guard let entry = directory.entry(kind: section.rawValue) else {
      throw ByteError(.outOfRange, at: base, "the section \(section.name) is absent")
    }
    return try entry.cursor(in: bytes, base: base)
  }

  /// Every text column has one dictionary, and no other column has any.
  private static func checkDictionaries(
    _ directory: SectionDirectory, _ table: ColumnTable
  ) throws(ByteError) {
    let tags = directory.entries.filter { $0.kind == TripFileSection.dictionary.rawValue }
      .map(\.tag)
    let ids = table.shapes.filter { $0.type == .text }.map { UInt32($0.id.rawValue) }
    guard tags == ids else {
      throw ByteError(
        .outOfRange, at: directory.entries.first?.range.lowerBound ?? 0,
        "text columns and dictionaries do not match")
    }
  }
}
