/// Sorts 64-bit entries by their high halves; entries of equal high halves come in any order.
///
/// Up to `spareLimit` entries are sorted by two digits of their upper bits, the lower digit first, with as much memory
/// again, and then mended where these bits are equal; more are first divided in place by their highest digit.
///
/// Unchecked: the entries belong to the caller, and every index is below their count.
final class RadixSort {
  static let spareLimit = 1 << 20
  /// Where the key of an entry begins, and how long it is.
  private static let keyShift: UInt64 = 32
  private static let keyBitCount: UInt64 = 32

  /// The longest digit: the buckets of more would not stay in the cache next to the core.
  private static let digitBitCount: UInt64 = 11
  /// Longer runs are not mended by insertion, which is quadratic.
  private static let insertionLimit = 16

  private let spareLimit: Int
  private var spare: UnsafeMutablePointer<UInt64>
  private var capacity = 0
  /// The counts, then the places, of the buckets of two digits.
  private let offsets: UnsafeMutablePointer<UInt32>

  init(spareLimit: Int = RadixSort.spareLimit) {
    self.spareLimit = spareLimit
    spare = .allocate(capacity: 1)
    offsets = .allocate(capacity: 2 << Int(Self.digitBitCount))
  }

  deinit {
    spare.deallocate()
    offsets.deallocate()
  }

  /// - Complexity: O(n).
  func sort(_ entries: UnsafeMutablePointer<UInt64>, count: Int) {
    sort(entries, count: count, keyBitCount: Self.keyBitCount)
  }

  /// Sorts entries that differ in the lowest `keyBitCount` bits of their keys alone.
  private func sort(_ entries: UnsafeMutablePointer<UInt64>, count: Int, keyBitCount: UInt64) {
    guard keyBitCount > 0, count > 1 else { return }
    if count <= spareLimit {
      return sortWithSpare(entries, count: count, keyBitCount: keyBitCount)
    }
    let restBitCount = Self.bitCount(keyBitCount, without: Self.digitBitCount)
    var start = 0
    for end in divide(entries, count: count, shift: Self.keyShift + restBitCount) {
      sort(entries + start, count: end - start, keyBitCount: restBitCount)
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
    let bucketCount = 1 << Int(Self.digitBitCount)
    var next = [Int](repeating: 0, count: bucketCount)
    for index in 0..<count { next[Self.digit(entries[index], shift, bucketCount)] += 1 }
    var sum = 0
    for bucket in 0..<bucketCount {
      let bucketSize = next[bucket]
      next[bucket] = sum
      sum += bucketSize
    }
    let ends = Array(next.dropFirst()) + [count]
    for bucket in 0..<bucketCount {
      while next[bucket] < ends[bucket] {
        let entry = entries[next[bucket]]
        let target = Self.digit(entry, shift, bucketCount)
        entries[next[bucket]] = entries[next[target]]
        entries[next[target]] = entry
        next[target] += 1
      }
    }
    return ends
  }

  /// By the upper bits of the keys, which leave few runs of equal ones where keys are spread as usual; these runs are
  /// then mended.
  ///
  /// - Complexity: O(n): each level of runs within runs takes six bits of the keys or more.
  private func sortWithSpare(
    _ entries: UnsafeMutablePointer<UInt64>, count: Int, keyBitCount: UInt64
  ) {
    reserve(count)
    let digitBitCount = Self.digitBitCount(of: count)
    let restBitCount = Self.bitCount(keyBitCount, without: 2 * digitBitCount)
    sortByTwoDigits(
      entries, count: count, shift: Self.keyShift + restBitCount, digitBitCount: digitBitCount)
    if restBitCount > 0 { mendRuns(entries, count: count, restBitCount: restBitCount) }
  }

  /// The bits of a digit, two of which tell sixteen times as many keys apart as there are entries, or more: with fewer,
  /// mending takes longer than walking over more buckets.
  private static func digitBitCount(of count: Int) -> UInt64 {
    let countBitCount = UInt64(Int.bitWidth - count.leadingZeroBitCount)
    return min((countBitCount + 5) / 2, digitBitCount)
  }

  /// Sorts entries by the `2 * digitBitCount` bits above `shift`, entries of equal bits keeping their order.
  ///
  /// Unchecked: there is spare memory for `count` entries.
  private func sortByTwoDigits(
    _ entries: UnsafeMutablePointer<UInt64>, count: Int, shift: UInt64, digitBitCount: UInt64
  ) {
    let bucketCount = 1 << Int(digitBitCount)
    let (low, high) = (offsets, offsets + bucketCount)
    low.initialize(repeating: 0, count: 2 * bucketCount)
    for index in 0..<count {
      let entry = entries[index]
      low[Self.digit(entry, shift, bucketCount)] &+= 1
      high[Self.digit(entry, shift &+ digitBitCount, bucketCount)] &+= 1
    }
    Self.makePlaces(low, bucketCount)
    Self.makePlaces(high, bucketCount)
    Self.distribute(entries, to: spare, count: count, low, shift, bucketCount)
    Self.distribute(spare, to: entries, count: count, high, shift &+ digitBitCount, bucketCount)
  }

  /// Turns counts into where each bucket begins.
  private static func makePlaces(_ offsets: UnsafeMutablePointer<UInt32>, _ bucketCount: Int) {
    var sum: UInt32 = 0
    for bucket in 0..<bucketCount {
      let bucketSize = offsets[bucket]
      offsets[bucket] = sum
      sum &+= bucketSize
    }
  }

  @inline(__always)
  private static func distribute(
    _ source: UnsafeMutablePointer<UInt64>, to target: UnsafeMutablePointer<UInt64>, count: Int,
    _ offsets: UnsafeMutablePointer<UInt32>, _ shift: UInt64, _ bucketCount: Int
  ) {
    for index in 0..<count {
      let entry = source[index]
      let bucket = digit(entry, shift, bucketCount)
      let place = offsets[bucket]
      offsets[bucket] = place &+ 1
      target[Int(place)] = entry
    }
  }

  /// Sorts each run of entries that are alike above the lowest `restBitCount` bits of their keys, the runs being in
  /// order.
  ///
  /// Usually each entry is compared once.
  private func mendRuns(
    _ entries: UnsafeMutablePointer<UInt64>, count: Int, restBitCount: UInt64
  ) {
    var index = 1
    while index < count {
      if entries[index] < entries[index &- 1] {
        let run = Self.run(
          around: index, in: entries, count: count, shift: Self.keyShift + restBitCount)
        mend(entries + run.lowerBound, count: run.count, restBitCount: restBitCount)
        index = run.upperBound
      }
      index &+= 1
    }
  }

  /// The entries that are neighbours of the one at `index` and like it from `shift` on.
  @inline(never)
  private static func run(
    around index: Int, in entries: UnsafeMutablePointer<UInt64>, count: Int, shift: UInt64
  ) -> Range<Int> {
    let upperBits = entries[index] &>> shift
    var (start, end) = (index, index + 1)
    while start > 0, entries[start - 1] &>> shift == upperBits { start -= 1 }
    while end < count, entries[end] &>> shift == upperBits { end += 1 }
    return start..<end
  }

  private func mend(_ run: UnsafeMutablePointer<UInt64>, count: Int, restBitCount: UInt64) {
    if count > Self.insertionLimit {
      return sortWithSpare(run, count: count, keyBitCount: restBitCount)
    }
    for index in 1..<count {
      let entry = run[index]
      var place = index
      while place > 0, run[place - 1] > entry {
        run[place] = run[place - 1]
        place -= 1
      }
      run[place] = entry
    }
  }

  @inline(__always)
  private static func digit(_ entry: UInt64, _ shift: UInt64, _ bucketCount: Int) -> Int {
    Int(truncatingIfNeeded: entry &>> shift) & (bucketCount &- 1)
  }

  /// What is left of a count of bits.
  private static func bitCount(_ bitCount: UInt64, without taken: UInt64) -> UInt64 {
    bitCount - min(bitCount, taken)
  }

  private func reserve(_ count: Int) {
    guard count > capacity else { return }
    spare.deallocate()
    capacity = count
    spare = .allocate(capacity: count)
  }
}
