internal import LakeBytes
package import LakeColumns
package import TripModel

/// Encodes rows that are in file order into the bytes of trip files. One per thread: it keeps its scratch.
///
/// Each page is decoded and compared with its values right after it is encoded. The same rows and options
/// always give the same bytes.
package struct TripFileEncoder: ~Copyable {
  package let schema: TripSchema
  package let options: TripFileOptions
  private var pages = PageEncoder()
  private var output = ColumnBuffer<UInt8>()
  private var bitmap = ColumnBuffer<UInt64>()
  private var proof = PageProof()
  /// Of text dictionaries.
  private var compressor = ZstandardCompressor()

  package init(schema: TripSchema, options: TripFileOptions = TripFileOptions()) {
    self.schema = schema
    self.options = options
  }

  /// - Parameter columns: Columns of the schema other than `region`, ascending by id, all of one length.
  ///   Nullable ones may be left out; all others must be there.
  /// - Throws: `TripFileError.invalidRows` where the columns are not as said, or there is no row;
  ///   `TripFileError.encodingMismatch`.
  package mutating func encode(
    key: PartitionKey, columns: [ColumnVector]
  ) throws(TripFileError) -> EncodedTripFile {
    let rows = try FileRows(columns, schema: schema)
    guard key.region.byteCount <= Self.longestRegion else {
      throw TripFileError(.invalidRows, column: .region, "the region's name is too long")
    }
    let table = ColumnTable(
      rowCount: rows.rowCount, blockRowCount: options.blockRowCount,
      columns: rows.columns.map {
        ColumnTable.Column(definition: $0.definition, dictionaryCount: UInt32($0.dictionary.count))
      })
    var statistics = StatisticsBuilder(key: key, columns: rows.columns)
    var footer = FooterBuilder(table: table)
    output.removeAll()
    for byte in FileFrame.header { output.append(byte) }
    for block in 0..<table.blockCount {
      let range = table.rowRange(ofBlock: block)
      for (index, column) in rows.columns.enumerated() {
        try encodePage(column, index, block: block, rows: range, &footer)
      }
      statistics.add(rows.columns, rows: range)
    }
    return footer.finish(
      key: key, dictionaries: rows.columns, statistics: statistics, bytes: &output,
      &compressor)
  }

  private static let longestRegion = 1 << 20

  private mutating func encodePage(
    _ column: ColumnVector, _ columnIndex: Int, block: Int, rows: Range<Int>,
    _ footer: inout FooterBuilder
  ) throws(TripFileError) {
    let start = output.count
    column.copyValidity(rows: rows, into: &bitmap)
    let summary = Self.encode(
      column.words, rows: rows, bitmap, column.definition.type.wordKind, &pages, into: &output)
    do {
      try proof.check(
        output, from: start, column.words, rows: rows, bitmap,
        nullCount: rows.count - summary.valueCount)
    } catch {
      throw TripFileError(
        .encodingMismatch, block: block, column: column.definition.id, offset: start,
        "the page does not decode to its values (\(error.message)); nothing was stored")
    }
    footer.append(
      summary, rowCount: rows.count, columnIndex: columnIndex,
      page: output.span.extracting(start..<output.count))
  }

  private static func encode(
    _ words: borrowing ColumnBuffer<UInt64>, rows: Range<Int>,
    _ bitmap: borrowing ColumnBuffer<UInt64>, _ kind: WordKind, _ pages: inout PageEncoder,
    into output: inout ColumnBuffer<UInt8>
  ) -> ValueSummary {
    pages.encode(
      words.span.extracting(rows), validity: bitmap.span, kind: kind, into: &output)
  }
}
