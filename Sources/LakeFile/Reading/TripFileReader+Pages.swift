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
    let range = try readPage(column: column, block: block, into: &bytes)
    try prove(page: bytes, range, column: column, block: block)
    try decode(
      page: bytes, range, column: column, block: block, into: &words, validity: &validity,
      scratch: &scratch)
  }

  /// Replaces `bytes` by those of one page, which `prove` has to find right before they are used.
  ///
  /// - Returns: Where the page lies in `bytes`; empty where the file does not hold the column.
  package func readPage(
    column: ColumnID, block: Int, into bytes: inout ColumnBuffer<UInt8>
  ) throws(TripFileError) -> Range<Int> {
    guard let index = footer.table.index(of: column) else {
      bytes.removeAll()
      return 0..<0
    }
    let page = footer.pageIndex(block: block, columnIndex: index)
    try read(pages: page...page, column: column, block: block, into: &bytes)
    return 0..<bytes.count
  }

  /// The same of neighbouring pages of a block, in one read.
  ///
  /// - Parameters:
  ///   - columns: Of the file, each the neighbour of the one before; at least one.
  ///   - ranges: Replaced by the place of each page in `bytes`.
  package func readPages(
    _ columns: [ColumnID], block: Int, into bytes: inout ColumnBuffer<UInt8>,
    ranges: inout [Range<Int>]
  ) throws(TripFileError) {
    ranges.removeAll(keepingCapacity: true)
    guard let index = footer.table.index(of: columns[0]) else {
      preconditionFailure("the file holds the columns")
    }
    let first = footer.pageIndex(block: block, columnIndex: index)
    try read(
      pages: first...first + columns.count - 1, column: columns[0], block: block, into: &bytes)
    let start = footer.pages.range(ofPage: first).lowerBound
    for page in first..<first + columns.count {
      let range = footer.pages.range(ofPage: page)
      ranges.append(range.lowerBound - start..<range.upperBound - start)
    }
  }

  private func read(
    pages: ClosedRange<Int>, column: ColumnID, block: Int, into bytes: inout ColumnBuffer<UInt8>
  ) throws(TripFileError) {
    let start = footer.pages.range(ofPage: pages.lowerBound).lowerBound
    bytes.resize(
      to: footer.pages.range(ofPage: pages.upperBound).upperBound - start, filling: 0)
    do {
      var span = bytes.mutableSpan
      var destination = span.mutableBytes
      try source.read(at: start, into: &destination)
    } catch {
      throw TripFileError(
        .readFailed, path: path, block: block, column: column, offset: start,
        "reading failed: \(error)", underlying: error)
    }
  }

  /// Holds the bytes of a page against its checksum.
  ///
  /// - Parameter range: Where `readPage` or `readPages` has put them in `bytes`.
  package func prove(
    page bytes: borrowing ColumnBuffer<UInt8>, _ range: Range<Int>, column: ColumnID, block: Int
  ) throws(TripFileError) {
    guard let index = footer.table.index(of: column) else { return }
    let page = footer.pageIndex(block: block, columnIndex: index)
    guard
      PageChecksumKernels.checksum(bytes.span.extracting(range))
        == footer.pages.checksum(ofPage: page)
    else {
      throw TripFileError(
        .checksumMismatch, path: path, block: block, column: column,
        offset: footer.pages.range(ofPage: page).lowerBound, "the page differs from its checksum")
    }
  }

  /// Whether the pages of two columns follow each other in every block.
  package func areNeighbours(_ column: ColumnID, _ next: ColumnID) -> Bool {
    guard let index = footer.table.index(of: column), let following = footer.table.index(of: next)
    else { return false }
    return following == index + 1
  }

  /// Replaces `words` and `validity` by what `bytes` hold in `range`, where the same page is and was proven.
  package func decode(
    page bytes: borrowing ColumnBuffer<UInt8>, _ range: Range<Int>, column: ColumnID, block: Int,
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
        bytes.span.extracting(range), rowCount: rowCount,
        nullCount: footer.zoneMaps.nullCount(ofColumn: index, block: block),
        into: &words, validity: &validity)
    } catch {
      throw TripFileError(error, path: path, block: block, column: column, pageOffset: offset)
    }
    try checkValues(words, columnIndex: index, block: block, offset: offset)
  }

  /// Takes from `selection` the rows whose value lies outside `range`, without making the values.
  ///
  /// - Parameters:
  ///   - bytes: Hold the page in `place`, which was proven.
  ///   - selection: One bit for each row of the block, least significant first.
  /// - Returns: `false` where the page has to be decoded; `selection` is then as before.
  /// - Throws: `TripFileError`; `selection` then holds anything.
  package func keep(
    page bytes: borrowing ColumnBuffer<UInt8>, _ place: Range<Int>, column: ColumnID, block: Int,
    in range: ValueRange,
    selection: inout ColumnBuffer<UInt64>
  ) throws(TripFileError) -> Bool {
    guard let index = footer.table.index(of: column) else { return false }
    do {
      return try PageSelector.keep(
        bytes.span.extracting(place), rowCount: rowCount(ofBlock: block),
        nullCount: footer.zoneMaps.nullCount(ofColumn: index, block: block), in: range,
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
    _ words: borrowing ColumnBuffer<UInt64>, columnIndex: Int, block: Int, offset: Int
  ) throws(TripFileError) {
    let limit: UInt64
    let shape = footer.table.shapes[columnIndex]
    switch shape.type {
    case .int64, .float64, .timestamp: return
    case .bool: limit = 2
    case .text: limit = UInt64(shape.dictionaryCount)
    }
    guard WordKernels.areAll(words.span, below: limit) else {
      throw TripFileError(
        .malformed, path: path, block: block, column: shape.id, offset: offset,
        "a value is not below \(limit)")
    }
  }
}
