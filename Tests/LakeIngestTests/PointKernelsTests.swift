import Glibc
import LakeTestSupport
import Testing

@testable import LakeIngest

/// Texts that all ways of reading points are tried with.
enum PointTexts {
  /// Numbers at the limits of doubles, of vectors and of the earth.
  static let numbers = [
    "9.007199254740991", "9.007199254740992", "9.007199254740993", "9.007199254740995",
    "90.07199254740993", "0.9007199254740993", "0.1234567890123456", "0.0000000000000001",
    "9.999999999999999", "99.99999999999999", "1.7976931348623157", "12.345678901234567",
    "179.99999999999999", "99.999999999999999", "00.123456789012345", "001.5", "000.25", "0.0",
    "0.50000000000000011", "1.0000000000000001", "4.5035996273704961", "8.5", "1.0", "45.",
    "1.00000000000000011", "2.2204460492503131", "1.0000000000000002", "89.999999999999999",
    "180.0", "180.00000000000001", "180.00000000000003", "90.000000000000001", "90.00000000000001",
  ]

  /// Places off the earth, and at zero.
  static let offEarth = [
    "POINT (0.0 0.0)", "POINT (-0.0 0.000)", "POINT (180.5 1.5)", "POINT (-180.00000000000003 1.5)",
    "POINT (1.5 90.5)", "POINT (1.5 -90.00000000000002)", "POINT (999.5 999.5)",
  ]

  /// Points that are not spelt as usual.
  static let otherSpellings = [
    "POINT (1.5 2.5) ", " POINT (1.5 2.5)", "POINT (1.5  2.5)", "point (1.5 2.5)", "POINT(1.5 2.5)",
    "POINT (1 2)", "POINT (1e1 2.5)", "POINT (+1.5 2.5)", "SRID=4326;POINT (1.5 2.5)",
    "POINT (.5 2.5)", "POINT ( 1.5 2.5 )", "POINT (1.5\t2.5)",
  ]

  static let noPoints = [
    "", "P", "POINT (", "POINT (1.5", "POINT (1.5 2.5", "POINT (1.5 2.5)x", "POINT (1.5,2.5)",
    "POINT (1.5 2.5 3.5)", "POINT (1.5.5 2.5)", "POINT (--1.5 2.5)", "POINT (1.5 2-5)",
    "POINT (1/5 2.5)", "POINT (1.5 2:5)", "POINT (1.5 2.5))", "POINT (- 2.5)", "POINT (1.5-2.5)",
  ]

  /// Of seventeen digits mostly: one that names a double, one beside it, or one between two doubles.
  static func numberBesideDouble(_ random: inout SeededRandom) -> String {
    let value = Double(random.next() % 90_000_000) / 1e6 + 1 / 3.0
    let number = String("\((value + value.nextUp) / 2)".prefix(18))
    return number.dropLast() + "\(random.next() % 10)"
  }
}

@Suite struct PointKernelsTests {
  private let tables = DecimalTables()

  /// The bits of both coordinates, or `nil` where the quick way leaves the text to the slow one.
  private func parseUsual(_ text: String) -> [UInt64]? {
    var words: [UInt64] = [0, 0]
    let isPoint = PaddedText(text).withPointers { start, end in
      words.withUnsafeMutableBufferPointer { place in
        place.baseAddress.map {
          UsualPointKernels.parse(start, end: end, numbers: DecimalKernels(tables), into: $0)
        }
      }
    }
    return isPoint == true ? words : nil
  }

  /// The bits of both coordinates, or `nil` where the slow way refuses the text.
  private func parseAny(_ text: String) -> [UInt64]? {
    var x = 0.0
    var y = 0.0
    let isPoint = PaddedText(text).withPointers { start, end in
      PointKernels.parse(start, end: end, numbers: DecimalKernels(tables), x: &x, y: &y)
    }
    return isPoint == true ? [x.bitPattern, y.bitPattern] : nil
  }

  private func parseEither(_ text: String) -> [UInt64]? { parseUsual(text) ?? parseAny(text) }

  /// Every length that the quick way takes, and those around it, with and without a sign.
  @Test func readsEveryLengthAsTheSlowWayDoes() {
    for whole in 0...5 {
      for fraction in 0...18 {
        for sign in ["", "-"] {
          let digits = "0876".suffix(whole) + "." + "9071992547409931205".prefix(fraction)
          let number = sign + digits
          for (text, limit) in [("POINT (\(number) -0.25)", 180.0), ("POINT (7.5 \(number))", 90)] {
            #expect(parseEither(text) == parseAny(text), "\(text)")
            #if arch(x86_64)
              let isUsual =
                whole >= 1 && whole + fraction <= 17 && (Double(digits) ?? 0) <= limit
              #expect((parseUsual(text) != nil) == isUsual, "\(text)")
            #endif
          }
        }
      }
    }
  }

  @Test(arguments: PointTexts.numbers)
  func readsAsTheCLibraryDoes(_ number: String) {
    for sign in ["", "-"] {
      for text in ["POINT (\(sign + number) 7.25)", "POINT (-7.25 \(sign + number))"] {
        let isFirst = text.hasSuffix("7.25)")
        let value = strtod(sign + number, nil).bitPattern
        let expected = isFirst ? [value, 7.25.bitPattern] : [(-7.25).bitPattern, value]
        #expect(parseEither(text) == expected, "\(text)")
      }
    }
  }

  /// Seventeen digits that name a double, those beside them, and those between two doubles.
  @Test func readsNumbersBesideDoublesAsTheCLibraryDoes() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    var usualCount = 0
    for _ in 0..<20_000 {
      let digits = PointTexts.numberBesideDouble(&random)
      let text = "POINT (\(digits) -\(digits))"
      let expected = strtod(digits, nil)
      if parseUsual(text) != nil { usualCount += 1 }
      #expect(
        parseEither(text) == [expected.bitPattern, (-expected).bitPattern], "\(text), seed \(seed)")
    }
    #if arch(x86_64)
      #expect(usualCount > 19_900, "seed \(seed)")
    #endif
  }

  /// What must be looked at again is left to the slow way.
  @Test(arguments: PointTexts.offEarth)
  func leavesPlacesOffTheEarthAndZero(_ text: String) {
    #expect(parseUsual(text) == nil)
    #expect(parseAny(text) != nil)
  }

  @Test(arguments: PointTexts.otherSpellings)
  func readsOtherSpellings(_ text: String) {
    #expect(parseUsual(text) == nil)
    #expect(parseEither(text) != nil, "\(text)")
  }

  @Test(arguments: PointTexts.noPoints)
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
