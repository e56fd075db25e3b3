import LakeTestSupport
import Testing

@testable import LakeIngest

@Suite struct RadixSortTests {
  /// Counts on both sides of the limits of the spare memory and of few entries, with keys that differ in all digits, in
  /// the lowest or highest alone, or not at all.
  @Test(
    arguments: [0, 1, 2, 63, 64, 65, 1000, 2047, 2048, 5000],
    [0xffff_ffff, 0x7ff, 0xffe0_0000, 0x3f_f800, 0xff, 0xff00_0000, 0] as [UInt32])
  func sortsByTheHighHalfAndLosesNothing(_ count: Int, _ keyBits: UInt32) {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let original = (0..<count).map { index in
      UInt64(UInt32(truncatingIfNeeded: random.next()) & keyBits) << 32 | UInt64(index)
    }
    for sort in [RadixSort(spareLimit: 64), RadixSort()] {
      var sorted = original
      sorted.withUnsafeMutableBufferPointer { buffer in
        if let base = buffer.baseAddress { sort.sort(base, count: count) }
      }
      #expect(
        zip(sorted, sorted.dropFirst()).allSatisfy { $0 >> 32 <= $1 >> 32 }, "seed \(seed)")
      #expect(sorted.sorted() == original.sorted(), "seed \(seed)")
    }
  }
}
