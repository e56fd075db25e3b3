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

  @Test func daysOutsideTheWeekAreReported() {
    let day: Int64 = 86_400_000_000
    var keys = ColumnBuffer<Int>()
    let times = [0, day - 1, day, 6 * day].map { UInt64(bitPattern: $0) }
    #expect(
      ClockKernels.setUnits(
        of: buffer(times), zone: .utc, offset: 0, firstDay: 0,
        unit: TimeUnit(minutes: 1440, spansWeek: true),
        stride: 3, keys: &keys))
    #expect((0..<keys.count).map { keys[$0] } == [0, 0, 3, 18])
    for time in [-1, 7 * day] {
      #expect(
        !ClockKernels.setUnits(
          of: buffer([UInt64(bitPattern: time)]), zone: .utc, offset: 0, firstDay: 0,

          unit: TimeUnit(minutes: 1440, spansWeek: true), stride: 3,
          keys: &keys))
    }
  }
}
