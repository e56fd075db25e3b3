internal import LakeBytes
internal import LakeColumns
internal import TripModel

/// Gathers what the footer says while pages are encoded, then writes everything behind them.
struct FooterBuilder {
  private let table: ColumnTable
  private var lengths: [UInt32] = []
  private var checksums: [UInt64] = []
  private var zoneMaps: [ColumnZoneMaps]

  init(table: ColumnTable) {
    self.table = table
    zoneMaps = table.columns.map { _ in ColumnZoneMaps() }
  }

  /// Adds the next page: blocks in order, and in each the columns in order.
  mutating func append(
    _ summary: ValueSummary, rowCount: Int, columnIndex: Int, page: Span<UInt8>
  ) {
    lengths.append(UInt32(page.count))
    checksums.append(PageChecksumKernels.checksum(page))
    zoneMaps[columnIndex].append(summary, rowCount: rowCount)
  }

  /// - Parameter bytes: The file up to the first section; what follows is appended.
  func finish(
    key: PartitionKey, dictionaries: [ColumnVector], statistics: borrowing StatisticsBuilder,
    bytes: inout ColumnBuffer<UInt8>, _ compressor: inout ZstandardCompressor
  ) -> EncodedTripFile {
    var sections = SectionWriter(base: bytes.count)
    for column in dictionaries where column.definition.type == .text {
      sections.append(
        kind: TripFileSection.dictionary.rawValue, tag: UInt32(column.definition.id.rawValue),
        TextDictionary.encode(column.dictionary, &compressor))
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
      bytes.count + sections.bytes.count + directory.count + FileFrame.trailerByteCount
    let digest = FileTrailer.append(
      to: &directory, fileByteCount: summary.byteCount,
      sectionCount: sections.directory.entries.count)
    bytes.append(contentsOf: sections.bytes.span)
    bytes.append(contentsOf: directory.bytes.span)
    return EncodedTripFile(
      bytes: bytes.bytes(in: 0..<bytes.count), footerDigest: digest, statistics: summary)
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
