import LakeBytes
import LakeColumns
import LakeFile
import LakeTestSupport
import Testing
import TripModel

@Suite("A trip file gives back its rows")
struct RoundTripTests {
  static func encode(
    _ columns: [ColumnVector], blockRowCount: Int = 64, key: PartitionKey = SampleTrips.key,
    schema: TripSchema = .trips
  ) throws -> EncodedTripFile {
    let options = try #require(TripFileOptions(blockRowCount: blockRowCount))
    var encoder = TripFileEncoder(schema: schema, options: options)
    return try encoder.encode(key: key, columns: columns)
  }

  @Test(
    "bit for bit, whatever the rows and blocks",
    arguments: [1, 2, 63, 64, 65, 127, 128, 129, 1000], [1.0, 0.5, 0])
  func roundTrip(rowCount: Int, destinationChance: Double) throws {
    let columns = SampleTrips.columns(
      rowCount: rowCount, seed: 7, destinationChance: destinationChance)
    let file = try Self.encode(columns)
    let reader = try TripFileReader(
      BytesInMemory(file.bytes), path: "a.trip",
      expecting: (file.bytes.count, file.footerDigest))
    #expect(reader.key == SampleTrips.key)
    #expect(reader.rowCount == rowCount)
    #expect(reader.statistics == file.statistics)
    try reader.verify()
    try Self.expect(reader, equals: columns)
  }

  /// Compares every row of every column.
  static func expect(_ reader: TripFileReader, equals columns: [ColumnVector]) throws {
    var scratch = PageScratch()
    var words = ColumnBuffer<UInt64>()
    var validity = ColumnBuffer<UInt64>()
    for column in columns {
      let id = column.definition.id
      let dictionary = try reader.dictionary(of: id)
      for block in 0..<reader.blockCount {
        try reader.decode(
          column: id, block: block, into: &words, validity: &validity, scratch: &scratch)
        for (index, row) in reader.rowRange(ofBlock: block).enumerated() {
          let isValid =
            validity.isEmpty || ValidityBitmap.isValid(validity.span, row: index)
          #expect(isValid == column.isValid(row: row))
          if column.definition.type == .text && isValid {
            #expect(dictionary[Int(words[index])] == column.dictionary[Int(column.words[row])])
          } else {
            #expect(words[index] == column.words[row])
          }
        }
      }
    }
  }
}
