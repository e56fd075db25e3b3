import LakeBytes
import LakeColumns
import LakeFile
import LakeTestSupport
import Testing
import TripModel

@Suite("A trip file that grows")
struct DraftTests {
  /// Some rows of columns, with all of the dictionary.
  private func slice(_ columns: [ColumnVector], _ rows: Range<Int>) -> [ColumnVector] {
    columns.map { column in
      var validity: ColumnBuffer<UInt64>?
      if column.hasBitmap {
        var bitmap = ColumnBuffer<UInt64>()
        bitmap.resize(to: ValidityBitmap.wordCount(rowCount: rows.count), filling: 0)
        for (index, row) in rows.enumerated() where column.isValid(row: row) {
          bitmap[index / 64] |= 1 << UInt64(index % 64)
        }
        validity = consume bitmap
      }
      return ColumnVector(
        definition: column.definition, words: ColumnBuffer(Array(column.words.array[rows])),
        validity: validity, dictionary: column.dictionary)
    }
  }

  /// - Parameter takes: Whether the bytes are taken after each part.
  /// - Returns: The bytes of all parts, and the end of the file.
  private func grow(
    _ columns: [ColumnVector], cuts: [Int], takes: Bool
  ) throws -> (bytes: [UInt8], end: TripFileEnd) {
    let options = try #require(TripFileOptions(blockRowCount: 64))
    var encoder = TripFileEncoder(schema: .trips, options: options)
    var bytes: [UInt8] = []
    let draft = try encoder.begin(key: SampleTrips.key, columns)
    let borders = [0] + cuts + [columns[0].rowCount]
    for (start, end) in zip(borders, borders.dropFirst()) {
      try encoder.add(slice(columns, start..<end), to: draft)
      #expect(draft.rowCount == end)
      // What does not fill a block waits.
      #expect(draft.waitingRowCount == end % 64)
      guard takes else { continue }
      bytes += encoder.takeBytes(of: draft).array
      #expect(draft.byteCount == bytes.count)
      // So does what does not fill a block of the disk.
      #expect(bytes.count.isMultiple(of: DirectWrite.blockByteCount))
    }
    let end = try encoder.finish(draft)
    bytes += encoder.takeBytes(of: draft).array
    #expect(end.statistics.byteCount == bytes.count)
    return (bytes, end)
  }

  @Test("has the bytes of one that is written at once, wherever it is cut")
  func sameBytes() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for round in 0..<200 {
      let rowCount = random.integer(in: 40..<400)
      let columns = SampleTrips.columns(
        rowCount: rowCount, seed: random.next(), destinationChance: round % 3 == 0 ? 0.5 : 1)
      var cuts: [Int] = []
      while let next = Optional((cuts.last ?? 0) + random.integer(in: 1..<150)), next < rowCount {
        cuts.append(next)
      }
      let grown = try grow(columns, cuts: cuts, takes: round % 2 == 0)
      let whole = try RoundTripTests.encode(columns)
      try #require(grown.bytes == whole.bytes, "seed \(seed), round \(round)")
      #expect(grown.end.statistics == whole.statistics)
      #expect(grown.end.footerDigest == whole.footerDigest)
    }
  }

  private func rows(
    _ sources: [ByteString], destinationChance: Double = 1
  ) throws -> [ColumnVector] {
    SampleTrips.columns(
      rowCount: 100, seed: 3, destinationChance: destinationChance, sources: sources)
  }

  private func source(_ columns: [ColumnVector]) throws -> ColumnVector {
    try #require(columns.first { $0.definition.id == .source })
  }

  @Test("accepts rows whose columns and texts it has, and no others")
  func accepting() throws {
    let encoder = TripFileEncoder(schema: .trips)
    let draft = try encoder.begin(key: SampleTrips.key, rows(["a", "c", "e"]))
    #expect(draft.columns.allSatisfy { $0.rowCount == 0 })
    for sources: [ByteString] in [["a", "c", "e"], ["c", "e"], ["a"], []] {
      #expect(draft.accepts(try rows(sources.isEmpty ? ["a"] : sources)))
    }
    for sources: [ByteString] in [["a", "b"], ["a", "f"], ["", "a"], ["a", "c", "e", "f"]] {
      #expect(!draft.accepts(try rows(sources)))
    }
    let both: [ColumnID] = [.destinationX, .destinationY]
    let without = try rows(["a"]).filter { !both.contains($0.definition.id) }
    #expect(draft.accepts(without))
    #expect(!(try encoder.begin(key: SampleTrips.key, without)).accepts(try rows(["a"])))
    #expect(try source(rows(["a", "c", "e"])).codes(of: ["a", "e"]) == [0, 2])
  }

  @Test("fills columns that rows lack with nulls")
  func lackingColumns() throws {
    let options = try #require(TripFileOptions(blockRowCount: 64))
    var encoder = TripFileEncoder(schema: .trips, options: options)
    let first = try rows(["a", "b"])
    let both: [ColumnID] = [.destinationX, .destinationY]
    let second = first.filter { !both.contains($0.definition.id) }
    let draft = try encoder.begin(key: SampleTrips.key, first)
    try encoder.add(first, to: draft)
    try encoder.add(second, to: draft)
    let end = try encoder.finish(draft)
    let bytes = encoder.takeBytes(of: draft).array
    let reader = try TripFileReader(
      BytesInMemory(bytes), path: "a.trip", expecting: (bytes.count, end.footerDigest))
    try reader.verify()
    let whole = first.map { column in
      let hasNulls = both.contains(column.definition.id)
      let words = column.words.array
      var bitmap = ColumnBuffer<UInt64>()
      bitmap.resize(to: ValidityBitmap.wordCount(rowCount: 200), filling: 0)
      for row in 0..<100 { bitmap[row / 64] |= 1 << UInt64(row % 64) }
      return ColumnVector(
        definition: column.definition,
        words: ColumnBuffer(words + (hasNulls ? [UInt64](repeating: 0, count: 100) : words)),
        validity: hasNulls ? consume bitmap : nil, dictionary: column.dictionary)
    }
    try RoundTripTests.expect(reader, equals: whole)
    #expect(end.statistics.destinationCount == 100)
  }

  @Test("says which rows do not belong to it")
  func wrongRows() throws {
    var encoder = TripFileEncoder(schema: .trips)
    let draft = try encoder.begin(key: SampleTrips.key, rows(["a", "b"]))
    func expectError(_ columns: [ColumnVector], _ id: ColumnID) {
      let error = #expect(throws: TripFileError.self) { try encoder.add(columns, to: draft) }
      #expect(error?.code == .invalidRows && error?.column == id)
    }
    expectError(try rows(["a"]), .source)
    let both: [ColumnID] = [.destinationX, .destinationY]
    let other = try encoder.begin(
      key: SampleTrips.key, rows(["a", "b"]).filter { !both.contains($0.definition.id) })
    let error = #expect(throws: TripFileError.self) {
      try encoder.add(rows(["a", "b"]), to: other)
    }
    #expect(error?.code == .invalidRows && error?.column == .destinationX)
    #expect(draft.rowCount == 0 && other.rowCount == 0)
  }
}
