internal import CVector

/// A worker's rows, kept apart by partition until they are sorted and written.
///
/// Rows lie in slabs that are cut from large blocks; a partition's first slabs are small, so that thousands
/// of partitions with few rows cost little. Blocks are kept and used again after `removeAll`.
final class RowStore {
  /// A run of rows of one partition.
  struct Slab {
    /// The number of its first row, which tells the block and the place in it.
    var firstRow: UInt32
    var rowCount: Int
  }

  private static let firstSlabRowCount = 16
  private static let largestSlabRowCount = 256

  private(set) var blocks: [UnsafeMutablePointer<UInt64>] = []
  /// As many as there are blocks where rows have extra words, else none.
  private(set) var extraBlocks: [UnsafeMutablePointer<UInt64>] = []
  private var extraWordCount = 0
  private var pages = RowPages()
  private var usedBlockCount = 0
  private var freeRowCount = 0

  /// Per slot: where the next row goes, and how many rows still fit.
  private var nextRow: UnsafeMutablePointer<UnsafeMutablePointer<UInt64>?>
  private var nextExtras: UnsafeMutablePointer<UnsafeMutablePointer<UInt64>?>
  private var roomLeft: UnsafeMutablePointer<Int>
  private var slotCapacity: Int
  private var slabs: [[Slab]] = []

  init() {
    slotCapacity = 64
    nextRow = .allocate(capacity: slotCapacity)
    nextExtras = .allocate(capacity: slotCapacity)
    roomLeft = .allocate(capacity: slotCapacity)
  }

  deinit {
    for block in blocks + extraBlocks { block.deallocate() }
    nextRow.deallocate()
    nextExtras.deallocate()
    roomLeft.deallocate()
  }

  var slotCount: Int { slabs.count }

  /// Makes a new, empty slot and returns its number.
  func addSlot() -> UInt32 {
    let slot = slabs.count
    if slot == slotCapacity { growSlots() }
    slabs.append([])
    nextRow[slot] = nil
    nextExtras[slot] = nil
    roomLeft[slot] = 0
    return UInt32(slot)
  }

  /// Appends one row. Unchecked: `slot` was made by `addSlot`, `row` points to a row's words.
  @inline(__always)
  func append(_ row: UnsafePointer<UInt64>, slot: Int) {
    if roomLeft[slot] == 0 { addSlab(slot) }
    guard let place = nextRow[slot] else { return }
    UnsafeMutableRawPointer(place).copyMemory(from: row, byteCount: TripRow.byteCount)
    nextRow[slot] = place + TripRow.wordCount
    roomLeft[slot] -= 1
  }

  /// Asks for the place of a slot's next row, which is written to a little later. Unchecked as `append`.
  @inline(__always)
  func prefetch(slot: Int) {
    guard let place = nextRow[slot] else { return }
    lake_prefetch_to_write(place)
    lake_prefetch_to_write(place + TripRow.wordCount - 1)
  }

  /// Makes ready for rows with this many extra words.
  ///
  /// - Precondition: there is no row.
  func prepare(extraWordCount: Int) {
    guard self.extraWordCount != extraWordCount else { return }
    precondition(slabs.isEmpty)
    for block in extraBlocks { block.deallocate() }
    self.extraWordCount = extraWordCount
    extraBlocks =
      extraWordCount == 0
      ? [] : blocks.map { _ in RowBlock.allocate(wordCount: extraWordCount, on: &pages) }
  }

  /// Appends the extra words of the row that was appended last to this slot. Unchecked as `append`.
  @inline(__always)
  func appendExtras(_ words: UnsafePointer<UInt64>, slot: Int) {
    guard let place = nextExtras[slot] else { return }
    place.update(from: words, count: extraWordCount)
    nextExtras[slot] = place + extraWordCount
  }

  /// The slabs of a slot, each with the rows it holds.
  func slabs(ofSlot slot: Int) -> [Slab] {
    var result = slabs[slot]
    if let last = result.indices.last { result[last].rowCount -= roomLeft[slot] }
    return result
  }

  /// Forgets all slots and rows; the blocks are kept for the next ones.
  func removeAll() {
    slabs.removeAll(keepingCapacity: true)
    usedBlockCount = 0
    freeRowCount = 0
  }

  @inline(never)
  private func addSlab(_ slot: Int) {
    let rowCount = min(
      Self.firstSlabRowCount << min(slabs[slot].count, 8), Self.largestSlabRowCount)
    if freeRowCount < rowCount { nextBlock() }
    let block = usedBlockCount - 1
    let row = RowBlock.rowCount - freeRowCount
    slabs[slot].append(
      Slab(firstRow: RowBlock.number(block: block, row: row), rowCount: rowCount))
    nextRow[slot] = blocks[block] + row * TripRow.wordCount
    if extraWordCount > 0 { nextExtras[slot] = extraBlocks[block] + row * extraWordCount }
    roomLeft[slot] = rowCount
    freeRowCount -= rowCount
  }

  private func nextBlock() {
    if usedBlockCount == blocks.count {
      blocks.append(RowBlock.allocate(wordCount: TripRow.wordCount, on: &pages))
      if extraWordCount > 0 {
        extraBlocks.append(RowBlock.allocate(wordCount: extraWordCount, on: &pages))
      }
    }
    freeRowCount = RowBlock.rowCount
    usedBlockCount += 1
  }

  private func growSlots() {
    let capacity = slotCapacity * 2
    let grownNext = UnsafeMutablePointer<UnsafeMutablePointer<UInt64>?>.allocate(capacity: capacity)
    let grownExtras = UnsafeMutablePointer<UnsafeMutablePointer<UInt64>?>.allocate(
      capacity: capacity)
    let grownRoom = UnsafeMutablePointer<Int>.allocate(capacity: capacity)
    grownExtras.moveInitialize(from: nextExtras, count: slotCapacity)
    nextExtras.deallocate()
    nextExtras = grownExtras
    grownNext.moveInitialize(from: nextRow, count: slotCapacity)
    grownRoom.moveInitialize(from: roomLeft, count: slotCapacity)
    nextRow.deallocate()
    roomLeft.deallocate()
    nextRow = grownNext
    roomLeft = grownRoom
    slotCapacity = capacity
  }
}
