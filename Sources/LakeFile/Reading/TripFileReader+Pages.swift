internal import LakeBytes
package import LakeColumns
package import TripModel

extension TripFileReader {
  /// Replaces `words` by the values of one page; a null's word is 0. The page's checksum is verified.
  ///
  /// - Throws: `TripFileError`; `words` then holds anything.
  package func decode(
    column: ColumnID, block: Int, into words: inout ColumnBuffer<UInt64>,
    scratch: inout PageScratch
  ) throws(TripFileError) {
    var validity = exchange(&scratch.validity, with: ColumnBuffer())
    defer { scratch.validity = exchange(&validity, with: ColumnBuffer()) }
    try decode(
      column: column, block: block, into: &words, validity: &validity, scratch: &scratch)
  }

  /// Also replaces `validity` by the page's bitmap, which is empty where no row is null.
  package func decode(
    column: ColumnID, block: Int, into words: inout ColumnBuffer<UInt64>,
    validity: inout ColumnBuffer<UInt64>, scratch: inout PageScratch
  ) throws(TripFileError) {
    var bytes = exchange(&scratch.bytes, with: ColumnBuffer())
    defer { scratch.bytes = exchange(&bytes, with: ColumnBuffer()) }
    try readPage(column: column, block: block, into: &bytes)
    try decode(
      page: bytes, column: column, block: block, into: &words, validity: &validity,
      scratch: &scratch)
  }

  /// Replaces `bytes` by those of one page, which has none where the file does not hold the column. The
  /// page's checksum is verified.
  package func readPage(
    column: ColumnID, block: Int, into bytes: inout ColumnBuffer<UInt8>
  ) throws(TripFileError) {
    guard let index = footer.table.index(of: column) else { return bytes.removeAll() }
    let page = footer.pageIndex(block: block, columnIndex: index)
    let range = footer.pages.range(ofPage: page)
    bytes.resize(to: range.count, filling: 0)
    do {
      var span = bytes.mutableSpan
      var destination = span.mutableBytes
      try source.read(at: range.lowerBound, into: &destination)
    } catch {
      throw TripFileError(
        .readFailed, path: path, block: block, column: column, offset: range.lowerBound,
        "reading failed: \(error)", underlying: error)
    }
    guard PageChecksumKernels.checksum(bytes.span) == footer.pages.checksums[page] else {
      throw TripFileError(
        .checksumMismatch, path: path, block: block, column: column, offset: range.lowerBound,
        "the page differs from its checksum")
    }
  }

  /// Replaces `words` and `validity` by what `bytes` hold, which `readPage` has read for the same page.
  package func decode(
    page bytes: borrowing ColumnBuffer<UInt8>, column: ColumnID, block: Int,
    into words: inout ColumnBuffer<UInt64>, validity: inout ColumnBuffer<UInt64>,
    scratch: inout PageScratch
  ) throws(TripFileError) {
    let rowCount = rowCount(ofBlock: block)
    guard let index = footer.table.index(of: column) else {
      words.removeAll()
      words.resize(to: rowCount, filling: 0)
      validity.removeAll()
      validity.resize(to: ValidityBitmap.wordCount(rowCount: rowCount), filling: 0)
      return
    }
    let offset = offset(ofPage: index, block: block)
    do {
      try scratch.decoder.decode(
        bytes.span, rowCount: rowCount, nullCount: Int(footer.zoneMaps[index].nullCounts[block]),
        into: &words, validity: &validity)
    } catch {
      throw TripFileError(error, path: path, block: block, column: column, pageOffset: offset)
    }
    try checkValues(words, footer.table.columns[index], block: block, offset: offset)
  }

  /// Takes from `selection` the rows whose value lies outside `range`, without making the values.
  ///
  /// - Parameters:
  ///   - bytes: What `readPage` has read for the page.
  ///   - selection: One bit for each row of the block, least significant first.
  /// - Returns: `false` where the page has to be decoded; `selection` is then as before.
  /// - Throws: `TripFileError`; `selection` then holds anything.
  package func keep(
    page bytes: borrowing ColumnBuffer<UInt8>, column: ColumnID, block: Int, in range: ValueRange,
    selection: inout ColumnBuffer<UInt64>
  ) throws(TripFileError) -> Bool {
    guard let index = footer.table.index(of: column) else { return false }
    do {
      return try PageSelector.keep(
        bytes.span, rowCount: rowCount(ofBlock: block),
        nullCount: Int(footer.zoneMaps[index].nullCounts[block]), in: range,
        selection: &selection)
    } catch {
      throw TripFileError(
        error, path: path, block: block, column: column,
        pageOffset: offset(ofPage: index, block: block))
    }
  }

  private func offset(ofPage columnIndex: Int, block: Int) -> Int {
    footer.pages.range(ofPage: footer.pageIndex(block: block, columnIndex: columnIndex)).lowerBound
  }

  /// Texts must be in their dictionary, and bools 0 or 1.
  private func checkValues(
    _ words: borrowing ColumnBuffer<UInt64>, _ column: ColumnTable.Column, block: Int, offset: Int
  ) throws(TripFileError) {
    let limit: UInt64
    switch column.definition.type {
    case .int64, .float64, .timestamp: return
    case .bool: limit = 2
    case .text: limit = UInt64(column.dictionaryCount)
    }
    guard WordKernels.areAll(words.span, below: limit) else {
      throw TripFileError(
        .malformed, path: path, block: block, column: column.definition.id, offset: offset,
        "a value is not below \(limit)")
    }
  }
}
