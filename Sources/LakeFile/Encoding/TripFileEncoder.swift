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

  /// A whole file at once.
  ///
  /// - Parameter columns: as `FileRows` takes them.
  /// - Throws: `TripFileError.invalidRows` where the columns are not as said, or there is no row;
  ///   `TripFileError.encodingMismatch`.
  package mutating func encode(
    key: PartitionKey, columns: [ColumnVector]
  ) throws(TripFileError) -> EncodedTripFile {
    let rows = try FileRows(columns, schema: schema)
    return try finish(begin(key: key, rows), with: rows)
  }

  private static let longestRegion = 1 << 20

  /// A file without rows yet, fit for `rows` and all that are like them.
  ///
  /// - Throws: `TripFileError.invalidRows`.
  package func begin(key: PartitionKey, _ rows: FileRows) throws(TripFileError) -> TripFileDraft {
    guard key.region.byteCount <= Self.longestRegion else {
      throw TripFileError(.invalidRows, column: .region, "the region's name is too long")
    }
    return TripFileDraft(key: key, rows)
  }

  /// Adds rows and encodes the blocks that are full by them; the others wait.
  ///
  /// - Parameter rows: Fit for the file, as `FileRows.fitted` makes them.
  /// - Returns: The next bytes of the file; they may be none.
  /// - Throws: `TripFileError.encodingMismatch`. The file is lost then.
  package mutating func encode(
    _ rows: FileRows, in draft: TripFileDraft
  ) throws(TripFileError) -> [UInt8] {
    try add(rows, to: draft, isLast: false)
    draft.byteCount += output.count
    return output.bytes(in: 0..<output.count)
  }

  /// Adds rows, encodes all that wait, and ends the file.
  ///
  /// - Throws: `TripFileError.encodingMismatch`.
  package mutating func finish(
    _ draft: TripFileDraft, with rows: FileRows? = nil
  ) throws(TripFileError) -> EncodedTripFile {
    try add(rows, to: draft, isLast: true)
    return draft.footer.finish(
      key: draft.key, draft.table(blockRowCount: options.blockRowCount),
      dictionaries: draft.dictionaries, statistics: draft.statistics, behind: draft.byteCount,
      bytes: &output, &compressor)
  }

  /// Leaves the bytes in `output`.
  private mutating func add(
    _ rows: FileRows?, to draft: TripFileDraft, isLast: Bool
  ) throws(TripFileError) {
    output.removeAll()
    let count = rows?.rowCount ?? 0
    let columns = rows?.columns ?? []
    draft.rowCount += count
    var start = 0
    if draft.waiting.rowCount > 0 {
      start = min(count, options.blockRowCount - draft.waiting.rowCount)
      draft.waiting.append(columns, rows: 0..<start)
      if draft.waiting.rowCount < options.blockRowCount, !isLast { return }
      try encodeBlock(draft.waiting.columns, rows: 0..<draft.waiting.rowCount, in: draft)
      draft.waiting.removeAll()
    }
    while start < count {
      let block = start..<min(count, start + options.blockRowCount)
      guard isLast || block.count == options.blockRowCount else {
        return draft.waiting.append(columns, rows: block)
      }
      try encodeBlock(columns, rows: block, in: draft)
      start = block.upperBound
    }
  }

  private mutating func encodeBlock(
    _ columns: [ColumnVector], rows: Range<Int>, in draft: TripFileDraft
  ) throws(TripFileError) {
    if draft.blockCount == 0 { for byte in FileFrame.header { output.append(byte) } }
    for (index, column) in columns.enumerated() {
      try encodePage(column, index, rows: rows, in: draft)
    }
    draft.statistics.add(columns, rows: rows)
    draft.blockCount += 1
  }

  private mutating func encodePage(
    _ column: ColumnVector, _ columnIndex: Int, rows: Range<Int>, in draft: TripFileDraft
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
        .encodingMismatch, block: draft.blockCount, column: column.definition.id,
        offset: draft.byteCount + start,
        "the page does not decode to its values (\(error.message)); nothing was stored")
    }
    draft.footer.append(
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
