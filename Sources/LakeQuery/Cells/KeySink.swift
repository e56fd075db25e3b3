internal import LakeStore

/// Takes the group numbers of matching rows from several threads, in no particular order.
final class KeySink: Sendable {
  /// As many numbers as a thread gathers before it hands them over.
  static let chunkCount = 1 << 15

  private let keys: Monitor<[UInt64]>

  /// - Parameter capacity: How many will come at most.
  init(capacity: Int) {
    var keys: [UInt64] = []
    keys.reserveCapacity(capacity)
    self.keys = Monitor(keys)
  }

  func take(_ numbers: [UInt64]) {
    keys.withLock { $0.append(contentsOf: numbers) }
  }

  /// All that were taken, ascending; none are left behind.
  func removeSorted() -> [UInt64] {
    keys.withLock { keys in
      var sorted: [UInt64] = []
      swap(&keys, &sorted)
      KeySortKernels.sort(&sorted)
      return sorted
    }
  }
}
