internal import CVector
internal import LakeColumns
internal import LakeFile
internal import TripModel

/// Puts the rows of one partition into file order and hands them out as columns.
///
/// The order is total: place in the order of tiles over the extent of the partition's origins, then origin,
/// destination, time, source, extra columns. Equal rows are alike in every byte, so the outcome depends on the rows alone,
/// not on the order they came in. Memory is kept from partition to partition: 8 bytes a row, and as much again
/// for up to `RadixSort.spareLimit` rows.
///
/// Unchecked: row numbers come from stores that no one changes meanwhile, and every index is below `count`.
final class PartitionSort {
  let blocks: RowBlocks
  let ranks: SourceRanks
  let extraOrder: ExtraOrder
  let notes: RowNotes
  private let radix = RadixSort()
  private let tiles = OriginTiles(blockRowCount: TripFileOptions().blockRowCount)
  /// Place in the order of tiles in the high half, the row's number in the low half.
  private(set) var entries: UnsafeMutablePointer<UInt64>
  private var capacity = 0
  var count = 0
  private(set) var extents = PlaceExtents()

  init(_ blocks: RowBlocks, ranks: SourceRanks, texts: ExtraTexts) {
    self.blocks = blocks
    self.ranks = ranks
    notes = RowNotes(sources: ranks.sources, texts: texts)
    extraOrder = ExtraOrder(texts: texts)
    entries = .allocate(capacity: 1)
  }

  deinit {
    entries.deallocate()
  }

  /// Forgets all rows and makes room for `rowCount`.
  func reset(rowCount: Int) {
    count = 0
    extents = PlaceExtents()
    notes.removeAll()
    guard rowCount > capacity else { return }
    entries.deallocate()
    capacity = rowCount
    entries = .allocate(capacity: rowCount)
  }

  /// Adds the rows of slabs that are chosen, and notes what they have.
  ///
  /// - Precondition: room was made for them.
  func add(_ slabs: [RowStore.Slab], _ choice: RowChoice) {
    for index in slabs.indices {
      let slab = slabs[index]
      precondition(count + slab.rowCount <= capacity)
      switch choice.share(ofFiles: fileOrdinals(slab)) {
      case .none: continue
      case .some: addChosen(slab, choice)
      case .all: addAll(slab, before: slabs[min(index + 1, slabs.count - 1)])
      }
    }
  }

  /// From the first row's file to the last row's: a worker's rows are in the order of their files.
  private func fileOrdinals(_ slab: RowStore.Slab) -> ClosedRange<Int> {
    guard slab.rowCount > 0 else { return 0...0 }
    let first = blocks[slab.firstRow] + TripRow.provenance
    let last = first + (slab.rowCount - 1) * TripRow.wordCount
    return TripRow.fileOrdinal(first.pointee)...TripRow.fileOrdinal(last.pointee)
  }

  /// - Parameter next: The slab whose rows are asked for meanwhile.
  private func addAll(_ slab: RowStore.Slab, before next: RowStore.Slab) {
    let rows = blocks[slab.firstRow]
    let coming = blocks[next.firstRow]
    let entries = entries + count
    var extents = extents
    for index in 0..<slab.rowCount {
      lake_prefetch(coming + index &* TripRow.wordCount)
      let row = rows + index &* TripRow.wordCount
      extents.add(row)
      notes.add(row, rank: ranks.rank(row[TripRow.provenance]))
      entries[index] = UInt64(slab.firstRow &+ UInt32(truncatingIfNeeded: index))
    }
    self.extents = extents
    count += slab.rowCount
    noteExtras(count - slab.rowCount..<count)
  }

  private func addChosen(_ slab: RowStore.Slab, _ choice: RowChoice) {
    let rows = blocks[slab.firstRow]
    let first = count
    for index in 0..<slab.rowCount {
      let row = rows + index * TripRow.wordCount
      let number = slab.firstRow &+ UInt32(truncatingIfNeeded: index)
      let fileOrdinal = TripRow.fileOrdinal(row[TripRow.provenance])
      guard choice.contains(number, fileOrdinal: fileOrdinal) else { continue }
      extents.add(row)
      notes.add(row, rank: ranks.rank(row[TripRow.provenance]))
      entries[count] = UInt64(number)
      count += 1
    }
    noteExtras(first..<count)
  }

  /// Notes what the rows of `range` have, and forgets all others.
  func note(_ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    notes.removeAll()
    for index in range {
      let row = row(entries[index])
      notes.add(row, rank: ranks.rank(row[TripRow.provenance]))
    }
    noteExtras(range)
  }

  private func noteExtras(_ range: Range<Int>) {
    guard !extraOrder.texts.layout.columns.isEmpty else { return }
    for index in range {
      let number = UInt32(truncatingIfNeeded: entries[index])
      notes.addExtras(
        blocks.extras(number), worker: TripRow.worker(blocks[number][TripRow.provenance]))
    }
  }

  /// Sorts the rows added.
  ///
  /// - Complexity: O(n) radix passes over 32-bit keys, O(k log k) within each run of k equal keys.
  func sort() {
    tiles.place(entries, count: count, on: extents.grid, blocks)
    radix.sort(entries, count: count)
    sortRunsOfEqualKeys()
  }

  /// Turns the order around.
  func reverse() {
    var sorted = UnsafeMutableBufferPointer(start: entries, count: count)
    sorted.reverse()
  }

  /// Writes the sorted rows of `range` into columns.
  ///
  /// - Precondition: They are noted, and the columns of the file have a code for every text.
  /// - Returns: Whether each row has a destination, and the sum that `RowBalance` makes of the rows.
  func gather(
    _ range: Range<Int>, into columns: TripColumns
  ) -> (allHaveDestination: Bool, balance: RowBalance) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    columns.resize(rowCount: range.count)
    var (balance, absentCount) = (RowBalance(), 0)
    columns.withWords { words in
      (balance, absentCount) = gather(range, into: words)
    }
    if extraOrder.texts.layout.wordCount > 0 {
      gatherExtras(range, into: columns, balance: &balance)
    }
    return (absentCount == 0, balance)
  }

  /// - Returns: The sum of the rows, and how many have no destination.
  private func gather(
    _ range: Range<Int>, into words: TripColumns.Words
  ) -> (RowBalance, Int) {
    let codes = notes.sources
    var balance = RowBalance()
    var absentCount = 0
    // Two loops over the rows of a batch, so that each has few enough pointers for the registers.
    forEachBatch(range) { first, rows in
      for index in 0..<rows.count {
        let row = rows[index]
        let target = first &+ index
        balance.add(row)
        words.originX[target] = row[TripRow.originX]
        words.originY[target] = row[TripRow.originY]
        words.destinationX[target] = row[TripRow.destinationX]
        words.destinationY[target] = row[TripRow.destinationY]
        words.startTime[target] = row[TripRow.startTime]
      }
      for index in 0..<rows.count {
        let row = rows[index]
        let rank = ranks.rank(row[TripRow.provenance])
        words.source[first &+ index] = UInt64(codes[rank])
        absentCount &+= row[TripRow.destinationX] == TripRow.absent ? 1 : 0
      }
    }
    return (balance, absentCount)
  }

  private func gatherExtras(
    _ range: Range<Int>, into columns: TripColumns, balance: inout RowBalance
  ) {
    let wordCount = extraOrder.texts.layout.wordCount
    guard !extraOrder.texts.layout.columns.isEmpty else {
      for index in range {
        balance.add(blocks.extras(UInt32(truncatingIfNeeded: entries[index])), count: wordCount)
      }
      return
    }
    columns.withExtras { extras in
      for (target, index) in range.enumerated() {
        let number = UInt32(truncatingIfNeeded: entries[index])
        let words = blocks.extras(number)
        balance.add(words, count: wordCount)
        extras.set(target, words, worker: TripRow.worker(blocks[number][TripRow.provenance]))
      }
    }
  }

  /// Most keys differ from the one before.
  private func sortRunsOfEqualKeys() {
    let (entries, count) = (entries, count)
    var index = 1
    while index < count {
      if Self.haveEqualKeys(entries[index &- 1], entries[index]) {
        let start = index - 1
        while index < count, Self.haveEqualKeys(entries[start], entries[index]) { index += 1 }
        sort(start..<index)
      }
      index &+= 1
    }
  }

  @inline(__always)
  private static func haveEqualKeys(_ left: UInt64, _ right: UInt64) -> Bool {
    (left ^ right) &>> 32 == 0
  }

  /// Sorts rows of one place in the order of tiles.
  @inline(never)
  private func sort(_ run: Range<Int>) {
    let entries = UnsafeMutableBufferPointer(start: entries, count: count)
    entries[run].sort { isBefore($0, $1) }
  }

  private func isBefore(_ left: UInt64, _ right: UInt64) -> Bool {
    let first = row(left)
    let second = row(right)
    for word in TripRow.originX...TripRow.destinationY where first[word] != second[word] {
      return first[word] < second[word]
    }
    if first[TripRow.startTime] != second[TripRow.startTime] {
      return Int64(bitPattern: first[TripRow.startTime])
        < Int64(bitPattern: second[TripRow.startTime])
    }
    let firstRank = ranks.rank(first[TripRow.provenance])
    let secondRank = ranks.rank(second[TripRow.provenance])
    if firstRank != secondRank { return firstRank < secondRank }
    return compareExtras(left, right) < 0
  }

  /// Negative, zero or positive, as the rows' extra columns are ordered.
  func compareExtras(_ left: UInt64, _ right: UInt64) -> Int {
    guard !extraOrder.texts.layout.columns.isEmpty else { return 0 }
    return extraOrder.compare(
      blocks.extras(UInt32(truncatingIfNeeded: left)),
      TripRow.worker(row(left)[TripRow.provenance]),
      blocks.extras(UInt32(truncatingIfNeeded: right)),
      TripRow.worker(row(right)[TripRow.provenance]))
  }

  /// Rows that are on their way from memory while as many are read.
  private static let batchCount = 16

  /// Lends the sorted rows of `range` in batches, each with the place of its first row in the range.
  @inline(__always)
  private func forEachBatch(
    _ range: Range<Int>,
    _ body: (_ first: Int, _ rows: UnsafeBufferPointer<UnsafePointer<UInt64>>) -> Void
  ) {
    withUnsafeTemporaryAllocation(
      of: UnsafePointer<UInt64>.self, capacity: Self.batchCount * 2
    ) { rows in
      guard var batch = rows.baseAddress else { return }
      var coming = batch + Self.batchCount
      var batchCount = prefetch(range, into: batch)
      var start = range.lowerBound
      while start < range.upperBound {
        let next = start + batchCount
        let comingCount = prefetch(next..<range.upperBound, into: coming)
        body(start - range.lowerBound, UnsafeBufferPointer(start: batch, count: batchCount))
        swap(&batch, &coming)
        (start, batchCount) = (next, comingCount)
      }
    }
  }

  /// Asks for the rows of a batch; the 48 bytes of a row lie in one cache line or in two.
  ///
  /// - Returns: How many rows the batch has.
  @inline(__always)
  private func prefetch(
    _ range: Range<Int>, into batch: UnsafeMutablePointer<UnsafePointer<UInt64>>
  ) -> Int {
    let count = min(Self.batchCount, range.count)
    let entries = entries + range.lowerBound
    for index in 0..<count {
      let row = row(entries[index])
      lake_prefetch(row)
      lake_prefetch(row + TripRow.wordCount - 1)
      batch[index] = row
    }
    return count
  }

  @inline(__always)
  private func row(_ entry: UInt64) -> UnsafePointer<UInt64> {
    blocks[UInt32(truncatingIfNeeded: entry)]
  }
}
