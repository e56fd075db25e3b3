internal import Glibc

/// The large pieces of memory that rows lie in, on huge pages where the system has them: neighbouring rows
/// go to as many places as there are partitions, and small pages would cost a walk of the page table each.
///
/// A row's number has its block in the high bits and its place within the block in the low ones.
enum RowBlock {
  /// Three huge pages of 2 MiB.
  static let rowCount = 1 << rowBitCount
  private static let rowBitCount = 17
  private static let hugePageByteCount = 2 << 20

  /// A block whose pages take memory only once they are written to.
  ///
  /// - Parameter wordCount: Of a row.
  static func allocate(wordCount: Int) -> UnsafeMutablePointer<UInt64> {
    let byteCount = rowCount * wordCount * 8
    let block = UnsafeMutableRawPointer.allocate(
      byteCount: byteCount, alignment: hugePageByteCount)
    // Advice alone: without huge pages the block is as good, only slower.
    madvise(block, byteCount, MADV_HUGEPAGE)
    return block.bindMemory(to: UInt64.self, capacity: rowCount * wordCount)
  }

  static func number(block: Int, row: Int) -> UInt32 { UInt32(block << rowBitCount | row) }

  @inline(__always)
  static func block(ofNumber number: UInt32) -> Int { Int(number >> UInt32(rowBitCount)) }

  @inline(__always)
  static func row(ofNumber number: UInt32) -> Int { Int(number) & (rowCount - 1) }
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
