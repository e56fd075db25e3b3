import LakeTestSupport
import Testing

@testable import LakeIngest

@Suite struct RadixSortTests {
  /// Counts on both sides of the limit of the spare memory, with keys that differ in all bits, in the lowest or highest
  /// alone, or not at all.
  @Test(
    arguments: [0, 1, 2, 63, 64, 65, 1000, 2047, 2048, 5000],
    [0xffff_ffff, 0x7ff, 0xffe0_0000, 0x3f_f800, 0xff, 0xff00_0000, 0] as [UInt32])
  func sortsByTheHighHalfAndLosesNothing(_ count: Int, _ keyBits: UInt32) {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let original = (0..<count).map { index in
      UInt64(UInt32(truncatingIfNeeded: random.next()) & keyBits) << 32 | UInt64(index)
    }
    expectSorted(original, "seed \(seed)")
  }

  /// Runs of keys with equal upper bits, of lengths on both sides of the limit of insertion, that are in order,
  /// reversed, alike, and at random, in order and shuffled among each other.
  @Test(arguments: [2, 15, 16, 17, 100, 3000])
  func runsAreMended(_ length: Int) {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let runs = (0..<12).flatMap { run in
      (0..<length).map { place -> UInt64 in
        let low =
          switch run % 4 {
          case 0: UInt64(place % 1024)
          case 1: UInt64(1023 - place % 1024)
          case 2: UInt64(run)
          default: random.next() % 1024
          }
        return UInt64(run) << 60 | low << 32
      }
    }
    for keys in [runs, runs.shuffled(using: &random)] {
      let original = keys.enumerated().map { $0.element | UInt64($0.offset) }
      expectSorted(original, "seed \(seed)")
      expectSorted(original.reversed(), "seed \(seed), reversed")
    }
  }

  /// All rows at one place, and all rows in the order that insertion likes least: this would take minutes.
  @Test(arguments: [0, 1] as [UInt64])
  func runsAreMendedFast(_ step: UInt64) {
    let count: UInt64 = 200_000
    expectSorted((0..<count).reversed().map { ($0 * step) << 32 | $0 }, "step \(step)")
  }

  private func expectSorted(_ original: [UInt64], _ comment: Comment) {
    for sort in [RadixSort(spareLimit: 64), RadixSort()] {
      var sorted = original
      sorted.withUnsafeMutableBufferPointer { buffer in
        if let base = buffer.baseAddress { sort.sort(base, count: buffer.count) }
      }
      #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $0 >> 32 <= $1 >> 32 }, comment)
      #expect(sorted.sorted() == original.sorted(), comment)
    }
  }
}
