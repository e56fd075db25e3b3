import LakeBytes
import LakeColumns
import LakeFile
import LakeTestSupport
import Testing
import TripModel

@Suite("The trip file encoder")
struct EncoderTests {
  static func expectRefused(
    _ columns: [ColumnVector], _ column: ColumnID?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    do {
      _ = try RoundTripTests.encode(columns)
      Issue.record("the rows were taken", sourceLocation: sourceLocation)
    } catch {
      let error = error as? TripFileError
      #expect(error?.code == .invalidRows, sourceLocation: sourceLocation)
      #expect(error?.column == column, sourceLocation: sourceLocation)
    }
  }

  static func sample() -> [ColumnVector] { SampleTrips.columns(rowCount: 10, seed: 1) }

  @Test("refuses rows that cannot stand in a file")
  func refusals() {
    Self.expectRefused([], nil)
    Self.expectRefused(SampleTrips.columns(rowCount: 0, seed: 1), nil)
    Self.expectRefused(Self.sample().reversed(), .startTime)
    Self.expectRefused(Array(Self.sample().dropLast()), .source)
    Self.expectRefused(Self.sample().filter { $0.definition.id != .destinationY }, .destinationX)

    var columns = Self.sample()
    columns[1].words.append(0)
    Self.expectRefused(columns, .originY)

    columns = Self.sample()
    columns[5].words[3] = 3
    Self.expectRefused(columns, .source)

    columns = Self.sample()
    columns[5].dictionary = ["b", "a", "c"]
    Self.expectRefused(columns, .source)

    columns = Self.sample()
    columns[0] = ColumnVector(
      definition: ColumnDefinition(id: .originX, name: "x", type: .float64, isNullable: false),
      words: ColumnBuffer(columns[0].words.array))
    Self.expectRefused(columns, .originX)
  }

  @Test("refuses bitmaps that do not fit")
  func bitmaps() {
    var columns = Self.sample()
    columns[4].words[9] = 0
    columns[4].validity = ColumnBuffer([0b01_1111_1111])
    Self.expectRefused(columns, .startTime)

    columns = Self.sample()
    columns[2].words[9] = 0
    columns[2].validity = ColumnBuffer([0b01_1111_1111])
    Self.expectRefused(columns, .destinationX)

    columns = Self.sample()
    columns[2].validity = ColumnBuffer([0b01_1111_1111])
    Self.expectRefused(columns, .destinationX)

    columns = Self.sample()
    columns[2].validity = ColumnBuffer([0b111_1111_1111])
    Self.expectRefused(columns, .destinationX)

    columns = Self.sample()
    columns[2].validity = ColumnBuffer([UInt64]())
    Self.expectRefused(columns, .destinationX)
  }

  @Test("gives the same bytes again, also with used scratch")
  func deterministic() throws {
    var encoder = TripFileEncoder(schema: .trips)
    let columns = SampleTrips.columns(rowCount: 5000, seed: 2)
    let first = try encoder.encode(key: SampleTrips.key, columns: columns)
    _ = try encoder.encode(
      key: SampleTrips.key,
      columns: SampleTrips.columns(rowCount: 300, seed: 3, destinationChance: 0.5))
    let second = try encoder.encode(key: SampleTrips.key, columns: columns)
    #expect(first.bytes == second.bytes)
    #expect(first.footerDigest == second.footerDigest)
  }

  @Test("[TF-17] leaves out texts that no row uses: the bytes do not tell what else was loaded")
  func unusedTexts() throws {
    let columns = SampleTrips.columns(rowCount: 200, seed: 4)
    let wide = SampleTrips.columns(rowCount: 200, seed: 4)
    wide[5].dictionary = ["a", "baba_car", "c", "cheap_mobile", "funny_car", "z"]
    let codes: [UInt64] = [1, 3, 4]
    for row in 0..<200 { wide[5].words[row] = codes[Int(columns[5].words[row])] }
    #expect(try RoundTripTests.encode(wide).bytes == RoundTripTests.encode(columns).bytes)
  }

  @Test("[TF-11] leaves out columns without a value")
  func absentColumns() throws {
    let columns = SampleTrips.columns(rowCount: 100, seed: 5, destinationChance: 0)
    let file = try RoundTripTests.encode(columns)
    let reader = try TripFileReader(BytesInMemory(file.bytes), path: "a.trip")
    #expect(reader.columns.map(\.id) == [.originX, .originY, .startTime, .source])
    #expect(
      reader.zoneMap(ofBlock: 1, column: .destinationX)
        == ZoneMap(rowCount: 36, nullCount: 36, nanCount: 0, minimum: 0, maximum: 0))
    let nullCounts = (0..<2).map {
      reader.zoneMap(ofBlock: $0, column: .destinationX).nullCount
    }
    #expect(nullCounts == [64, 36])
    #expect(
      try RoundTripTests.encode(columns.filter { $0.validity == nil }).bytes == file.bytes)
  }

  @Test("takes block sizes that are multiples of 64 up to 16,384")
  func options() {
    #expect(TripFileOptions().blockRowCount == 2048)
    for count in [0, 1, 63, 65, 100, 16_448, -64] {
      #expect(TripFileOptions(blockRowCount: count) == nil)
    }
    for count in [64, 1024, 16_384] { #expect(TripFileOptions(blockRowCount: count) != nil) }
  }

  @Test("stores a city's trips in 26 bytes a row")
  func size() throws {
    let columns = SampleTrips.sorted(SampleTrips.columns(rowCount: 8192, seed: 6))
    let file = try RoundTripTests.encode(columns, blockRowCount: 1024)
    #expect(Double(file.bytes.count) / 8192 < 27)
  }
}
