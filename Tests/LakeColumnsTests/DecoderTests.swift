@testable import LakeColumns
import LakeTestSupport
import Testing

@Suite("The page decoder")
struct DecoderTests {
  static func decode(
    _ bytes: [UInt8], rowCount: Int, nullCount: Int = 0
  ) throws(ColumnError) -> [UInt64] {
    var decoder = PageDecoder()
    var words = ColumnBuffer<UInt64>()
    var validity = ColumnBuffer<UInt64>()
    try decoder.decode(
      bytes.span, rowCount: rowCount, nullCount: nullCount, into: &words, validity: &validity)
    return words.array
  }

  static func expect(
    _ code: ColumnError.Code, _ bytes: [UInt8], rowCount: Int, nullCount: Int = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    do {
      _ = try decode(bytes, rowCount: rowCount, nullCount: nullCount)
      Issue.record("the page was taken", sourceLocation: sourceLocation)
    } catch {
      #expect(error.code == code, sourceLocation: sourceLocation)
    }
  }

  static let zeros = [UInt8](repeating: 0, count: 8)
  static let one: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 0]

  @Test("knows six encodings and refuses all other codes")
  func codes() {
    for code in UInt8.min...UInt8.max where PageEncoding(rawValue: code) == nil {
      Self.expect(.unknownEncoding, [code, 0] + Self.zeros, rowCount: 1)
    }
    #expect(PageEncoding.allCases.map(\.rawValue) == [1, 2, 3, 4, 5, 6])
  }

  @Test("refuses unknown flags and flags that contradict the null count")
  func flags() {
    for flags in UInt8(4)...255 { Self.expect(.outOfRange, [1, flags] + Self.zeros, rowCount: 1) }
    Self.expect(.outOfRange, [1, 1, 1] + Self.zeros, rowCount: 1)
    Self.expect(.outOfRange, [1, 0] + Self.zeros, rowCount: 2, nullCount: 1)
    Self.expect(.wrongLength, [1, 0] + Self.zeros, rowCount: 2, nullCount: 2)
  }

  @Test("refuses bitmaps with another count or bits past the last row")
  func bitmaps() throws {
    #expect(
      try Self.decode([1, 1, 0b10] + Self.one, rowCount: 2, nullCount: 1) == [0, 1])
    Self.expect(.outOfRange, [1, 1, 0b11] + Self.one, rowCount: 2, nullCount: 1)
    Self.expect(.outOfRange, [1, 1, 0b100] + Self.one, rowCount: 2, nullCount: 1)
    Self.expect(.wrongLength, [1, 1], rowCount: 2, nullCount: 1)
  }

  @Test("refuses widths above 64, a divisor of 0 and bits after the last value")
  func frameOfReference() throws {
    #expect(try Self.decode([2, 0] + Self.one + Self.one + [1, 0b10], rowCount: 2) == [1, 2])
    Self.expect(.outOfRange, [2, 0] + Self.one + Self.zeros + [1, 0b10], rowCount: 2)
    Self.expect(.outOfRange, [2, 0] + Self.one + Self.one + [1, 0b110], rowCount: 2)
    Self.expect(.wrongLength, [2, 0] + Self.one + Self.one + [1, 0b10, 0], rowCount: 2)
    for width in Array(UInt8(65)...127) + Array(193...255) {
      Self.expect(
        .outOfRange, [2, 0] + Self.one + Self.one + [width] + [UInt8](repeating: 0, count: 64),
        rowCount: 2)
    }
  }

  @Test("refuses unknown signs and shifts above 63")
  func orderedFloat() {
    for signs in [0, 4, 255] as [UInt8] {
      Self.expect(.outOfRange, [3, 0, signs, 0, 0] + Self.zeros, rowCount: 1)
    }
    Self.expect(.outOfRange, [3, 0, 1, 64, 0] + Self.zeros, rowCount: 1)
  }

  @Test("refuses dictionaries without words or too many, and indexes beyond them")
  func dictionary() throws {
    let three: [UInt8] = [4, 0, 3, 0] + Self.one + [2, 0b10_01_00]
    #expect(try Self.decode(three + [0b10_00_01_10], rowCount: 4) == [3, 2, 1, 3])
    Self.expect(.outOfRange, three + [0b11_00_01_10], rowCount: 4)
    Self.expect(.outOfRange, [4, 0, 0, 0] + Self.one + [0], rowCount: 4)
    Self.expect(.outOfRange, [4, 0, 1, 16] + Self.one + [0], rowCount: 4)
  }

  /// Two values, the second of them an exception.
  static let decimals: [UInt8] = [6, 0, 1, 2] + one + [1, 0, 0, 0, 0b00_10, 1] + one

  @Test("refuses exponents above 22, and exceptions too many, out of order or beyond the values")
  func decimalFloat() throws {
    #expect(try Self.decode(Self.decimals, rowCount: 2) == [(0.3).bitPattern, 1])
    var changed = Self.decimals
    changed[2] = 23
    Self.expect(.outOfRange, changed, rowCount: 2)
    changed = Self.decimals
    changed[12] = 3
    Self.expect(.outOfRange, changed, rowCount: 2)
    Self.expect(
      .outOfRange, [6, 0, 1, 2] + Self.one + [2, 0, 0, 0, 0b10, 0b11] + Self.one + Self.one,
      rowCount: 2)
    Self.expect(
      .outOfRange, [6, 0, 1, 0] + Self.one + [1, 0, 0, 0, 3] + Self.one, rowCount: 3)
    for length in 2..<Self.decimals.count {
      Self.expect(.wrongLength, Array(Self.decimals[..<length]), rowCount: 2)
    }
    Self.expect(.wrongLength, Self.decimals + [0], rowCount: 2)
  }

  @Test("ends with values or an error whatever bit of a decimal page is forged")
  func forgedDecimals() {
    let values = (0..<70).map { $0 % 9 == 0 ? UInt64(1) << 63 : (Double($0) / 100).bitPattern }
    var page = PageRoundTrip()(values, .float).bytes
    #expect(page[0] == PageEncoding.decimalFloat.rawValue)
    for index in page.indices {
      for bit in 0..<8 {
        page[index] ^= 1 << UInt8(bit)
        if let words = try? Self.decode(page, rowCount: 70) { #expect(words.count == 70) }
        page[index] ^= 1 << UInt8(bit)
      }
    }
  }

  @Test("refuses compressed bodies of another size, and bombs, before it asks for memory")
  func compressed() {
    let page = PageRoundTrip()((0..<4096).map { UInt64($0 % 8 % 5) }, .code).bytes
    for size in [0, 1, 1552, 1554, 32_833, UInt32.max] as [UInt32] {
      var changed = page
      for index in 0..<4 { changed[2 + index] = UInt8(truncatingIfNeeded: size >> (index * 8)) }
      #expect(throws: ColumnError.self, "\(size)") { try Self.decode(changed, rowCount: 4096) }
    }
    for index in 6..<page.count {
      Self.expect(.decompression, Array(page[..<index]), rowCount: 4096)
    }
  }

  @Test("ends with values or an error on any bytes", arguments: 0..<20)
  func anyBytes(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<500 {
      let rowCount = random.integer(in: 1..<200)
      var bytes = (0..<random.integer(in: 0..<400)).map { _ in
        random.chance(0.3) ? UInt8(truncatingIfNeeded: random.next()) : 0
      }
      if !bytes.isEmpty { bytes[0] = UInt8(random.integer(in: 0..<8)) }
      if bytes.count > 1 { bytes[1] = UInt8(random.integer(in: 0..<4)) }
      let nullCount = random.chance(0.5) ? 0 : random.integer(in: 0..<rowCount)
      if let words = try? Self.decode(bytes, rowCount: rowCount, nullCount: nullCount) {
        #expect(words.count == rowCount, "seed \(seed)")
      }
    }
  }
}
