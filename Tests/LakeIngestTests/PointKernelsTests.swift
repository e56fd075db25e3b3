import LakeTestSupport
import Testing

@testable import LakeIngest

@Suite struct PointKernelsTests {
  private let tables = DecimalTables()

  private typealias Parser = (
    UnsafePointer<UInt8>, UnsafePointer<UInt8>, DecimalKernels, inout Double, inout Double
  ) -> Bool

  /// The bits of both coordinates, or `nil` where `parser` refuses the text.
  private func parse(_ text: String, _ parser: Parser) -> [UInt64]? {
    var x = 0.0
    var y = 0.0
    let isPoint = PaddedText(text).withPointers { start, end in
      parser(start, end, DecimalKernels(tables), &x, &y)
    }
    return isPoint == true ? [x.bitPattern, y.bitPattern] : nil
  }

  private func parseUsual(_ text: String) -> [UInt64]? {
    parse(text) { UsualPointKernels.parse($0, end: $1, numbers: $2, x: &$3, y: &$4) }
  }

  private func parseAny(_ text: String) -> [UInt64]? {
    parse(text) { PointKernels.parseAnySpelling($0, end: $1, numbers: $2, x: &$3, y: &$4) }
  }

  private func parseEither(_ text: String) -> [UInt64]? {
    parse(text) { PointKernels.parse($0, end: $1, numbers: $2, x: &$3, y: &$4) }
  }

  /// Every length that the quick way takes, and those around it, with and without a sign.
  @Test func readsEveryLengthAsTheSlowWayDoes() {
    for whole in 0...5 {
      for fraction in 0...18 {
        for sign in ["", "-"] {
          let digits = "1987".prefix(whole) + "." + "9071992547409931205".prefix(fraction)
          let number = sign + digits
          for text in ["POINT (\(number) -0.25)", "POINT (7.5 \(number))"] {
            let expected = parseAny(text)
            #expect(parseEither(text) == expected, "\(text)")
            #if arch(x86_64)
              let isUsual = (1...3).contains(whole) && (1...16).contains(fraction)
              #expect(parseUsual(text) == (isUsual ? expected : nil), "\(text)")
            #endif
          }
        }
      }
    }
  }

  @Test(arguments: [
    "POINT (1.5 2.5) ", " POINT (1.5 2.5)", "POINT (1.5  2.5)", "point (1.5 2.5)", "POINT(1.5 2.5)",
    "POINT (1 2)", "POINT (1e1 2.5)", "POINT (+1.5 2.5)", "SRID=4326;POINT (1.5 2.5)",
    "POINT (.5 2.5)", "POINT (1. 2.5)", "POINT ( 1.5 2.5 )", "POINT (1.5\t2.5)",
  ])
  func readsOtherSpellings(_ text: String) {
    #expect(parseUsual(text) == nil)
    #expect(parseEither(text) != nil, "\(text)")
  }

  @Test(arguments: [
    "", "P", "POINT (", "POINT (1.5", "POINT (1.5 2.5", "POINT (1.5 2.5)x", "POINT (1.5,2.5)",
    "POINT (1.5 2.5 3.5)", "POINT (1.5.5 2.5)", "POINT (--1.5 2.5)", "POINT (1.5 2-5)",
    "POINT (1/5 2.5)", "POINT (1.5 2:5)", "POINT (1.5 2.5))", "POINT (- 2.5)", "POINT (1.5-2.5)",
  ])
  func refuses(_ text: String) {
    #expect(parseUsual(text) == nil, "\(text)")
    #expect(parseEither(text) == nil, "\(text)")
  }

  @Test func readsRandomPointsAsTheSlowWayDoes() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    func number() -> String {
      let value = Double(Int64(bitPattern: random.next())) / 9.3e18 * 180
      let text = "\(value)"
      return String(text.prefix(text.count - Int(random.next() % 4)))
    }
    for _ in 0..<20_000 {
      let text = "POINT (\(number()) \(number()))"
      #expect(parseEither(text) == parseAny(text), "\(text), seed \(seed)")
    }
  }

  /// A byte changed anywhere is read as the slow way reads it.
  @Test func takesNothingThatTheSlowWayRefuses() {
    let text = Array("POINT (-13.45 105.123456789012)".utf8)
    for index in text.indices {
      for byte in UInt8(0x20)...0x7e {
        var changed = text
        changed[index] = byte
        let point = String(decoding: changed, as: UTF8.self)
        #expect(parseEither(point) == parseAny(point), "\(point)")
      }
    }
  }
}
