import LakeTestSupport
import Testing

@testable import LakeColumns

/// What a page's encoded form says of its rows is what their values say.
@Suite("A page held against a range")
struct PageSelectorTests {
  /// Encodes `words` and holds them against `range`; `nil` where the page has to be decoded.
  private func keep(
    _ words: [UInt64], _ kind: WordKind, in range: ValueRange, selection: [UInt64]
  ) throws -> [UInt64]? {
    var encoder = PageEncoder()
    var bytes = ColumnBuffer<UInt8>()
    _ = encoder.encode(words.span, validity: Span(), kind: kind, into: &bytes)
    var bits = ColumnBuffer<UInt64>(selection)
    let isKept = try PageSelector.keep(
      bytes.span, rowCount: words.count, nullCount: 0, in: range, selection: &bits)
    if !isKept { #expect(bits.array == selection) }
    return isKept ? bits.array : nil
  }

  private func bits(_ rows: [Bool]) -> [UInt64] {
    var bits = [UInt64](repeating: 0, count: (rows.count + 63) / 64)
    for (row, isSet) in rows.enumerated() where isSet { bits[row / 64] |= 1 << UInt64(row % 64) }
    return bits
  }

  /// - Returns: Whether the encoded form could tell.
  @discardableResult
  private func check(
    _ words: [UInt64], _ kind: WordKind, _ range: ValueRange, selection: [Bool]? = nil,
    _ comment: Comment? = nil
  ) throws -> Bool {
    let selected = selection ?? words.map { _ in true }
    guard let kept = try keep(words, kind, in: range, selection: bits(selected)) else {
      return false
    }
    let expected = zip(words, selected).map { word, isSelected in
      guard isSelected else { return false }
      switch range {
      case .integers(let range): return range.contains(Int64(bitPattern: word))
      case .doubles(let range):
        let value = Double(bitPattern: word)
        return value >= range.lowerBound && value <= range.upperBound
      }
    }
    #expect(kept == bits(expected), comment ?? "\(words) in \(range)")
    return true
  }

  static let doubles: [Double] = [
    -.infinity, -.greatestFiniteMagnitude, -13.5, (-13.5).nextUp, -1, -.leastNonzeroMagnitude,
    -0.0, 0, .leastNonzeroMagnitude, 1, 13.4.nextDown, 13.4, 13.4.nextUp, 180, .infinity,
  ]

  @Test("agrees on three doubles of all kinds between edges of all kinds")
  func doubles() throws {
    var toldCount = 0
    for first in Self.doubles + [.nan, -.nan] {
      for second in Self.doubles + [.nan] {
        for third in [first, 13.4, -13.5] {
          let words = [first, second, third].map(\.bitPattern)
          for low in Self.doubles {
            for high in Self.doubles where low <= high {
              if try check(words, .float, .doubles(low...high)) { toldCount += 1 }
            }
          }
        }
      }
    }
    #expect(toldCount > 10_000)
  }

  @Test("agrees on integers at the ends of their range")
  func integers() throws {
    let ends: [Int64] = [.min, .min + 1, -1_000_000, -1, 0, 1, 1_000_000, .max - 1, .max]
    var toldCount = 0
    for first in ends {
      for second in ends {
        for third in ends {
          let words = [first, second, third].map { UInt64(bitPattern: $0) }
          for low in ends {
            for high in ends where low <= high {
              if try check(words, .integer, .integers(low...high)) { toldCount += 1 }
            }
          }
        }
      }
    }
    #expect(toldCount > 10_000)
  }

  @Test("agrees on every small multiple, with edges on and between them")
  func multiples() throws {
    for divisor in Int64(1)...5 {
      for start in Int64(-7)...7 {
        let words = (0..<9).map { UInt64(bitPattern: start + $0 * divisor) }
        for low in Int64(-10)...55 {
          for length in Int64(0)...12 {
            let isTold = try check(words, .integer, .integers(low...low + length))
            #expect(isTold)
          }
        }
      }
    }
  }

  @Test("agrees on random pages of every width, length and sign", arguments: 0...52)
  func random(width: Int) throws {
    var random = SeededRandom(seed: UInt64(width) + 7000)
    let spread = UInt64(1) << UInt64(width)
    for rowCount in [1, 63, 64, 65, 128, 300] {
      for signs in 0..<3 {
        let start = (0.25 + random.fraction() * 50).bitPattern
        let words = (0..<rowCount).map { _ -> UInt64 in
          let isNegative = signs == 1 || signs == 2 && random.chance(0.5)
          return start + random.next() % spread | (isNegative ? 1 << 63 : 0)
        }
        let selection = (0..<rowCount).map { $0 / 64 % 2 == 0 || random.chance(0.1) }
        for _ in 0..<4 {
          var edges = (0..<2).map { _ in
            Double(bitPattern: words[random.integer(in: 0..<rowCount)])
          }
          if random.chance(0.5) { edges[0] = edges[0].nextUp }
          if random.chance(0.2) { edges[1] = -edges[1] }
          let isTold = try check(
            words, .float, .doubles(edges.min()!...edges.max()!), selection: selection,
            "seed \(width + 7000), \(rowCount) rows, signs \(signs)")
          #expect(isTold || signs == 2 || rowCount > 60)
        }
      }
    }
  }

  @Test("agrees on decimals, with edges on them and right beside them", arguments: 0...7)
  func decimals(exponent: Int) throws {
    let power = (0..<exponent).reduce(1.0) { product, _ in product * 10 }
    var random = SeededRandom(seed: UInt64(exponent) + 9000)
    var toldCount = 0
    for rowCount in [1, 2, 64, 65, 300] {
      let integers = (0..<rowCount).map { _ in random.integer(in: -2000..<2000) }
      let words = integers.map { (Double($0 == 0 ? 1 : $0) / power).bitPattern }
      for _ in 0..<60 {
        let edges = (0..<2).map { _ -> Double in
          let edge = Double(bitPattern: words[random.integer(in: 0..<rowCount)])
          return [edge, edge.nextUp, edge.nextDown, edge * 3, 0][random.integer(in: 0..<5)]
        }
        if try check(
          words, .float, .doubles(edges.min()!...edges.max()!), "seed \(exponent + 9000)")
        {
          toldCount += 1
        }
      }
    }
    #expect(toldCount >= 60)
  }

  @Test("agrees on every small width, reference and exponent of decimals, where sums do not wrap")
  func decimalPages() throws {
    for reference in [Int64.min, -9, -1, 0, 1, 7, .max - 7, .max - 6, .max] {
      for exponent in [0, 1, 3, 22] {
        let numbers: [UInt64] = [0, 1, 2, 3, 4, 5, 6, 7]
        let page = decimalPage(numbers, width: 3, reference: reference, exponent: exponent)
        let words = try DecoderTests.decode(page, rowCount: 8)
        let values = words.map { Double(bitPattern: $0) }
        let edges = values + values.map(\.nextUp) + values.map(\.nextDown)
        for low in edges {
          for high in edges where low <= high {
            var bits = ColumnBuffer<UInt64>([0xff])
            let isTold = try PageSelector.keep(
              page.span, rowCount: 8, nullCount: 0, in: .doubles(low...high), selection: &bits)
            #expect(isTold == (reference <= .max - 7))
            let expected = self.bits(values.map { (low...high).contains($0) })
            if isTold { #expect(bits.array == expected, "\(reference) / 10^\(exponent)") }
          }
        }
      }
    }
  }

  private func decimalPage(
    _ numbers: [UInt64], width: Int, reference: Int64, exponent: Int
  ) -> [UInt8] {
    var bytes = ColumnBuffer<UInt8>([
      PageEncoding.decimalFloat.rawValue, 0, UInt8(exponent), UInt8(width),
    ])
    bytes.append(number: reference)
    bytes.append(number: UInt32(0))
    BitPacking.pack(numbers.span, width: width, into: &bytes)
    return bytes.bytes(in: 0..<bytes.count)
  }

  @Test("agrees on frames and on decimals with exceptions", arguments: 0..<40)
  func frames(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var toldCount = 0
    for rowCount in [65, 128, 300, 1000] {
      let numbers = FrameTests.wandering(
        count: rowCount, width: random.integer(in: 0..<20), random: &random)
      let oddChance = random.chance(0.5) ? 0 : 0.05
      let negativeChance = random.chance(0.5) ? 0 : 0.3
      let decimals = numbers.map { number in
        if random.chance(oddChance) {
          return Self.doubles[random.integer(in: 0..<Self.doubles.count)]
        }
        return (Double(number) - 1000) / 1000
      }
      let floats = numbers.map { number in
        let sign: UInt64 = random.chance(negativeChance) ? 1 << 63 : 0
        return (0.3.bitPattern + number) | sign
      }
      let selection = (0..<rowCount).map { $0 / 64 % 3 != 0 || random.chance(0.1) }
      for _ in 0..<20 {
        let edges = (0..<2).map { _ in numbers[random.integer(in: 0..<rowCount)] }.sorted()
        let signed = edges.map { Int64($0) + Int64(random.integer(in: 0..<3)) - 1 }.sorted()
        let isInteger = try check(
          numbers, .integer, .integers(signed[0]...signed[1]), selection: selection,
          "seed \(seed), \(rowCount) rows")
        let places = (0..<2).map { _ in decimals[random.integer(in: 0..<rowCount)] }.sorted()
        let low = random.chance(0.5) ? places[0].nextUp : places[0]
        let isDecimal = try check(
          decimals.map(\.bitPattern), .float, .doubles(low...max(low, places[1])),
          selection: selection, "seed \(seed), \(rowCount) decimals")
        let magnitudes = edges.map { Double(bitPattern: 0.3.bitPattern + $0) }
        try check(
          floats, .float, .doubles(-magnitudes[0]...magnitudes[1]), selection: selection,
          "seed \(seed), \(rowCount) floats")
        toldCount += (isInteger ? 1 : 0) + (isDecimal ? 1 : 0)
      }
    }
    #expect(toldCount > 80)
  }

  @Test("refuses the damage that decoding refuses")
  func damage() throws {
    var encoder = PageEncoder()
    var bytes = ColumnBuffer<UInt8>()
    let words = (0..<5).map { Double($0 + 3).bitPattern | 1 }
    _ = encoder.encode(words.span, validity: Span(), kind: .float, into: &bytes)
    let page = bytes.bytes(in: 0..<bytes.count)
    var refusedCount = 0
    for index in page.indices {
      for value in UInt8.min...UInt8.max {
        var damaged = page
        damaged[index] = value
        refusedCount += try checkRefusal(damaged, rowCount: words.count) ? 1 : 0
      }
    }
    for count in 0..<page.count {
      let isRefused = try checkRefusal(Array(page.prefix(count)), rowCount: words.count)
      #expect(isRefused)
    }
    #expect(try checkRefusal(page + [0], rowCount: words.count))
    #expect(refusedCount > 256)
  }

  /// Where decoding throws, so does the encoded form or it leaves the page to be decoded; where decoding
  /// gives words, the encoded form agrees with them.
  private func checkRefusal(_ page: [UInt8], rowCount: Int) throws -> Bool {
    let range = 3.5...5.5
    var bits = ColumnBuffer<UInt64>([1 << UInt64(rowCount) - 1])
    let words = try? DecoderTests.decode(page, rowCount: rowCount)
    do {
      let isKept = try PageSelector.keep(
        page.span, rowCount: rowCount, nullCount: 0, in: .doubles(range), selection: &bits)
      guard isKept else { return words == nil }
      let decoded = try #require(words, "decoding refuses \(page)")
      let expected = decoded.map { range.contains(Double(bitPattern: $0)) }
      #expect(bits.array == self.bits(expected), "\(page)")
      return false
    } catch is ColumnError {
      #expect(words == nil, "decoding takes \(page)")
      return true
    }
  }
}
