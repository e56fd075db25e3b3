internal import LakeColumns
internal import LakeFile
internal import TripModel

/// One page, decoded. Its memory is used again for the next block.
final class DecodedPage {
  var words = ColumnBuffer<UInt64>()
  /// As `ValidityBitmap` says; empty where no row is null.
  fileprivate(set) var validity = ColumnBuffer<UInt64>()
  /// Empty where the page lies in the bytes of a run.
  fileprivate var bytes = ColumnBuffer<UInt8>()
  /// Where the page lies in its bytes, or in those of a run.
  fileprivate var range = 0..<0
  fileprivate var isInRun = false
  /// The blocks that its bytes, proven bytes and `words` belong to.
  fileprivate var readBlock = -1
  fileprivate var provenBlock = -1
  fileprivate var decodedBlock = -1
  fileprivate let column: ColumnID

  init(column: ColumnID) {
    self.column = column
  }

  fileprivate func forget() {
    readBlock = -1
    provenBlock = -1
    decodedBlock = -1
  }
}

/// The pages of the block at hand, each read and decoded at its first use. One per thread.
final class BlockPages {
  private var pages: [DecodedPage] = []
  /// Those of the pages; to look for a page among themselves is to count references.
  private var columns: [ColumnID] = []
  private var scratch = PageScratch()
  /// The bytes of pages that were read at once.
  private var run = ColumnBuffer<UInt8>()
  private var runRanges: [Range<Int>] = []
  /// What was loaded last of the file at hand, and the columns of it that follow each other there.
  private var loaded: (asked: [ColumnID], neighbours: [ColumnID], pages: [DecodedPage])?
  private(set) var reader: TripFileReader
  private(set) var block = 0
  /// Pages of which values were looked at.
  private(set) var decodedCount = 0
  /// The encoded bytes of those pages.
  private(set) var bytesRead = 0
  /// Room for the tally of each row, for those who group the rows of a block.
  var rowIndices = RowIndices()
  /// For those who narrow down the selection of a block in several ways.
  let narrowed = RowSelection()
  let evaluator = ConditionEvaluator()

  init(_ reader: TripFileReader) {
    self.reader = reader
  }

  /// Turns to another file; nothing is kept of the one before.
  func open(_ reader: TripFileReader) {
    self.reader = reader
    loaded = nil
    for page in pages { page.forget() }
  }

  func move(toBlock block: Int) {
    self.block = block
  }

  var rowCount: Int { reader.rowCount(ofBlock: block) }

  /// Whether the file holds the column; one that it does not hold reads as null.
  func hasColumn(_ column: ColumnID) -> Bool { reader.hasColumn(column) }

  /// The words of `column` in the current block.
  ///
  /// - Precondition: The file holds the column.
  func page(_ column: ColumnID) throws(TripFileError) -> DecodedPage {
    let page = slot(for: column)
    guard page.decodedBlock != block else { return page }
    try prove(page)
    page.decodedBlock = -1
    if page.isInRun {
      try reader.decode(
        page: run, page.range, column: column, block: block, into: &page.words,
        validity: &page.validity, scratch: &scratch)
    } else {
      try reader.decode(
        page: page.bytes, page.range, column: column, block: block, into: &page.words,
        validity: &page.validity, scratch: &scratch)
    }
    guard page.words.count == rowCount else {
      throw error(column: column, "the page has \(page.words.count) rows, not \(rowCount)")
    }
    page.decodedBlock = block
    return page
  }

  /// Takes from `selection` the rows whose value of `column` lies outside `range`, without decoding them.
  ///
  /// - Returns: `false` where that cannot be done; `selection` is then as before.
  /// - Precondition: The file holds the column.
  func keep(
    _ column: ColumnID, in range: ValueRange, selection: inout ColumnBuffer<UInt64>
  ) throws(TripFileError) -> Bool {
    let page = slot(for: column)
    if page.decodedBlock == block { return false }
    try prove(page)
    if page.isInRun {
      return try reader.keep(
        page: run, page.range, column: column, block: block, in: range, selection: &selection)
    }
    return try reader.keep(
      page: page.bytes, page.range, column: column, block: block, in: range, selection: &selection)
  }

  /// Whether the zone map proves that every row has a number of `range` in `column`.
  func isProven(_ column: ColumnID, in range: ClosedRange<Double>) -> Bool {
    let map = reader.zoneMap(ofBlock: block, column: column)
    return map.hasRange && map.rangeHoldsAllRows && range.contains(map.minimumDouble)
      && range.contains(map.maximumDouble)
  }

  /// Reads pages that will likely be asked for: the first of them that follow each other in the file in one go,
  /// others when they are asked for.
  ///
  /// - Parameter columns: In the order of the file.
  func load(_ columns: [ColumnID]) throws(TripFileError) {
    if loaded?.asked != columns {
      let neighbours = neighbours(of: columns)
      loaded = (columns, neighbours, neighbours.map { slot(for: $0) })
    }
    guard let loaded, loaded.neighbours.count > 1,
      loaded.pages.allSatisfy({ $0.readBlock != block }),
      !pages.contains(where: { $0.isInRun && $0.readBlock == block })
    else { return }
    // What lay in the run is gone.
    for page in pages where page.isInRun { page.forget() }
    try reader.readPages(loaded.neighbours, block: block, into: &run, ranges: &runRanges)
    for (index, page) in loaded.pages.enumerated() {
      page.range = runRanges[index]
      page.isInRun = true
      page.readBlock = block
    }
  }

  private func neighbours(of columns: [ColumnID]) -> [ColumnID] {
    var neighbours: [ColumnID] = []
    for column in columns where reader.hasColumn(column) {
      if let last = neighbours.last, !reader.areNeighbours(last, column) { break }
      neighbours.append(column)
    }
    return neighbours
  }

  private func read(_ page: DecodedPage) throws(TripFileError) {
    guard page.readBlock != block else { return }
    page.readBlock = -1
    page.range = try reader.readPage(column: page.column, block: block, into: &page.bytes)
    page.isInRun = false
    page.readBlock = block
  }

  /// Reads a page where that is still to be done, and holds it against its checksum before its first use.
  private func prove(_ page: DecodedPage) throws(TripFileError) {
    try read(page)
    guard page.provenBlock != block else { return }
    if page.isInRun {
      try reader.prove(page: run, page.range, column: page.column, block: block)
    } else {
      try reader.prove(page: page.bytes, page.range, column: page.column, block: block)
    }
    page.provenBlock = block
    decodedCount += 1
    bytesRead += page.range.count
  }

  /// The zone's offset in seconds, where it is the same at the start of every trip of the block.
  func constantOffset(in zone: TimeZoneRules) -> Int? {
    let times = reader.zoneMap(ofBlock: block, column: .startTime)
    guard times.hasRange, times.rangeHoldsAllRows else { return zone.fixedOffsetSeconds }
    return zone.constantOffsetSeconds(from: times.minimumInteger, through: times.maximumInteger)
  }

  func error(column: ColumnID, _ message: String) -> TripFileError {
    TripFileError(.malformed, path: reader.path, block: block, column: column, message)
  }

  private func slot(for column: ColumnID) -> DecodedPage {
    if let index = columns.firstIndex(of: column) { return pages[index] }
    let page = DecodedPage(column: column)
    pages.append(page)
    columns.append(column)
    return page
  }
}
