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
  /// The bytes of `selected` that are not taken yet.
  private var output = ColumnBuffer<UInt8>()
  private var selected: TripFileDraft?
  /// Bytes that were taken. Those that no one else holds any more are memory for the next.
  private var lent: [EncodedBytes] = []
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
    let draft = try begin(key: key, rows.columns)
    try add(rows, to: draft)
    let end = try finish(draft)
    selected = nil
    return EncodedTripFile(bytes: output.bytes(in: 0..<output.count), end: end)
  }

  private static let longestRegion = 1 << 20

  /// A file without rows yet.
  ///
  /// - Parameter columns: What each column of the file is, and the texts that it has; none of their rows are taken.
  /// - Throws: `TripFileError.invalidRows`.
  package func begin(
    key: PartitionKey, _ columns: [ColumnVector]
  ) throws(TripFileError) -> TripFileDraft {
    guard key.region.byteCount <= Self.longestRegion else {
      throw TripFileError(.invalidRows, column: .region, "the region's name is too long")
    }
    try FileRows.checkDefinitions(columns, schema: schema)
    for column in columns { try FileRows.checkDictionary(column) }
    return TripFileDraft(key: key, columns)
  }

  /// Adds rows and encodes the blocks that are full by them; the others wait.
  ///
  /// - Parameter columns: Those of the file, with its dictionaries; nullable ones may be left out.
  /// - Precondition: The bytes of the file that rows were added to before were taken.
  /// - Throws: `TripFileError.invalidRows`; `TripFileError.encodingMismatch`. The file is lost then.
  package mutating func add(
    _ columns: [ColumnVector], to draft: TripFileDraft
  ) throws(TripFileError) {
    try add(FileRows(columns, of: draft, schema: schema), to: draft)
  }

  private mutating func add(
    _ rows: FileRows, to draft: TripFileDraft
  ) throws(TripFileError) {
    select(draft)
    draft.rowCount += rows.rowCount
    var start = 0
    if draft.waiting.rowCount > 0 {
      start = min(rows.rowCount, options.blockRowCount - draft.waiting.rowCount)
      draft.waiting.append(rows.columns, rows: 0..<start)
      if draft.waiting.rowCount < options.blockRowCount { return }
      try encodeWaiting(in: draft)
    }
    while start + options.blockRowCount <= rows.rowCount {
      let block = start..<start + options.blockRowCount
      try encodeBlock(rows.columns, rows: block, in: draft)
      start = block.upperBound
    }
    if start < rows.rowCount { draft.waiting.append(rows.columns, rows: start..<rows.rowCount) }
  }

  /// The bytes of the file that rows were added to last which can be taken.
  package var waitingByteCount: Int { selected == nil ? 0 : output.count }

  /// Gives out the bytes that were encoded since they were taken last: those that fill blocks of the disk, and all where
  /// the file is finished. They may be none.
  package mutating func takeBytes(of draft: TripFileDraft) -> EncodedBytes {
    select(draft)
    selected = nil
    let rest = draft.isFinished ? 0 : output.count % DirectWrite.blockByteCount
    let taken = output.count - rest
    draft.tail = output.bytes(in: taken..<output.count)
    draft.byteCount += taken
    output.resize(to: taken, filling: 0)
    let bytes = freeBytes()
    bytes.exchange(with: &output)
    return bytes
  }

  /// As much is lent at a time where the disk keeps up; what is lent beyond is not used again.
  private static let lentLimit = 8

  /// Bytes that no one else holds.
  private mutating func freeBytes() -> EncodedBytes {
    for index in lent.indices where isKnownUniquelyReferenced(&lent[index]) { return lent[index] }
    let bytes = EncodedBytes()
    if lent.count < Self.lentLimit { lent.append(bytes) }
    return bytes
  }

  /// Encodes all rows that wait, and ends the file; its last bytes are to be taken.
  ///
  /// - Throws: `TripFileError.encodingMismatch`.
  package mutating func finish(_ draft: TripFileDraft) throws(TripFileError) -> TripFileEnd {
    select(draft)
    if draft.waiting.rowCount > 0 { try encodeWaiting(in: draft) }
    draft.isFinished = true
    return draft.footer.finish(
      key: draft.key, draft.table(blockRowCount: options.blockRowCount),
      dictionaries: draft.columns.map(\.dictionary), statistics: draft.statistics,
      behind: draft.byteCount, bytes: &output, &compressor)
  }

  /// Makes `output` that of a file.
  private mutating func select(_ draft: TripFileDraft) {
    precondition(selected == nil || selected === draft, "the bytes of another file wait")
    guard selected == nil else { return }
    output.removeAll()
    output.append(contentsOf: draft.tail.span)
    selected = draft
  }

  private mutating func encodeWaiting(in draft: TripFileDraft) throws(TripFileError) {
    try encodeBlock(draft.waiting.columns, rows: 0..<draft.waiting.rowCount, in: draft)
    draft.waiting.removeAll()
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
      selected = nil
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
