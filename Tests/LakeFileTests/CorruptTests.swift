import LakeBytes
import LakeFile
import LakeTestSupport
import Testing
import TripModel

@Suite("The corrupt trip files")
struct CorruptTests {
  static let folder = GoldenFolder("trip-file/corrupt")

  @Test("are refused with exactly the expected error", arguments: CorruptCase.all.map(\.name))
  func corrupt(_ name: String) throws {
    let damage = try #require(CorruptCase.all.first { $0.name == name })
    var bytes = try #require(GoldenTests.folder.read("\(damage.base.rawValue).trip"))
    damage.damage(&bytes)
    #expect(Self.folder.difference("\(name).trip", bytes) == nil)

    let stored = try #require(Self.folder.read("\(name).trip"))
    do {
      try TripFileReader(BytesInMemory(stored), path: "\(name).trip").verify()
      Issue.record("the damage was not noticed")
    } catch {
      #expect(Self.folder.difference("\(name).expected.txt", Self.text(error)) == nil)
    }
  }

  private static func text(_ error: TripFileError) -> String {
    """
    code: \(error.code.rawValue)
    path: \(error.path)
    block: \(error.block.map { "\($0)" } ?? "-")
    column: \(error.column.map { "\($0.rawValue)" } ?? "-")
    offset: \(error.offset.map { "\($0)" } ?? "-")
    message: \(error.message)

    """
  }
}
