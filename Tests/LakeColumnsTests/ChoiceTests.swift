@testable import LakeColumns
import LakeTestSupport
import Testing

@Suite("The choice of an encoding")
struct ChoiceTests {
  static func plan(_ values: [UInt64], _ kind: WordKind) -> EncodingPlan {
    var choice = EncodingChoice()
    return choice.plan(values.span, kind: kind).plan
  }

  @Test("takes a constant for one value, also of a float's sign")
  func constant() {
    #expect(Self.plan([5, 5, 5], .integer) == .constant(ConstantPage(value: 5)))
    #expect(Self.plan([0, 0], .float) == .constant(ConstantPage(value: 0)))
    let zeros = (0..<64).map { UInt64($0 % 2) << 63 }
    #expect(Self.plan(zeros, .float).encoding == .orderedFloat)
  }

  @Test("packs whole seconds of a week in 20 bits")
  func seconds() {
    var random = SeededRandom(seed: 1)
    let values = (0..<4096).map { _ in
      UInt64(1_527_465_600 + random.integer(in: 0..<604_800)) * 1_000_000
    }
    guard case .frameOfReference(let page) = Self.plan(values, .integer) else {
      Issue.record("another encoding was chosen")
      return
    }
    #expect(page.divisor == 1_000_000)
    #expect(page.width == 20)
  }

  @Test("finds the greatest common divisor, whatever comes first")
  func divisors() {
    for divisor in [2, 3, 7, 60, 1000, 86_400_000_000] as [UInt64] {
      for offsets in [[0, 6, 4], [1, 7, 10], [6, 4, 3], [0, 0, 1]] as [[UInt64]] {
        let values = offsets.map { 1 << 40 &+ $0 &* divisor }
        guard case .frameOfReference(let page) = Self.plan(values + values, .integer) else {
          continue
        }
        let spread = (offsets.max() ?? 0) - (offsets.min() ?? 0)
        let steps = offsets.map { $0 - (offsets.min() ?? 0) }
        let shared: UInt64 = (1...spread).last { step in steps.allSatisfy { $0 % step == 0 } } ?? 1
        #expect(page.divisor == divisor * shared, "\(offsets) times \(divisor)")
      }
    }
  }

  @Test("keeps coordinates on both sides of zero narrow")
  func straddlingZero() {
    var random = SeededRandom(seed: 2)
    let values = (0..<4096).map { _ in (random.fraction() - 0.6).bitPattern }
    guard case .orderedFloat(let page) = Self.plan(values, .float) else {
      Issue.record("another encoding was chosen")
      return
    }
    #expect(page.signs == .both)
    #expect(page.width <= 58)
  }

  @Test("drops the low bits of doubles that were single precision")
  func singlePrecision() {
    var random = SeededRandom(seed: 3)
    let values = (0..<4096).map { _ in Double(Float(14 + random.fraction())).bitPattern }
    guard case .orderedFloat(let page) = Self.plan(values, .float) else {
      Issue.record("another encoding was chosen")
      return
    }
    #expect(page.shift == 29)
    #expect(page.width <= 20)
  }

  /// Places of a city with some decimals.
  static func decimals(_ decimals: Int, seed: UInt64) -> [Double] {
    var random = SeededRandom(seed: seed)
    let power = DecimalFloat.power(decimals)
    return (0..<4096).map { _ in ((14.2 + 0.4 * random.fraction()) * power).rounded() / power }
  }

  @Test("keeps decimals as whole numbers of the smallest power", arguments: 3...13)
  func decimalFloat(decimals: Int) {
    let values = Self.decimals(decimals, seed: UInt64(decimals)).map(\.bitPattern)
    var choice = EncodingChoice()
    let page = choice.decimals.plan(values.span, atMost: .max)
    #expect(page?.exponent == decimals)
    #expect(page?.exceptionCount == 0)
    let spread = UInt64(0.4 * DecimalFloat.power(decimals))
    #expect(page?.width == BitPacking.width(of: spread))
  }

  @Test("keeps what is no decimal aside, and a page of such things as it was")
  func decimalExceptions() {
    var values = Self.decimals(7, seed: 7)
    for (index, odd) in [-0.0, .nan, .infinity, -.infinity, 1e300, 0x1p-1074].enumerated() {
      values[index * 100 + 1] = odd
    }
    guard case .decimalFloat(let page) = Self.plan(values.map(\.bitPattern), .float) else {
      Issue.record("another encoding was chosen")
      return
    }
    #expect(page.exceptionCount == 6)
    #expect(page.width == 22)
    var random = SeededRandom(seed: 8)
    let full = (0..<4096).map { _ in (2 + random.fraction()).bitPattern }
    #expect(Self.plan(full, .float).encoding == .orderedFloat)
  }

  @Test("takes a dictionary for few distinct words far apart")
  func dictionary() {
    var random = SeededRandom(seed: 4)
    let words = (0..<100).map { _ in random.next() }
    let values = (0..<4096).map { _ in words[random.integer(in: 0..<100)] }
    for kind in [WordKind.integer, .float] {
      guard case .dictionary(let page) = Self.plan(values, kind) else {
        Issue.record("another encoding was chosen")
        continue
      }
      #expect(page.wordCount == Set(values).count)
      #expect(page.indexWidth == 7)
    }
  }

  @Test("takes raw words where nothing saves a byte")
  func raw() {
    var random = SeededRandom(seed: 5)
    let values = (0..<1000).map { _ in random.next() }
    #expect(Self.plan(values, .integer) == .raw)
    #expect(Self.plan(values, .float) == .raw)
  }

  @Test("predicts the size of the body to the byte", arguments: 0..<40)
  func estimate(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let roundTrip = PageRoundTrip()
    let distinct = (0..<random.integer(in: 1..<300)).map { _ in
      random.next() >> UInt64(random.integer(in: 0..<64))
    }
    let values = (0..<random.integer(in: 1..<600)).map { _ in
      distinct[random.integer(in: 0..<distinct.count)]
    }
    let decimals = values.map { (Double($0 & 0xfffff) / 1000).bitPattern }
    let samples = [
      (values, WordKind.integer), (values, .code), (values, .float), (decimals, .float),
    ]
    for (values, kind) in samples {
      let plan = Self.plan(values, kind)
      let page = roundTrip(values, kind, "seed \(seed)").bytes
      #expect(page[0] == plan.encoding.rawValue, "seed \(seed)")
      if page[1] == 0 {
        // Frames may make it smaller yet.
        let limit = 2 + plan.byteCount(count: values.count)
        #expect(values.count > 64 ? page.count <= limit : page.count == limit, "seed \(seed)")
      }
    }
  }

  @Test("compresses pages that repeat themselves, and only those")
  func compression() {
    var random = SeededRandom(seed: 6)
    let roundTrip = PageRoundTrip()
    let repeating = (0..<4096).map { UInt64($0 % 8 % 5) }
    let page = roundTrip(repeating, .code).bytes
    #expect(page[1] == PageFlags.isCompressed.rawValue)
    #expect(page.count < 200)
    let noise = (0..<4096).map { _ in UInt64(random.integer(in: 0..<5)) }
    #expect(roundTrip(noise, .code).bytes[1] == 0)
  }
}
