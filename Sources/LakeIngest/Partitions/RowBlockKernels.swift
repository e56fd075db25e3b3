internal import Glibc

/// The large pieces of memory that rows lie in.
///
/// A row's number has its block in the high bits and its place within the block in the low ones.
enum RowBlock {
  /// Three huge pages of 2 MiB.
  static let rowCount = 1 << rowBitCount
  private static let rowBitCount = 17

  /// A block whose pages take memory only once they are written to, but for a huge first one.
  ///
  /// - Parameter wordCount: Of a row.
  static func allocate(wordCount: Int, on pages: inout RowPages) -> UnsafeMutablePointer<UInt64> {
    let byteCount = rowCount * wordCount * 8
    let block = UnsafeMutableRawPointer.allocate(
      byteCount: byteCount, alignment: RowPages.hugeByteCount)
    pages.prepare(block, byteCount: byteCount)
    return block.bindMemory(to: UInt64.self, capacity: rowCount * wordCount)
  }

  static func number(block: Int, row: Int) -> UInt32 { UInt32(block << rowBitCount | row) }

  @inline(__always)
  static func block(ofNumber number: UInt32) -> Int { Int(number >> UInt32(rowBitCount)) }

  @inline(__always)
  static func row(ofNumber number: UInt32) -> Int { Int(number) & (rowCount - 1) }
}

/// Which pages rows lie on.
///
/// Neighbouring rows go to as many places as there are partitions, and small pages cost a walk of the page table each; so
/// they lie on huge ones, as long as the system has them at hand. A virtual machine that gives free memory back to its host
/// gives huge pieces of it, and waits for each of their small pages when it needs them again: 4 ms for 2 MiB in place of 0.2
/// (`formats/decisions/0011`). Smaller pieces it keeps, and small pages come from these first.
struct RowPages {
  static let hugeByteCount = 2 << 20

  private let patienceNanoseconds: Int
  private var trials = HugePageTrials()
  /// Whether the last block lies on huge pages, as far as the system has any.
  private(set) var areHuge = false

  /// - Parameter patienceNanoseconds: How long the first touch of a huge page may take.
  init(patienceNanoseconds: Int = 1_000_000) {
    self.patienceNanoseconds = patienceNanoseconds
  }

  /// Chooses the pages of a block, and touches the first where they may be huge.
  mutating func prepare(_ block: UnsafeMutableRawPointer, byteCount: Int) {
    areHuge = trials.isDue() && comesInTime(block, byteCount: byteCount)
    if !areHuge { madvise(block, byteCount, MADV_NOHUGEPAGE) }
  }

  /// Tries huge pages. Advice alone: without them the block is as good, only slower.
  private mutating func comesInTime(_ block: UnsafeMutableRawPointer, byteCount: Int) -> Bool {
    madvise(block, byteCount, MADV_HUGEPAGE)
    let start = Self.now()
    block.storeBytes(of: 0, as: UInt8.self)
    let isInTime = Self.now() - start < patienceNanoseconds
    trials.finish(inTime: isInTime)
    return isInTime
  }

  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}

/// The blocks of several stores, worker after worker, as one: it finds a row by its number.
///
/// Unchecked: numbers come from the slabs of the stores, which outlive this object and do not change.
final class RowBlocks {
  private let blocks: UnsafeMutablePointer<UnsafePointer<UInt64>>
  /// Those of the extra columns' words; empty where there is no extra column.
  private let extraBlocks: UnsafeMutablePointer<UnsafePointer<UInt64>>
  private let extraWordCount: Int
  /// The number of each store's first block.
  private var firstBlocks: [Int] = []

  /// - Precondition: the stores that have rows hold as many extra words a row.
  init(_ stores: [RowStore], extraWordCount: Int) {
    blocks = Self.list(stores.flatMap(\.blocks))
    extraBlocks = Self.list(stores.flatMap(\.extraBlocks))
    self.extraWordCount = extraWordCount
    var next = 0
    for store in stores {
      firstBlocks.append(next)
      next += store.blocks.count
    }
  }

  deinit {
    blocks.deallocate()
    extraBlocks.deallocate()
  }

  private static func list(
    _ blocks: [UnsafeMutablePointer<UInt64>]
  ) -> UnsafeMutablePointer<UnsafePointer<UInt64>> {
    let list = UnsafeMutablePointer<UnsafePointer<UInt64>>.allocate(capacity: max(1, blocks.count))
    for (index, block) in blocks.enumerated() {
      (list + index).initialize(to: UnsafePointer(block))
    }
    return list
  }

  /// A store's slab, its rows numbered among those of all stores.
  func slab(_ slab: RowStore.Slab, ofStore store: Int) -> RowStore.Slab {
    RowStore.Slab(
      firstRow: slab.firstRow + RowBlock.number(block: firstBlocks[store], row: 0),
      rowCount: slab.rowCount)
  }

  /// The words of a row's extra columns. Unchecked: there are some.
  @inline(__always)
  func extras(_ number: UInt32) -> UnsafePointer<UInt64> {
    extraBlocks[RowBlock.block(ofNumber: number)]
      + RowBlock.row(ofNumber: number) * extraWordCount
  }

  @inline(__always)
  subscript(number: UInt32) -> UnsafePointer<UInt64> {
    blocks[RowBlock.block(ofNumber: number)] + RowBlock.row(ofNumber: number) * TripRow.wordCount
  }
}
