import LakeBytes
import LakeColumns
import LakeFile
import LakeTestSupport
import Testing
import TripModel

@Suite("Damage to a trip file")
struct DamageTests {
  /// A file with every kind of section, a bitmap and two blocks, as small as that can be.
  static func sample() throws -> EncodedTripFile {
    try RoundTripTests.encode(
      SampleTrips.columns(rowCount: 70, seed: 3, destinationChance: 0.6))
  }

  static func expectDetected(
    _ bytes: [UInt8], _ file: EncodedTripFile, _ comment: Comment,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(throws: TripFileError.self, comment, sourceLocation: sourceLocation) {
      try TripFileReader(
        BytesInMemory(bytes), path: "a.trip", expecting: (file.bytes.count, file.footerDigest)
      ).verify()
    }
  }

  @Test("is detected for every bit")
  func everyBit() throws {
    let file = try Self.sample()
    var bytes = file.bytes
    for index in bytes.indices {
      for bit in 0..<8 {
        bytes[index] ^= 1 << UInt8(bit)
        Self.expectDetected(bytes, file, "bit \(bit) of byte \(index)")
        bytes[index] ^= 1 << UInt8(bit)
      }
    }
    try TripFileReader(BytesInMemory(bytes), path: "a.trip").verify()
  }

  @Test("is detected for a bit of every byte of decimals and their exceptions")
  func everyBitOfDecimals() throws {
    let file = try GoldenCase.decimals.encode()
    var bytes = file.bytes
    for index in bytes.indices {
      let bit = UInt8(truncatingIfNeeded: index) % 8
      bytes[index] ^= 1 << bit
      Self.expectDetected(bytes, file, "bit \(bit) of byte \(index)")
      bytes[index] ^= 1 << bit
    }
  }

  @Test("is detected at every length, with and without a manifest")
  func everyPrefix() throws {
    let file = try Self.sample()
    for count in 0..<file.bytes.count {
      let prefix = Array(file.bytes[..<count])
      Self.expectDetected(prefix, file, "the first \(count) bytes")
      #expect(throws: TripFileError.self, "the first \(count) bytes") {
        try TripFileReader(BytesInMemory(prefix), path: "a.trip")
      }
    }
    Self.expectDetected(file.bytes + [0], file, "one byte more")
  }

  @Test("is detected where another whole file stands in its place")
  func swapped() throws {
    let file = try Self.sample()
    let other = try RoundTripTests.encode(
      SampleTrips.columns(rowCount: 70, seed: 4, destinationChance: 0.6))
    do {
      _ = try TripFileReader(
        BytesInMemory(other.bytes), path: "a.trip",
        expecting: (other.bytes.count, file.footerDigest))
      Issue.record("the other file was taken for the one named")
    } catch {
      #expect(error.code == .wrongFooter)
    }
  }

  @Test("names block, column and place of a page")
  func place() throws {
    let file = try Self.sample()
    var bytes = file.bytes
    bytes[20] ^= 1
    do {
      try TripFileReader(BytesInMemory(bytes), path: "a.trip").verify()
      Issue.record("the damage was not noticed")
    } catch {
      #expect(error.code == .checksumMismatch)
      #expect(error.path == "a.trip")
      #expect(error.block == 0)
      #expect(error.column == .originX)
      #expect(error.offset == 16)
    }
  }

  /// Behind right checksums the decoders themselves must hold: any bytes give rows or an error.
  @Test("cannot crash the reader, even with checksums made to fit", arguments: 0..<4)
  func forgedBytes(part: UInt64) throws {
    let file = try Self.sample()
    let seed = 100 + part
    var random = SeededRandom(seed: seed)
    for _ in 0..<400 {
      var forged = file.bytes
      for _ in 0..<random.integer(in: 1..<4) {
        forged[random.integer(in: 16..<forged.count - 40)] = ForgedFile.interestingByte(&random)
      }
      ForgedFile.repairChecksums(&forged)
      _ = try? TripFileReader(BytesInMemory(forged), path: "seed \(seed)").verify()
    }
  }
}
