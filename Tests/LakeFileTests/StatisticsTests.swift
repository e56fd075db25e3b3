import LakeBytes
import LakeColumns
import LakeFile
import LakeTestSupport
import Testing
import TripModel

@Suite("A trip file's statistics")
struct StatisticsTests {
  @Test(
    "[RH-1] sum the hashes of the rows, nulls left out",
    arguments: [1, 63, 64, 255, 256, 257, 600], [1.0, 0.5, 0])
  func rowHashSum(rowCount: Int, destinationChance: Double) throws {
    let columns = SampleTrips.columns(
      rowCount: rowCount, seed: 11, destinationChance: destinationChance)
    var sum = Digest128.zero
    for row in 0..<rowCount {
      var values: [(id: ColumnID, value: RowHash.Value)] = [
        (.region, .text(SampleTrips.key.region))
      ]
      for column in columns where column.isValid(row: row) {
        let word = column.words[row]
        let isText = column.definition.type == .text
        values.append(
          (column.definition.id, isText ? .text(column.dictionary[Int(word)]) : .word(word)))
      }
      sum = sum &+ RowHash.hash(values)
    }
    for blockRowCount in [64, 128, 4096] {
      let file = try RoundTripTests.encode(columns, blockRowCount: blockRowCount)
      #expect(file.statistics.rowHashSum == sum)
    }
  }

  @Test("[RH-1] hash the record that the specification draws")
  func rowHashRecord() {
    var record: [UInt8] = [1, 0]
    let region = Checksum.xxh3_128(Array("Turin".utf8))
    for half in [region.low, region.high] {
      for index in 0..<8 { record.append(UInt8(truncatingIfNeeded: half >> (index * 8))) }
    }
    record += [6, 0, 0x15, 0xcd, 0x5b, 0x07, 0, 0, 0, 0]
    #expect(
      RowHash.hash([
        (.region, .text("Turin")), (.startTime, .word(123_456_789)), (.load, .word(9)),
      ]) == Checksum.xxh3_128(record))
  }

  @Test("give times, extents, destinations and sources", arguments: [1.0, 0.4, 0])
  func values(destinationChance: Double) throws {
    let columns = SampleTrips.columns(
      rowCount: 500, seed: 12, destinationChance: destinationChance)
    let statistics = try RoundTripTests.encode(columns).statistics
    let times = columns[4].words.array.map { Int64(bitPattern: $0) }
    #expect(statistics.firstTime == times.min())
    #expect(statistics.lastTime == times.max())
    #expect(statistics.originExtent == Self.extent(columns[0], columns[1]))
    let count = (0..<500).count { columns[2].isValid(row: $0) }
    #expect(statistics.destinationCount == count)
    #expect(
      statistics.destinationExtent == (count == 0 ? nil : Self.extent(columns[2], columns[3])))
    #expect(statistics.areSourcesComplete)
    #expect(statistics.sources.map(\.name) == columns[5].dictionary)
    for (index, source) in statistics.sources.enumerated() {
      let rows = (0..<500).filter { columns[5].words[$0] == UInt64(index) }
      #expect(source.rowCount == rows.count)
      #expect(source.firstTime == rows.map { times[$0] }.min())
      #expect(source.lastTime == rows.map { times[$0] }.max())
    }
  }

  static func extent(_ x: ColumnVector, _ y: ColumnVector) -> CoordinateExtent {
    var extent = CoordinateExtent(
      minX: .infinity, minY: .infinity, maxX: -.infinity, maxY: -.infinity)
    for row in 0..<x.rowCount where x.isValid(row: row) {
      let (x, y) = (Double(bitPattern: x.words[row]), Double(bitPattern: y.words[row]))
      extent = extent.union(CoordinateExtent(minX: x, minY: y, maxX: x, maxY: y))
    }
    return extent
  }

  @Test("know nothing of an extent where a coordinate is NaN")
  func nan() throws {
    let columns = SampleTrips.columns(rowCount: 100, seed: 13)
    columns[1].words[99] = Double.nan.bitPattern
    let statistics = try RoundTripTests.encode(columns).statistics
    #expect(statistics.originExtent == nil)
    #expect(statistics.destinationExtent != nil)
  }

  @Test("[TF-16] name 64 sources, but not 65", arguments: [64, 65])
  func manySources(count: Int) throws {
    let names = (0..<count).map { ByteString("source \($0 + 100)") }
    let columns = SampleTrips.columns(rowCount: count, seed: 14, sources: names)
    for row in 0..<count { columns[5].words[row] = UInt64(row) }
    let file = try RoundTripTests.encode(columns)
    #expect(file.statistics.areSourcesComplete == (count == 64))
    #expect(file.statistics.sources.count == (count == 64 ? 64 : 0))
    let reader = try TripFileReader(BytesInMemory(file.bytes), path: "a.trip")
    try reader.verify()
    #expect(try reader.dictionary(of: .source) == names)
  }
}
