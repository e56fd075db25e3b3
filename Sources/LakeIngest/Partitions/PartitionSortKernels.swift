internal import CVector
internal import LakeColumns
internal import TripModel

/// Puts the rows of one partition into file order and hands them out as columns.
///
/// The order is total: place on the Hilbert curve over the extent of the partition's origins, then origin,
/// destination, time, source, extra columns. Equal rows are alike in every byte, so the outcome depends on the rows alone,
/// not on the order they came in. Memory is kept from partition to partition: 8 bytes a row, and as much again
/// for up to `RadixSort.spareLimit` rows.
///
/// Unchecked: row numbers come from stores that no one changes meanwhile, and every index is below `count`.
final class PartitionSort {
  let blocks: RowBlocks
  let ranks: SourceRanks
  let extraOrder: ExtraOrder
  private let curve = HilbertCurve()
  private let radix = RadixSort()
  /// Place on the curve in the high half, the row's number in the low half.
  private(set) var entries: UnsafeMutablePointer<UInt64>
  private var capacity = 0
  var count = 0
  private var extent = OriginExtent()

  init(_ blocks: RowBlocks, ranks: SourceRanks, texts: ExtraTexts) {
    self.blocks = blocks
    self.ranks = ranks
    extraOrder = ExtraOrder(texts: texts)
    entries = .allocate(capacity: 1)
  }

  deinit {
    entries.deallocate()
  }

  /// Forgets all rows and makes room for `rowCount`.
  func reset(rowCount: Int) {
    count = 0
    extent = OriginExtent()
    guard rowCount > capacity else { return }
    entries.deallocate()
    capacity = rowCount
    entries = .allocate(capacity: rowCount)
  }

  /// Adds the rows of a slab that came from files `isIncluded` says yes to, and that are in none of the sets.
  ///
  /// - Precondition: room was made for them.
  func add(_ slab: RowStore.Slab, isIncluded: [Bool], besides removed: RowSet...) {
    precondition(count + slab.rowCount <= capacity)
    let sets = removed.filter { !$0.isEmpty }
    let rows = blocks[slab.firstRow]
    for index in 0..<slab.rowCount {
      let row = rows + index * TripRow.wordCount
      let number = slab.firstRow &+ UInt32(truncatingIfNeeded: index)
      guard isIncluded[TripRow.fileOrdinal(row[TripRow.provenance])],
        sets.isEmpty || !sets.contains(where: { $0.contains(number) })
      else { continue }
      extent.add(row)
      entries[count] = UInt64(number)
      count += 1
    }
  }

  /// Sorts the rows added.
  ///
  /// - Complexity: O(n) radix passes over 32-bit keys, O(k log k) within each run of k equal keys.
  func sort() {
    let grid = extent.grid
    for index in 0..<count {
      let number = entries[index]
      let cell = grid.cell(row(number))
      entries[index] = UInt64(curve.position(x: cell.x, y: cell.y)) << 32 | number
    }
    radix.sort(entries, count: count)
    sortRunsOfEqualKeys()
  }

  /// Writes the sorted rows of `range` into columns, in the order of `TripRow`'s words; the words of the
  /// last are source ranks.
  ///
  /// - Returns: Whether each row has a destination, and the sum that `RowBalance` makes of the rows.
  func gather(
    _ range: Range<Int>, into columns: TripColumns
  ) -> (allHaveDestination: Bool, balance: RowBalance) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    columns.resize(rowCount: range.count)
    var balance = RowBalance()
    var absentCount = 0
    columns.withWords { originX, originY, destinationX, destinationY, startTime, source in
      for (target, index) in range.enumerated() {
        prefetchRow(ahead: index)
        let row = row(entries[index])
        balance.add(row)
        originX[target] = row[TripRow.originX]
        originY[target] = row[TripRow.originY]
        destinationX[target] = row[TripRow.destinationX]
        destinationY[target] = row[TripRow.destinationY]
        startTime[target] = row[TripRow.startTime]
        source[target] = UInt64(ranks.rank(row[TripRow.provenance]))
        absentCount += row[TripRow.destinationX] == TripRow.absent ? 1 : 0
      }
    }
    if extraOrder.texts.layout.wordCount > 0 {
      gatherExtras(range, into: columns, balance: &balance)
    }
    return (absentCount == 0, balance)
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

  private func sortRunsOfEqualKeys() {
    var start = 0
    while start < count {
      let key = entries[start] >> 32
      var end = start + 1
      while end < count, entries[end] >> 32 == key { end += 1 }
      if end - start > 1 {
        var run = UnsafeMutableBufferPointer(start: entries + start, count: end - start)
        run.sort { isBefore($0, $1) }
      }
      start = end
    }
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

  /// Rows that are on their way from memory while one is read.
  private static let prefetchDistance = 16

  /// Asks for the row that will be read `prefetchDistance` entries after that of `index`; its 48 bytes lie in
  /// one cache line or in two.
  @inline(__always)
  private func prefetchRow(ahead index: Int) {
    let row = row(entries[min(index &+ Self.prefetchDistance, count &- 1)])
    lake_prefetch(row)
    lake_prefetch(row + TripRow.wordCount - 1)
  }

  @inline(__always)
  private func row(_ entry: UInt64) -> UnsafePointer<UInt64> {
    blocks[UInt32(truncatingIfNeeded: entry)]
  }
}

/// The extent of origins, and the grid that the curve is laid over it with.
private struct OriginExtent {
  private var minX = Double.infinity
  private var minY = Double.infinity
  private var maxX = -Double.infinity
  private var maxY = -Double.infinity

  @inline(__always)
  mutating func add(_ row: UnsafePointer<UInt64>) {
    let x = Double(bitPattern: row[TripRow.originX])
    let y = Double(bitPattern: row[TripRow.originY])
    minX = x < minX ? x : minX
    maxX = x > maxX ? x : maxX
    minY = y < minY ? y : minY
    maxY = y > maxY ? y : maxY
  }

  var grid: OriginGrid {
    OriginGrid(
      west: minX, south: minY, scaleX: Self.scale(minX, maxX), scaleY: Self.scale(minY, maxY))
  }

  /// What makes cells 0 to 65,535 of the distance from the smallest to the largest coordinate; 0 where they are
  /// too near to each other to be told apart.
  private static func scale(_ minimum: Double, _ maximum: Double) -> Double {
    let scale = OriginGrid.largestCell / (maximum - minimum)
    return scale.isFinite ? scale : 0
  }
}

private struct OriginGrid {
  static let largestCell = 65_535.0

  let west: Double
  let south: Double
  let scaleX: Double
  let scaleY: Double

  @inline(__always)
  func cell(_ row: UnsafePointer<UInt64>) -> (x: UInt32, y: UInt32) {
    let x = (Double(bitPattern: row[TripRow.originX]) - west) * scaleX
    let y = (Double(bitPattern: row[TripRow.originY]) - south) * scaleY
    return (UInt32(min(x, Self.largestCell)), UInt32(min(y, Self.largestCell)))
  }
}
