internal import LakeColumns
internal import LakeFile
internal import TripModel

/// One page, decoded. Its memory is used again for the next block.
final class DecodedPage {
  fileprivate(set) var words = ColumnBuffer<UInt64>()
  /// As `ValidityBitmap` says; empty where no row is null.
  fileprivate(set) var validity = ColumnBuffer<UInt64>()
  fileprivate var block = -1
  fileprivate let column: ColumnID

  fileprivate init(column: ColumnID) {
    self.column = column
  }
}

/// The pages of the block at hand, each decoded at its first use. One per thread.
final class BlockPages {
  private var pages: [DecodedPage] = []
  private var scratch = PageScratch()
  private var columns: Set<ColumnID> = []
  private(set) var reader: TripFileReader
  private(set) var block = 0
  private(set) var decodedCount = 0
  /// The encoded bytes of the pages decoded.
  private(set) var bytesRead = 0
  /// Room for a key of each row, for those who group the rows of a block.
  var rowKeys = ColumnBuffer<Int>()

  init(_ reader: TripFileReader) {
    self.reader = reader
    columns = Set(reader.columns.map(\.id))
  }

  /// Turns to another file; nothing is kept of the one before.
  func open(_ reader: TripFileReader) {
    self.reader = reader
    columns = Set(reader.columns.map(\.id))
    for page in pages { page.block = -1 }
  }

  func move(toBlock block: Int) {
    self.block = block
  }

  var rowCount: Int { reader.rowCount(ofBlock: block) }

  /// Whether the file holds the column; one that it does not hold reads as null.
  func hasColumn(_ column: ColumnID) -> Bool { columns.contains(column) }

  /// The words of `column` in the current block.
  ///
  /// - Precondition: The file holds the column.
  func page(_ column: ColumnID) throws(TripFileError) -> DecodedPage {
    let page = slot(for: column)
    guard page.block != block else { return page }
    page.block = -1
    try reader.decode(
      column: column, block: block, into: &page.words, validity: &page.validity,
      scratch: &scratch)
    guard page.words.count == rowCount else {
      throw error(column: column, "the page has \(page.words.count) rows, not \(rowCount)")
    }
    page.block = block
    decodedCount += 1
    bytesRead += reader.byteCount(column: column, block: block)
    return page
  }

  /// The zone's offset in seconds, where it is the same at the start of every trip of the block.
  func constantOffset(in zone: TimeZoneRules) -> Int? {
    let times = reader.zoneMap(ofBlock: block, column: .startTime)
    guard times.hasRange, times.rangeHoldsAllRows else { return zone.fixedOffsetSeconds }
    return zone.constantOffsetSeconds(from: times.minimumInteger, through: times.maximumInteger)
  }

  /// Sets the key of every row of the block to 0.
  func clearRowKeys() {
    rowKeys.removeAll()
    rowKeys.resize(to: rowCount, filling: 0)
  }

  func error(column: ColumnID, _ message: String) -> TripFileError {
    TripFileError(.malformed, path: reader.path, block: block, column: column, message)
  }

  private func slot(for column: ColumnID) -> DecodedPage {
    if let page = pages.first(where: { $0.column == column }) { return page }
    let page = DecodedPage(column: column)
    pages.append(page)
    return page
  }
}
