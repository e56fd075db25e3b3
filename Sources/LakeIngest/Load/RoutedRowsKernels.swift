/// The rows of a batch that are to be stored, each with the slot of its partition.
///
/// Unchecked: every index is below `count`, and at most `capacity` rows are appended after a reset.
final class RoutedRows {
  private(set) var count = 0
  /// The row in the low half, the slot in the high half.
  private var entries: UnsafeMutablePointer<UInt64>
  private var capacity = 0

  init() {
    entries = .allocate(capacity: 1)
  }

  deinit {
    entries.deallocate()
  }

  /// Forgets all rows and makes room for `capacity`.
  func reset(capacity: Int) {
    count = 0
    guard capacity > self.capacity else { return }
    entries.deallocate()
    self.capacity = capacity
    entries = .allocate(capacity: capacity)
  }

  @inline(__always)
  func append(row: Int, slot: Int) {
    entries[count] = UInt64(slot) << 32 | UInt64(row)
    count &+= 1
  }

  @inline(__always)
  func row(_ index: Int) -> Int { Int(entries[index] & 0xffff_ffff) }

  @inline(__always)
  func slot(_ index: Int) -> Int { Int(entries[index] >> 32) }
}
