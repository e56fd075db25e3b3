internal import LakeBytes
internal import LakeColumns
internal import TripModel

/// Gathers what the footer says while pages are encoded, then writes everything behind them.
struct FooterBuilder {
  private var lengths: [UInt32] = []
  private var checksums: [UInt64] = []
  private var zoneMaps: [ColumnZoneMaps]

  init(columnCount: Int) {
    zoneMaps = Array(repeating: ColumnZoneMaps(), count: columnCount)
  }

  /// What is kept until the footer is written.
  var byteCount: Int { lengths.count * Self.byteCountOfPage }

  /// Length, checksum and zone map.
  private static let byteCountOfPage = 4 + 8 + 2 * (4 + 8)

  /// Adds the next page: blocks in order, and in each the columns in order.
  mutating func append(
    _ summary: ValueSummary, rowCount: Int, columnIndex: Int, page: Span<UInt8>
  ) {
    lengths.append(UInt32(page.count))
    checksums.append(PageChecksumKernels.checksum(page))
    zoneMaps[columnIndex].append(summary, rowCount: rowCount)
  }

  /// - Parameters:
  ///   - table: What stands in the file.
  ///   - dictionaries: Of each column; those of other types than text are passed over.
  ///   - byteCount: Of the file before `bytes`.
  ///   - bytes: Of the file up to the first section; what follows is appended.
  func finish(
    key: PartitionKey, _ table: ColumnTable, dictionaries: [[ByteString]],
    statistics: borrowing StatisticsBuilder, behind byteCount: Int,
    bytes: inout ColumnBuffer<UInt8>, _ compressor: inout ZstandardCompressor
  ) -> TripFileEnd {
    var sections = SectionWriter(base: byteCount + bytes.count)
    for (column, dictionary) in zip(table.columns, dictionaries)
    where column.definition.type == .text {
      sections.append(
        kind: TripFileSection.dictionary.rawValue, tag: UInt32(column.definition.id.rawValue),
        TextDictionary.encode(dictionary, &compressor))
    }
    sections.append(kind: TripFileSection.columns.rawValue, table.encode())
    sections.append(
      kind: TripFileSection.pages.rawValue,
      PageDirectory.encode(lengths: lengths, checksums: checksums))
    var maps = ByteWriter()
    for (column, zoneMaps) in zip(table.columns, zoneMaps) {
      zoneMaps.encode(column.definition, into: &maps)
    }
    sections.append(kind: TripFileSection.zoneMaps.rawValue, maps.bytes)

    var summary = statistics.statistics(table, zoneMaps: zoneMaps, byteCount: 0)
    sections.append(kind: TripFileSection.statistics.rawValue, summary.encode(key: key))

    var directory = ByteWriter()
    sections.directory.encode(into: &directory)
    summary.byteCount =
      byteCount + bytes.count + sections.bytes.count + directory.count
      + FileFrame.trailerByteCount
    let digest = FileTrailer.append(
      to: &directory, fileByteCount: summary.byteCount,
      sectionCount: sections.directory.entries.count)
    bytes.append(contentsOf: sections.bytes.span)
    bytes.append(contentsOf: directory.bytes.span)
    return TripFileEnd(footerDigest: digest, statistics: summary)
  }
}

extension ColumnZoneMaps {
  fileprivate mutating func append(_ summary: ValueSummary, rowCount: Int) {
    nullCounts.append(UInt32(rowCount - summary.valueCount))
    nanCounts.append(UInt32(summary.nanCount))
    minimums.append(summary.minimum)
    maximums.append(summary.maximum)
  }
}
