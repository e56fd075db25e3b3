/// Sorts 64-bit entries by their high halves; entries of equal high halves come in any order.
///
/// Up to `spareLimit` entries are sorted by their digits, least significant first, with as much memory again;
/// more are first divided in place by their highest digit.
///
/// Unchecked: the entries belong to the caller, and every index is below their count.
final class RadixSort {
  static let spareLimit = 1 << 20

  private static let digitBitCount = 11
  private static let bucketCount = 1 << digitBitCount
  /// Where the digits of a key begin, from the lowest on.
  private static let shifts: [UInt64] = [32, 43, 54]
  /// Fewer entries are sorted by four digits of eight bits: walking over their buckets takes longer than a pass more.
  private static let fewEntryCount = 2048

  private let spareLimit: Int
  private var spare: UnsafeMutablePointer<UInt64>
  private var capacity = 0
  /// The counts, then the places, of a digit's buckets.
  private let offsets: UnsafeMutablePointer<UInt32>

  init(spareLimit: Int = RadixSort.spareLimit) {
    self.spareLimit = spareLimit
    spare = .allocate(capacity: 1)
    offsets = .allocate(capacity: Self.bucketCount)
  }

  deinit {
    spare.deallocate()
    offsets.deallocate()
  }

  /// - Complexity: O(n).
  func sort(_ entries: UnsafeMutablePointer<UInt64>, count: Int) {
    sort(entries, count: count, digitCount: Self.shifts.count)
  }

  /// Sorts entries that differ in their lowest `digitCount` digits alone.
  private func sort(_ entries: UnsafeMutablePointer<UInt64>, count: Int, digitCount: Int) {
    guard digitCount > 0, count > 1 else { return }
    if count <= spareLimit { return sortWithSpare(entries, count: count) }
    var start = 0
    for end in divide(entries, count: count, shift: Self.shifts[digitCount - 1]) {
      sort(entries + start, count: end - start, digitCount: digitCount - 1)
      start = end
    }
  }

  /// Brings entries into the order of one digit, in place ("American flag sort", McIlroy, Bostic and McIlroy
  /// 1993).
  ///
  /// - Returns: Where each bucket ends.
  private func divide(
    _ entries: UnsafeMutablePointer<UInt64>, count: Int, shift: UInt64
  ) -> [Int] {
    var next = [Int](repeating: 0, count: Self.bucketCount)
    for index in 0..<count { next[Self.digit(entries[index], shift, Self.bucketCount)] += 1 }
    var sum = 0
    for bucket in 0..<Self.bucketCount {
      let bucketSize = next[bucket]
      next[bucket] = sum
      sum += bucketSize
    }
    let ends = Array(next.dropFirst()) + [count]
    for bucket in 0..<Self.bucketCount {
      while next[bucket] < ends[bucket] {
        let entry = entries[next[bucket]]
        let target = Self.digit(entry, shift, Self.bucketCount)
        entries[next[bucket]] = entries[next[target]]
        entries[next[target]] = entry
        next[target] += 1
      }
    }
    return ends
  }

  /// A pass whose digit is the same in all keys is left out.
  private func sortWithSpare(_ entries: UnsafeMutablePointer<UInt64>, count: Int) {
    reserve(count)
    let digitBitCount = count < Self.fewEntryCount ? 8 : Self.digitBitCount
    let bucketCount = 1 << digitBitCount
    var source = entries
    var target = spare
    for shift in stride(from: UInt64(32), to: 64, by: digitBitCount) {
      offsets.initialize(repeating: 0, count: bucketCount)
      for index in 0..<count {
        offsets[Self.digit(source[index], shift, bucketCount)] &+= 1
      }
      let first = Self.digit(source[0], shift, bucketCount)
      if offsets[first] == UInt32(truncatingIfNeeded: count) { continue }
      makePlaces(bucketCount)
      for index in 0..<count {
        let entry = source[index]
        let bucket = Self.digit(entry, shift, bucketCount)
        target[Int(offsets[bucket])] = entry
        offsets[bucket] &+= 1
      }
      swap(&source, &target)
    }
    if source != entries { entries.update(from: source, count: count) }
  }

  /// Turns counts into where each bucket begins.
  private func makePlaces(_ bucketCount: Int) {
    var sum: UInt32 = 0
    for bucket in 0..<bucketCount {
      let bucketSize = offsets[bucket]
      offsets[bucket] = sum
      sum &+= bucketSize
    }
  }

  @inline(__always)
  private static func digit(_ entry: UInt64, _ shift: UInt64, _ bucketCount: Int) -> Int {
    Int(truncatingIfNeeded: entry &>> shift) & (bucketCount &- 1)
  }

  private func reserve(_ count: Int) {
    guard count > capacity else { return }
    spare.deallocate()
    capacity = count
    spare = .allocate(capacity: count)
  }
}
