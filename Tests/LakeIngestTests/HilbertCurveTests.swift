import LakeTestSupport
import Testing

@testable import LakeIngest

@Suite struct HilbertCurveTests {
  /// The same curve by the textbook's loop of one level a step.
  private func reference(x: UInt32, y: UInt32) -> UInt32 {
    var (x, y) = (x, y)
    var position: UInt32 = 0
    for level in stride(from: UInt32(15), through: 0, by: -1) {
      let side: UInt32 = 1 << level
      let xBit = x >> level & 1
      let yBit = y >> level & 1
      position += side &* side &* ((3 * xBit) ^ yBit)
      x &= side - 1
      y &= side - 1
      if yBit == 0 {
        if xBit == 1 { (x, y) = (side - 1 - x, side - 1 - y) }
        swap(&x, &y)
      }
    }
    return position
  }

  @Test func agreesWithTheTextbook() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<20_000 {
      let x = UInt32(random.next() & 0xffff)
      let y = UInt32(random.next() & 0xffff)
      guard HilbertCurve.position(x: x, y: y) == reference(x: x, y: y) else {
        Issue.record("(\(x), \(y)), seed \(seed)")
        return
      }
    }
    #expect(HilbertCurve.position(x: 0, y: 0) == 0)
    #expect(HilbertCurve.position(x: 65_535, y: 0) == UInt32.max)
  }

  @Test func visitsEveryCellOfACornerOnce() {
    var seen: Set<UInt32> = []
    for x in UInt32(0)..<64 {
      for y in UInt32(0)..<64 { seen.insert(HilbertCurve.position(x: x, y: y)) }
    }
    #expect(seen == Set(0..<4096))
  }
}
