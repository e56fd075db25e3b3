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
    let rowCount = rowCount(ofBlock: block)
    guard let index = footer.table.index(of: column) else {
      words.removeAll()
      words.resize(to: rowCount, filling: 0)
      validity.removeAll()
      validity.resize(to: ValidityBitmap.wordCount(rowCount: rowCount), filling: 0)
      return
    }
    let page = footer.pageIndex(block: block, columnIndex: index)
    let range = footer.pages.range(ofPage: page)
    try readPage(range, checksum: footer.pages.checksums[page], block, column, &scratch)
    do {
      try scratch.decode(
        rowCount: rowCount, nullCount: Int(footer.zoneMaps[index].nullCounts[block]),
        into: &words, validity: &validity)
    } catch {
      throw TripFileError(
        error, path: path, block: block, column: column, pageOffset: range.lowerBound)
    }
    try checkValues(words, footer.table.columns[index], block: block, offset: range.lowerBound)
  }

  private func readPage(
    _ range: Range<Int>, checksum: UInt64, _ block: Int, _ column: ColumnID,
    _ scratch: inout PageScratch
  ) throws(TripFileError) {
    scratch.bytes.resize(to: range.count, filling: 0)
    do {
      var span = scratch.bytes.mutableSpan
      var destination = span.mutableBytes
      try source.read(at: range.lowerBound, into: &destination)
    } catch {
      throw TripFileError(
        .readFailed, path: path, block: block, column: column, offset: range.lowerBound,
        "reading failed: \(error)", underlying: error)
    }
    guard PageChecksumKernels.checksum(scratch.bytes.span) == checksum else {
      throw TripFileError(
        .checksumMismatch, path: path, block: block, column: column, offset: range.lowerBound,
        "the page differs from its checksum")
    }
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
