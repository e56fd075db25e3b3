import LakeBytes
import LakeFile
import LakeTestSupport
import Testing

@Suite("The golden trip files")
struct GoldenTests {
  static let folder = GoldenFolder("trip-file/golden")

  @Test("are made byte for byte, explained, and read", arguments: GoldenCase.allCases)
  func golden(_ golden: GoldenCase) throws {
    let name = golden.rawValue
    if golden.isReproducible || GoldenFolder.isRecording {
      let file = try golden.encode()
      #expect(Self.folder.difference("\(name).trip", file.bytes) == nil)
    }
    let bytes = try #require(Self.folder.read("\(name).trip"))
    let reader = try TripFileReader(BytesInMemory(bytes), path: "\(name).trip")
    try reader.verify()
    let lines = try reader.annotations().map { $0.line(bytes: bytes) + "\n" }
    #expect(Self.folder.difference("\(name).annotated.txt", lines.joined()) == nil)
    #expect(
      Self.folder.difference("\(name).content.txt", try FileContent.text(reader)) == nil)
  }

  @Test("give back the rows they were made of", arguments: GoldenCase.allCases)
  func rows(_ golden: GoldenCase) throws {
    let made = try golden.encode()
    let bytes = try #require(Self.folder.read("\(golden.rawValue).trip"))
    let reader = try TripFileReader(BytesInMemory(bytes), path: "golden")
    let again = try TripFileReader(BytesInMemory(made.bytes), path: "made")
    #expect(reader.statistics.rowHashSum == made.statistics.rowHashSum)
    #expect(reader.columns == again.columns)
    #expect(reader.key == again.key)
  }
}
