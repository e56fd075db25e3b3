import Glibc
import LakeTestSupport
import Testing

@testable import LakeIngest

@Suite struct DecimalKernelsTests {
  private let tables = DecimalTables()

  /// The number that all of `text` is, or `nil`.
  private func parse(_ text: String) -> Double? {
    let kernels = DecimalKernels(tables)
    let parsed = PaddedText(text).withPointers { start, end -> Double? in
      var cursor = start
      var value = 0.0
      return kernels.parse(&cursor, end: end, into: &value) && cursor == end ? value : nil
    }
    return parsed ?? nil
  }

  @Test(arguments: [
    "0", "-0", "1", "14.4973794438195", "50.00136875782316", "-0.1278", "9007199254740993",
    "9007199254740992.5", "1e22", "1e23", "8.5e-20", "1.7976931348623157e308", "5e-324",
    "2.2250738585072011e-308", "123456789012345678", "12345678901234567890123", "0.1e1",
    "179.99999999999999999999", "1e-400", "00012.5", "4.9406564584124654e-324", ".5", "5.", "+5",
    "0.000000000000000000000000000001", "90071992547409915e-1", "3e0", "1E5", "1e+5",
  ])
  func readsAsTheCLibraryDoes(_ text: String) {
    #expect(parse(text)?.bitPattern == strtod(text, nil).bitPattern, "\(text)")
  }

  @Test(arguments: [
    "", "-", "+", ".", "-.", "e5", "1e", "1e+", "nan", "inf", "-inf", "infinity", "0x1p3", "1e400",
    "-1e309", "1,5", "1 5", "1_000", "--1", "1.2.3", "१",
  ])
  func refuses(_ text: String) {
    #expect(parse(text) == nil, "\(text)")
  }

  /// Digits of every length behind every number of leading digits: all word borders of the scanner.
  @Test func readsEveryLengthOfDigits() {
    for whole in 0...21 {
      for fraction in 0...21 where whole + fraction > 0 {
        let text =
          String(repeating: "7", count: whole) + "." + String(repeating: "3", count: fraction)
        #expect(parse(text)?.bitPattern == strtod(text, nil).bitPattern, "\(text)")
      }
    }
  }

  /// Ten million decimals in an optimised run; a sample of them otherwise.
  @Test func readsRandomDecimalsAsTheCLibraryDoes() {
    #if DEBUG
      let count = 100_000
    #else
      let count = 10_000_000
    #endif
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let kernels = DecimalKernels(tables)
    var failures = 0
    for _ in 0..<count {
      var text = Self.randomDecimal(&random)
      let byteCount = text.count
      text += Array(repeating: 0, count: Chunk.padding)
      let isSame = text.withUnsafeBufferPointer { buffer -> Bool in
        guard let start = buffer.baseAddress else { return false }
        var cursor = start
        var value = 0.0
        let isNumber = kernels.parse(&cursor, end: start + byteCount, into: &value)
        let expected = start.withMemoryRebound(to: CChar.self, capacity: buffer.count) {
          strtod($0, nil)
        }
        guard expected.isFinite else { return !isNumber }
        return isNumber && cursor == start + byteCount && value.bitPattern == expected.bitPattern
      }
      if !isSame, failures < 5 {
        failures += 1
        Issue.record("\(String(decoding: text, as: UTF8.self)), seed \(seed)")
      }
    }
    #expect(failures == 0)
  }

  /// Half of them like coordinates, the others of any size.
  private static func randomDecimal(_ random: inout SeededRandom) -> [UInt8] {
    var text: [UInt8] = random.next() & 1 == 0 ? [] : [Ascii.minus]
    func digits(_ count: Int) {
      for _ in 0..<count { text.append(Ascii.zero + UInt8(random.next() % 10)) }
    }
    let isCoordinate = random.next() & 1 == 0
    digits(1 + Int(random.next() % (isCoordinate ? 3 : 18)))
    text.append(Ascii.point)
    digits(1 + Int(random.next() % (isCoordinate ? 17 : 24)))
    if !isCoordinate, random.next() & 1 == 0 {
      text += Array("e\(Int(random.next() % 640) - 330)".utf8)
    }
    return text
  }
}
