import Glibc
import LakeAVX512
import LakeTestSupport
import Testing

@testable import LakeIngest

#if arch(x86_64)
  /// The kernels that a processor with AVX-512 runs give what the others give.
  @Suite(.enabled(if: Processor.hasAVX512, "needs a processor with AVX-512 VBMI2"))
  struct WideKernelsTests {
    private let tables = DecimalTables()

    /// The bits of the points of each row, or `nil` where the row is left.
    ///
    /// - Parameter shapes: What is known of spellings.
    private func parse(
      _ rows: [(origin: String, destination: String)],
      knowing shapes: KnownPointShapes = KnownPointShapes()
    ) -> [[UInt64]?] {
      var text: [UInt8] = []
      var (starts, ends): ([UInt32], [UInt32]) = ([], [])
      for field in rows.flatMap({ [$0.origin, $0.destination] }) {
        starts.append(UInt32(text.count))
        text += Array(field.utf8)
        ends.append(UInt32(text.count))
        text.append(Ascii.comma)
      }
      // Digits, so that a kernel that took them for the text's would show.
      text += Array(repeating: 0x37, count: Chunk.padding)
      let stride = TripRow.wordCount
      var words = Array(repeating: UInt64.max, count: rows.count * stride)
      var unread = Array(repeating: UInt32.max, count: rows.count)
      var scratch = Array(repeating: UInt32.max, count: 3 * rows.count)
      var unreadCount = 0
      text.withUnsafeBufferPointer { text in
        starts.withUnsafeBufferPointer { starts in
          ends.withUnsafeBufferPointer { ends in
            words.withUnsafeMutableBufferPointer { words in
              unread.withUnsafeMutableBufferPointer { unread in
                scratch.withUnsafeMutableBufferPointer { scratch in
                  guard let text = text.baseAddress, let starts = starts.baseAddress,
                    let ends = ends.baseAddress, let words = words.baseAddress,
                    let unread = unread.baseAddress, let scratch = scratch.baseAddress
                  else { return }
                  unreadCount = WidePointKernels.parse(
                    text, starts: starts, startShift: 0, ends: ends, fieldCount: 2, origin: 0,
                    destination: 1, rowCount: rows.count, into: words, placeStride: stride,
                    shapes: shapes.memory, scratch: scratch, unread: unread)
                }
              }
            }
          }
        }
      }
      let left = Set(unread.prefix(unreadCount).map(Int.init))
      #expect(left.count == unreadCount)
      return rows.indices.map { row in
        left.contains(row) ? nil : Array(words[row * stride..<row * stride + 4])
      }
    }

    /// The bits of a point, or `nil` where it is left: as an origin and as a destination, among rows of short numbers
    /// and among rows of long ones.
    private func parse(_ text: String) -> [UInt64]? {
      let short = "POINT (9.5 -8.25)"
      let long = "POINT (12.345678901234567 -8.2500000000000011)"
      var results: [[UInt64]?] = []
      for other in [short, long] {
        let others = Array(repeating: (origin: other, destination: other), count: 18)
        let rows = parse(others + [(text, other), (other, text)])
        #expect(rows.dropLast(2).allSatisfy { $0 != nil }, "\(text)")
        results += [rows[18].map { Array($0[..<2]) }, rows[19].map { Array($0[2...]) }]
      }
      #expect(results.allSatisfy { $0 == results[0] }, "\(text)")
      return results[0]
    }

    /// The bits of a point as the slow way reads it.
    private func parseSlowly(_ text: String) -> [UInt64]? {
      var (x, y) = (0.0, 0.0)
      let isPoint = PaddedText(text).withPointers { start, end in
        PointKernels.parse(start, end: end, numbers: DecimalKernels(tables), x: &x, y: &y)
      }
      return isPoint == true ? [x.bitPattern, y.bitPattern] : nil
    }

    /// Every length, with and without a sign: one of up to seventeen digits around a point is read.
    @Test func readsEveryLength() {
      for whole in 0...5 {
        for fraction in 0...18 {
          for sign in ["", "-"] {
            let digits = "0876".suffix(whole) + "." + "9071992547409931205".prefix(fraction)
            let number = sign + digits
            for (text, limit) in [
              ("POINT (\(number) -0.25)", 180.0), ("POINT (7.5 \(number))", 90),
            ] {
              let digitCount = digits.count - 1
              let wholeCount = digits.prefix { $0 != "." }.count
              let isUsual =
                wholeCount >= 1 && fraction >= 1 && digitCount <= 17
                && (Double(digits) ?? 0) <= limit
              let words = parse(text)
              #expect((words != nil) == isUsual, "\(text)")
              if let words { #expect(words == parseSlowly(text), "\(text)") }
            }
          }
        }
      }
    }

    @Test(arguments: PointTexts.numbers)
    func readsAsTheCLibraryDoes(_ number: String) {
      for sign in ["", "-"] {
        for text in ["POINT (\(sign + number) 7.25)", "POINT (-7.25 \(sign + number))"] {
          let value = strtod(sign + number, nil).bitPattern
          guard let words = parse(text) else {
            let limit = text.hasSuffix("7.25)") ? 180.0 : 90
            let isOffEarth = (Double(number) ?? 0) > limit
            #expect(isOffEarth || number.hasSuffix(".") || number.count > 18, "\(text)")
            continue
          }
          #expect(words[text.hasSuffix("7.25)") ? 0 : 1] == value, "\(text)")
        }
      }
    }

    @Test(arguments: PointTexts.offEarth + PointTexts.otherSpellings + PointTexts.noPoints)
    func leaves(_ text: String) {
      #expect(parse(text) == nil, "\(text)")
    }

    /// Seventeen digits that name a double, those beside them, and those between two doubles.
    @Test func readsNumbersBesideDoublesAsTheCLibraryDoes() {
      let seed = UInt64.random(in: 0...UInt64.max)
      var random = SeededRandom(seed: seed)
      let rows = (0..<20_000).map { _ in
        let digits = PointTexts.numberBesideDouble(&random)
        let end = random.next() % 4 == 0 ? "7.5" : digits
        return (origin: "POINT (\(digits) -\(end))", destination: "POINT (-\(end) \(digits))")
      }
      let read = parse(rows)
      #expect(read.count { $0 != nil } > 19_800, "seed \(seed)")
      for (row, words) in zip(rows, read) {
        guard let words else { continue }
        let expected = [row.origin, row.destination].compactMap { parseSlowly($0) }.flatMap { $0 }
        #expect(words == expected, "\(row), seed \(seed)")
      }
    }

    /// A byte changed anywhere is left, or read as the slow way reads it, where the spelling of the text is known.
    @Test func takesNothingThatTheSlowWayRefuses() {
      let text = Array("POINT (-13.45 75.123456789012)".utf8)
      let original = String(decoding: text, as: UTF8.self)
      for index in text.indices {
        for byte in UInt8(0x20)...0x7e {
          var changed = text
          changed[index] = byte
          let point = String(decoding: changed, as: UTF8.self)
          let shapes = KnownPointShapes()
          let rows = parse(
            [(original, original), (point, original), (original, point)], knowing: shapes)
          #expect(rows[0] != nil)
          let expected = parseSlowly(point)
          for words in [rows[1].map { Array($0[..<2]) }, rows[2].map { Array($0[2...]) }] {
            #expect(words == nil || words == expected, "\(point)")
          }
        }
      }
    }

    /// A text whose first bytes are a known one, and which is longer by as many bytes as a word has bits.
    @Test func leavesWhatGoesOnBehindAKnownText() {
      let text = "POINT (1.5 2.5)"
      for byteCount in [1, 16, 48, 64, 128] {
        let longer = text + String(repeating: " ", count: byteCount)
        let rows = parse([(text, text), (longer, text), (text, longer)])
        #expect(rows[0] == [1.5, 2.5, 1.5, 2.5].map(\.bitPattern))
        #expect(rows[1] == nil && rows[2] == nil, "\(byteCount)")
      }
    }

    /// Some five hundred spellings are kept, and with them in place all is read as before.
    @Test func readsKnownSpellingsAmongManyOthers() {
      let numbers = (1...3).flatMap { whole in
        (1...13).map { "109".prefix(whole) + "." + "1234567890123".prefix($0) }
      }
      let texts = numbers.flatMap { x in
        numbers.filter { !$0.hasPrefix("109") }.map { "POINT (\(x) \($0))" }
      }
      let shapes = KnownPointShapes()
      let rows = texts.map { (origin: $0, destination: $0) }
      let first = parse(rows, knowing: shapes)
      let count = first.count { $0 != nil }
      #expect(count > 480 && count < 512, "\(count)")
      for (text, words) in zip(texts, first) {
        guard let words else { continue }
        #expect(Array(words[..<2]) == parseSlowly(text), "\(text)")
      }
      #expect(parse(rows, knowing: shapes) == first)
    }

    /// Delimiters and line ends, few and many, in texts of every length up to four blocks.
    @Test func findsTheSameStructure() {
      let seed = UInt64.random(in: 0...UInt64.max)
      var random = SeededRandom(seed: seed)
      for count in 0...256 {
        for density in [UInt64(1), 8, 32] {
          var text = (0..<count).map { _ -> UInt8 in
            guard random.next() % density == 0 else { return 0x61 }
            return [Ascii.comma, Ascii.comma, Ascii.lineFeed, Ascii.carriageReturn][
              Int(random.next() % 4)]
          }
          // Line ends alone, as nearly all files have them.
          if count.isMultiple(of: 2) { text = text.map { $0 == Ascii.carriageReturn ? 0x61 : $0 } }
          text += Array(repeating: 0x61, count: Chunk.padding)
          var positions = Array(
            repeating: Array(repeating: UInt32.max, count: count + StructureKernels.spareCount),
            count: 2)
          let narrow = positions[0].withUnsafeMutableBufferPointer { positions in
            StructureKernels.narrowStructure(
              text, count: count, delimiter: Ascii.comma, positions: positions.baseAddress!)
          }
          let wide = positions[1].withUnsafeMutableBufferPointer { positions in
            WideStructureKernels.structure(
              text, count: count, delimiter: Ascii.comma, positions: positions.baseAddress!)
          }
          #expect(wide.positionCount == narrow.positionCount, "\(count), seed \(seed)")
          #expect(wide.lineFeedCount == narrow.lineFeedCount, "\(count), seed \(seed)")
          #expect(wide.hasCarriageReturns == narrow.hasCarriageReturns, "\(count), seed \(seed)")
          #expect(
            positions[1].prefix(wide.positionCount) == positions[0].prefix(narrow.positionCount),
            "\(count), seed \(seed)")
        }
      }
    }
  }
#endif
