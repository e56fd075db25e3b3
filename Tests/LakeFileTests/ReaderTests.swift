import LakeBytes
import LakeColumns
import LakeFile
import LakeTestSupport
import Testing
import TripModel

@Suite("The trip file reader")
struct ReaderTests {
  @Test("[ZM-4] takes a range that cannot be as unknown")
  func malformedRange() throws {
    let file = try GoldenCase.twoBlocks.encode()
    var bytes = file.bytes
    let section = try #require(ForgedFile.section(4, of: bytes))
    ForgedFile.store(Double.infinity.bitPattern, at: section.lowerBound + 8, &bytes)
    ForgedFile.repairChecksums(&bytes)
    let reader = try TripFileReader(BytesInMemory(bytes), path: "a.trip")
    let map = reader.zoneMap(ofBlock: 0, column: .originX)
    #expect(map.minimumDouble == -.infinity)
    #expect(map.maximumDouble == .infinity)
    let whole = try TripFileReader(BytesInMemory(file.bytes), path: "a.trip")
    #expect(
      reader.zoneMap(ofBlock: 1, column: .originX) == whole.zoneMap(ofBlock: 1, column: .originX))
  }

  @Test("[SD-2] passes over an unknown section that is not required, and verifies it")
  func optionalSection() throws {
    let file = try GoldenCase.originOnly.encode()
    let extra: [UInt8] = [1, 2, 3]
    let (bytes, place) = ForgedFile.inserting(extra, kind: 900, into: file.bytes)
    let reader = try TripFileReader(BytesInMemory(bytes), path: "a.trip")
    try reader.verify()
    #expect(reader.statistics.rowHashSum == file.statistics.rowHashSum)
    #expect(try reader.annotations().last?.range.upperBound == bytes.count)

    var damaged = bytes
    damaged[place] ^= 1
    #expect(throws: TripFileError.self) {
      try TripFileReader(BytesInMemory(damaged), path: "a.trip").verify()
    }
  }

  @Test("reads footers that are longer than its first read")
  func longFooter() throws {
    let columns = SampleTrips.columns(
      rowCount: 12_000, seed: 8, sources: (1000..<4000).map { ByteString("source \($0)") })
    let file = try RoundTripTests.encode(columns)
    let reader = try TripFileReader(
      BytesInMemory(file.bytes), path: "a.trip", expecting: (file.bytes.count, file.footerDigest))
    #expect(reader.blockCount == 188)
    try reader.verify()
  }

  @Test("reports what its source throws")
  func failingSource() throws {
    struct Failing: RandomAccessBytes {
      struct Failure: Error {}
      let byteCount = 1000
      func read(at offset: Int, into destination: inout MutableRawSpan) throws { throw Failure() }
    }
    do {
      _ = try TripFileReader(Failing(), path: "a.trip")
      Issue.record("the file was opened")
    } catch {
      #expect(error.code == .readFailed)
      #expect(error.underlying is Failing.Failure)
    }
  }
}
