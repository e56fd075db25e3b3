import LakeColumns
import LakeTestSupport
import Testing

/// A page made and read back by the package's own way.
struct PageRoundTrip {
  var encoder = PageEncoderBox()

  final class PageEncoderBox {
    var encoder = PageEncoder()
    var decoder = PageDecoder()
  }

  /// The page's bytes and summary; records an issue where its values do not come back.
  func callAsFunction(
    _ values: [UInt64], validity: [UInt64] = [], _ kind: WordKind, _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> (bytes: [UInt8], summary: ValueSummary) {
    var bytes = ColumnBuffer<UInt8>()
    let summary = encoder.encoder.encode(
      values.span, validity: validity.span, kind: kind, into: &bytes)
    let page = bytes.bytes(in: 0..<bytes.count)
    var words = ColumnBuffer<UInt64>([7, 7, 7])
    var bitmap = ColumnBuffer<UInt64>([7])
    do {
      try encoder.decoder.decode(
        page.span, rowCount: values.count, nullCount: values.count - summary.valueCount,
        into: &words, validity: &bitmap)
    } catch {
      Issue.record(error, comment, sourceLocation: sourceLocation)
    }
    #expect(words.array == values, comment, sourceLocation: sourceLocation)
    let isFull = summary.valueCount == values.count
    #expect(bitmap.array == (isFull ? [] : validity), comment, sourceLocation: sourceLocation)
    return (page, summary)
  }
}

@Suite("A page")
struct PageTests {
  let roundTrip = PageRoundTrip()

  static let awkwardFloats: [UInt64] = [
    0, 1 << 63, 1, 1 << 63 | 1, 0x000f_ffff_ffff_ffff, 0x0010_0000_0000_0000,
    Double.infinity.bitPattern, (-Double.infinity).bitPattern, Double.nan.bitPattern,
    0x7ff8_0000_dead_beef, 0xfff8_0000_0000_0001, 0x7ff0_0000_0000_0001, .max,
    Double.greatestFiniteMagnitude.bitPattern, (14.4378).bitPattern, (-0.1276).bitPattern,
  ]

  @Test("gives back doubles bit for bit: zeros, denormals, infinities and NaNs")
  func awkward() {
    for first in Self.awkwardFloats {
      _ = roundTrip([first], .float)
      for second in Self.awkwardFloats {
        _ = roundTrip([first, second], .float)
        for third in Self.awkwardFloats { _ = roundTrip([first, second, third], .float) }
      }
    }
    _ = roundTrip(Self.awkwardFloats, .float)
  }

  @Test("gives back integers at the ends of their range")
  func integers() {
    let ends: [Int64] = [.min, .min + 1, -1, 0, 1, 1_000_000, .max - 1, .max]
    for first in ends {
      for second in ends {
        for third in ends {
          _ = roundTrip([first, second, third].map { UInt64(bitPattern: $0) }, .integer)
        }
      }
    }
  }

  @Test("gives back random values of every spread and length", arguments: 0...63)
  func random(width: Int) {
    var random = SeededRandom(seed: UInt64(width) + 1000)
    for count in [1, 2, 63, 64, 65, 300] {
      for kind in [WordKind.integer, .code, .float] {
        let base = random.next()
        let step = UInt64(random.integer(in: 1..<5))
        let values = (0..<count).map { _ in
          base &+ (random.next() >> UInt64(63 - width)) &* step
        }
        _ = roundTrip(values, kind, "width \(width), count \(count)")
      }
    }
  }

  @Test("gives back decimals of every power, and whatever stands among them", arguments: 0...22)
  func decimals(exponent: Int) {
    var random = SeededRandom(seed: UInt64(exponent))
    let powers = (0...22).map { Double("1e\($0)") ?? .nan }
    for count in [1, 2, 33, 64, 65, 1000] {
      for width in [1, 8, 20, 31, 40, 51, 52, 53] {
        for chance in [0, 0.02, 0.2] {
          let values = (0..<count).map { _ in
            if random.chance(chance) {
              return Self.awkwardFloats[random.integer(in: 0..<Self.awkwardFloats.count)]
            }
            let integer = Int64(random.next() >> UInt64(64 - width))
            return (Double(random.chance(0.5) ? integer : -integer) / powers[exponent]).bitPattern
          }
          _ = roundTrip(values, .float, "10^-\(exponent), \(width) bits, \(count) values")
        }
      }
    }
  }

  @Test("keeps nulls apart, whatever rows have them", arguments: [1, 5, 63, 64, 65, 130])
  func nulls(rowCount: Int) {
    var random = SeededRandom(seed: UInt64(rowCount))
    for chance in [0, 0.1, 0.5, 0.9, 1] {
      var validity = [UInt64](repeating: 0, count: ValidityBitmap.wordCount(rowCount: rowCount))
      let values = (0..<rowCount).map { row in
        guard random.chance(chance) else { return UInt64(0) }
        validity[row / 64] |= 1 << UInt64(row % 64)
        return random.next()
      }
      let valid = validity.reduce(0) { $0 + $1.nonzeroBitCount }
      let (bytes, summary) = roundTrip(values, validity: validity, .integer)
      #expect(summary.valueCount == valid)
      #expect(bytes.isEmpty == (valid == 0))
    }
  }

  @Test("[ZM-2] knows its exact range without NaNs, zeros widened")
  func summaries() {
    func float(_ values: [Double]) -> ValueSummary {
      roundTrip(values.map(\.bitPattern), .float).summary
    }
    #expect(
      float([1, .nan, -2, 3])
        == ValueSummary(
          valueCount: 4, nanCount: 1, minimum: (-2.0).bitPattern, maximum: 3.0.bitPattern))
    #expect(
      float([0, 5])
        == ValueSummary(
          valueCount: 2, nanCount: 0, minimum: (-0.0).bitPattern, maximum: 5.0.bitPattern))
    #expect(
      float([-5, -0.0])
        == ValueSummary(
          valueCount: 2, nanCount: 0, minimum: (-5.0).bitPattern, maximum: 0))
    #expect(
      float([.nan, .nan]) == ValueSummary(valueCount: 2, nanCount: 2, minimum: 0, maximum: 0))
    #expect(
      roundTrip([5, UInt64(bitPattern: -3)], .integer).summary
        == ValueSummary(
          valueCount: 2, nanCount: 0, minimum: UInt64(bitPattern: -3), maximum: 5))
  }
}
