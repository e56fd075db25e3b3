import LakeColumns
import LakeTestSupport
import Testing
import TripModel

@testable import LakeQuery

@Suite("Selection kernels")
struct SelectionKernelsTests {
  private func buffer(_ words: [UInt64]) -> ColumnBuffer<UInt64> {
    var buffer = ColumnBuffer<UInt64>()
    for word in words { buffer.append(word) }
    return buffer
  }

  private func all(_ rowCount: Int) -> ColumnBuffer<UInt64> {
    var bits = ColumnBuffer<UInt64>()
    SelectionKernels.selectAll(rowCount: rowCount, in: &bits)
    return bits
  }

  /// One byte a row; checks that no bit stands past the last one.
  private func array(_ bits: borrowing ColumnBuffer<UInt64>, rowCount: Int) -> [UInt8] {
    var bytes = ColumnBuffer<UInt8>()
    SelectionKernels.expand(bits, rowCount: rowCount, into: &bytes)
    let bytesOfBits = array(bytes)
    #expect(SelectionKernels.selectedCount(bits) == bytesOfBits.count { $0 == 1 })
    return bytesOfBits
  }

  private func array(_ selection: borrowing ColumnBuffer<UInt8>) -> [UInt8] {
    (0..<selection.count).map { selection[$0] }
  }

  @Test(arguments: [0, 1, 7, 8, 15, 16, 31, 32, 33, 63, 64, 65, 127, 128, 129, 1000])
  func agreeWithTheDefinitionAtEveryLength(rowCount: Int) throws {
    var random = SeededRandom(seed: UInt64(rowCount))
    let odd: [Double] = [0, -0.0, 10, 20, 10.0.nextDown, 20.0.nextUp, .nan, .infinity]
    let x = (0..<rowCount).map { _ in
      random.chance(0.5) ? odd[random.integer(in: 0..<odd.count)] : random.fraction() * 30
    }
    let y = (0..<rowCount).map { _ in
      random.chance(0.5) ? odd[random.integer(in: 0..<odd.count)] : random.fraction() * 30
    }
    for edges in [(10.0, 0.0, 20.0, 20.0), (20, -0.0, 10, 20), (0, 10, 0, 10)] {
      let box = try #require(
        BoundingBox(west: edges.0, south: edges.1, east: edges.2, north: edges.3))
      var selection = all(rowCount)
      if box.crossesAntimeridian {
        SelectionKernels.keep(
          doubles: buffer(x.map(\.bitPattern)), through: box.east, orFrom: box.west,
          selection: &selection)
      } else {
        SelectionKernels.keep(
          doubles: buffer(x.map(\.bitPattern)), in: box.west...box.east, selection: &selection)
      }
      SelectionKernels.keep(
        doubles: buffer(y.map(\.bitPattern)), in: box.south...box.north, selection: &selection)
      let expected: [UInt8] = zip(x, y).map { box.contains(x: $0, y: $1) ? 1 : 0 }
      #expect(array(selection, rowCount: rowCount) == expected)
    }
  }

  @Test func timesAtTheEdgesOfTheirRange() {
    let times: [Int64] = [.min, .min + 1, -1, 0, 1, 99, .max - 1, .max]
    for low in times {
      for high in times where low <= high {
        var selection = all(times.count)
        SelectionKernels.keep(
          times: buffer(times.map { UInt64(bitPattern: $0) }), in: low...high,
          selection: &selection)
        #expect(
          array(selection, rowCount: times.count)
            == times.map { (low...high).contains($0) ? 1 : 0 })
      }
    }
  }

  @Test func textsOutsideTheDictionaryAreReported() {
    var wanted = ColumnBuffer<UInt8>()
    wanted.append(0)
    wanted.append(1)
    var selection = all(3)
    #expect(
      SelectionKernels.keep(texts: buffer([1, 0, 1]), isWanted: wanted, selection: &selection))
    #expect(array(selection, rowCount: 3) == [1, 0, 1])
    #expect(
      !SelectionKernels.keep(texts: buffer([1, 0, 2]), isWanted: wanted, selection: &selection))
  }

  @Test func nullsAreTakenOut() {
    var selection = all(70)
    SelectionKernels.keep(valid: buffer([~0 << 1, 0b10_1111]), selection: &selection)
    let expected: [UInt8] = (0..<70).map { $0 == 0 || $0 == 68 ? 0 : 1 }
    #expect(array(selection, rowCount: 70) == expected)
    SelectionKernels.keep(valid: buffer([]), selection: &selection)
    #expect(array(selection, rowCount: 70) == expected)
  }

  @Test func gatheredWordsAndBitsStayTogether() {
    var random = SeededRandom(seed: 3)
    for rowCount in [1, 64, 65, 200] {
      let words = (0..<rowCount).map { UInt64($0) * 7 }
      let bits = (0..<rowCount).map { _ in random.chance(0.5) }
      let picks = (0..<rowCount).map { _ in random.chance(0.3) }
      var bitmap = [UInt64](repeating: 0, count: (rowCount + 63) / 64)
      for (row, bit) in bits.enumerated() where bit { bitmap[row / 64] |= 1 << UInt64(row % 64) }
      var selection = ColumnBuffer<UInt8>()
      for pick in picks { selection.append(pick ? 1 : 0) }
      var gathered = buffer([99])
      GatherKernels.append(buffer(words), selection: selection, to: &gathered)
      var presence = ColumnBuffer<UInt8>()
      GatherKernels.append(bitmap: buffer(bitmap), selection: selection, to: &presence)
      let rows = picks.indices.filter { picks[$0] }
      #expect((0..<gathered.count).map { gathered[$0] } == [99] + rows.map { words[$0] })
      #expect(array(presence) == rows.map { bits[$0] ? 1 : 0 })
    }
  }

  @Test func rowsOutsideTheWeekOrTheDictionaryAreReported() {
    let day: Int64 = 86_400_000_000
    func counts(_ times: [Int64], _ texts: [UInt64]) -> [Int]? {
      let (timePage, textPage) = (DecodedPage(column: .startTime), DecodedPage(column: .source))
      timePage.words = buffer(times.map { UInt64(bitPattern: $0) })
      textPage.words = buffer(texts)
      let unit = TimeUnit(minutes: 1440, spansWeek: true)
      let parts = WeekParts(unit, of: ISOWeek(dayNumber: 4), zone: .utc)
      let rows = HistogramKernels.Rows(
        times: timePage, parts: parts, offset: 0, texts: textPage, textCount: 3)
      let selection = RowSelection()
      selection.selectAll(rowCount: times.count)
      var counts = [Int](repeating: 0, count: 21)
      var indices = RowIndices()
      guard HistogramKernels.setIndices(rows, rowCount: times.count, to: &indices) else {
        return nil
      }
      HistogramKernels.count(indices, selection: selection, counts: &counts)
      return counts
    }
    // 1970-01-05 is a Monday.
    let monday = 4 * day
    let found = counts([0, day - 1, day, 7 * day - 1].map { monday + $0 }, [0, 1, 2, 2])
    #expect(found?.indices.filter { found?[$0] == 1 } == [0, 1, 5, 20])
    for time in [monday - 1, monday + 7 * day, .min, .max] {
      #expect(counts([time], [0]) == nil)
    }
    #expect(counts([monday], [3]) == nil)
    #expect(counts([monday], [.max]) == nil)
  }

  /// Every way to compute the same: with one offset or looked up, with texts or in two steps.
  @Test func indicesDoNotDependOnTheWay() {
    var random = SeededRandom(seed: 43)
    let week = ISOWeek(dayNumber: 4)
    let parts = WeekParts(TimeUnit(minutes: 30, spansWeek: true), of: week, zone: .utc)
    let monday = UInt64(4 * 86_400_000_000)
    for rowCount in [0, 1, 63, 64, 65, 1000] {
      let (timePage, textPage) = (DecodedPage(column: .startTime), DecodedPage(column: .source))
      for _ in 0..<rowCount {
        let time = monday + UInt64(random.integer(in: 0..<604_800_000_000))
        timePage.words.append(time)
        textPage.words.append(UInt64(random.integer(in: 0..<5)))
      }
      func indices(_ offset: Int?, _ times: DecodedPage?, _ texts: DecodedPage?) -> [UInt32]? {
        let rows = HistogramKernels.Rows(
          times: times, parts: times == nil ? nil : parts, offset: offset, texts: texts,
          textCount: texts == nil ? 1 : 5)
        var indices = RowIndices()
        return HistogramKernels.setIndices(rows, rowCount: rowCount, to: &indices)
          ? indices.values : nil
      }
      let halfHours = (0..<rowCount).map { (timePage.words[$0] - monday) / 1_800_000_000 }
      let texts = (0..<rowCount).map { textPage.words[$0] }
      let both = zip(halfHours, texts).map { UInt32($0 * 5 + $1) }
      #expect(indices(0, timePage, textPage) == both)
      #expect(indices(nil, timePage, textPage) == both)
      #expect(indices(0, timePage, nil) == halfHours.map { UInt32($0) })
      #expect(indices(nil, timePage, nil) == halfHours.map { UInt32($0) })
      #expect(indices(nil, nil, textPage) == texts.map { UInt32($0) })
      #expect(indices(nil, nil, nil) == [UInt32](repeating: 0, count: rowCount))
    }
  }

  @Test func partsOfTheWeekAreThoseOfADivision() {
    var random = SeededRandom(seed: 42)
    for minutes in (1...1440) where 1440 % minutes == 0 {
      let length = UInt64(minutes) * 60_000_000
      let parts = WeekParts(
        TimeUnit(minutes: minutes, spansWeek: true), of: ISOWeek(dayNumber: 4), zone: .utc)
      for part in 0..<parts.count {
        let start = UInt64(part) * length
        let inside = UInt64(random.integer(in: 0..<Int(length)))
        for time in [start, start + inside, start + length - 1] {
          #expect(parts.part(ofMicroseconds: time) == part)
        }
      }
    }
  }
}
