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

  /// - Returns: The bytes of all parts, and the end of the file.
  private func grow(
    _ columns: [ColumnVector], cuts: [Int], endsWithRows: Bool
  ) throws -> (bytes: [UInt8], end: EncodedTripFile) {
    let options = try #require(TripFileOptions(blockRowCount: 64))
    var encoder = TripFileEncoder(schema: .trips, options: options)
    var bytes: [UInt8] = []
    var draft: TripFileDraft?
    let borders = [0] + cuts + [columns[0].rowCount]
    for (start, end) in zip(borders, borders.dropFirst()) {
      let rows = try FileRows(slice(columns, start..<end), schema: .trips)
      let open = try draft ?? encoder.begin(key: SampleTrips.key, rows)
      draft = open
      let fitted = try #require(rows.fitted(to: open))
      if end == columns[0].rowCount, endsWithRows {
        let file = try encoder.finish(open, with: fitted)
        #expect(file.offset == bytes.count)
        return (bytes + file.bytes, file)
      }
      bytes += try encoder.encode(fitted, in: open)
      #expect(open.byteCount == bytes.count)
      #expect(open.rowCount == end)
      // What does not fill a block waits.
      #expect((open.byteCount == 0) == (end < 64))
    }
    let file = try encoder.finish(try #require(draft))
    return (bytes + file.bytes, file)
  }

  @Test("has the bytes of one that is written at once, wherever it is cut")
  func sameBytes() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for round in 0..<200 {
      let rowCount = random.integer(in: 40..<400)
      let columns = SampleTrips.columns(
        rowCount: rowCount, seed: random.next(), destinationChance: round % 3 == 0 ? 0.5 : 1)
      // Each part is long enough to have both kinds of destination, the first one also all sources.
      var cuts: [Int] = []
      while let next = Optional((cuts.last ?? 0) + random.integer(in: 39..<150)),
        next + 39 < rowCount
      { cuts.append(next) }
      let grown = try grow(
        columns, cuts: cuts, endsWithRows: round % 2 == 0)
      let whole = try RoundTripTests.encode(columns)
      try #require(grown.bytes == whole.bytes, "seed \(seed), round \(round)")
      #expect(grown.end.statistics == whole.statistics)
      #expect(grown.end.footerDigest == whole.footerDigest)
    }
  }

  @Test("takes rows by its own dictionary, and no others")
  func fitting() throws {
    let options = try #require(TripFileOptions(blockRowCount: 64))
    var encoder = TripFileEncoder(schema: .trips, options: options)
    func rows(
      _ sources: [ByteString], destinationChance: Double = 1
    ) throws -> [ColumnVector] {
      SampleTrips.columns(
        rowCount: 100, seed: 3, destinationChance: destinationChance, sources: sources)
    }
    let first = try rows(["a", "c", "e"])
    let draft = try encoder.begin(key: SampleTrips.key, FileRows(first, schema: .trips))
    var bytes = try encoder.encode(FileRows(first, schema: .trips), in: draft)
    let second = try rows(["c", "e"])
    let fitted = try #require(try FileRows(second, schema: .trips).fitted(to: draft))
    for other in [
      try rows(["a", "b"]), try rows(["a", "f"]), try rows(["", "a"]),
      try rows(["a"], destinationChance: 0),
    ] {
      #expect(try FileRows(other, schema: .trips).fitted(to: draft) == nil)
    }
    let file = try encoder.finish(draft, with: fitted)
    bytes += file.bytes
    let reader = try TripFileReader(
      BytesInMemory(bytes), path: "a.trip", expecting: (bytes.count, file.footerDigest))
    try reader.verify()
    let whole = zip(first, second).map { first, second in
      let isSource = first.definition.id == .source
      return ColumnVector(
        definition: first.definition,
        words: ColumnBuffer(
          first.words.array + second.words.array.map { isSource ? $0 + 1 : $0 }),
        dictionary: first.dictionary)
    }
    try RoundTripTests.expect(reader, equals: whole)
  }
}
