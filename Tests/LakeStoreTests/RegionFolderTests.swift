import LakeStore
import LakeTestSupport
import Testing
import TripModel

/// Region folders: `formats/lake-layout/v1.md`, [LL-8] to [LL-13].
@Suite struct RegionFolderTests {
  @Test(arguments: [
    ("Prague", "region=Prague"), ("Los Angeles", "region=Los%20Angeles"),
    ("São Paulo", "region=S%C3%A3o%20Paulo"), ("A/B", "region=A%2FB"),
    ("..", "region=%2E%2E"), ("Con", "region=Con"), ("X.", "region=X%2E"),
  ])
  func titleCaseStandsPlainly(_ name: String, _ folder: String) {
    #expect(RegionFolder.name(of: ByteString(name)) == folder)
  }

  @Test(arguments: ["prague", "PRAGUE", "", "\0", "\u{1b}[2J", "CON", "straße", "upon-Avon"])
  func otherNamesCarryAHash(_ name: String) throws {
    let folder = RegionFolder.name(of: ByteString(name))
    let hash = try #require(folder.split(separator: "~").last)
    #expect(hash.count == 16)
    #expect(hash.allSatisfy { $0.isHexDigit && !$0.isUppercase })
  }

  @Test func longNamesAreCutAndHashedWhole() {
    let name = ByteString(String(repeating: "ž", count: 5000))
    let folder = RegionFolder.name(of: name)
    #expect(folder.utf8.count <= 200)
    #expect(folder.split(separator: "~").last?.count == 32)
  }

  /// 100,000 random names: injective, confined, at most 200 bytes, distinct without their case.
  @Test func randomNamesStayApartAndInside() {
    var random = SeededRandom(seed: 11)
    let alphabet = Array("aAbB/.%~ -_=\\0zZ\u{7f}\n".utf8) + [0, 0xc3, 0xa9, 0xff, 0x80, 0x1b]
    var names: Set<ByteString> = []
    while names.count < 100_000 {
      let length = random.chance(0.01) ? random.integer(in: 0..<400) : random.integer(in: 0..<9)
      names.insert(
        ByteString(
          bytes: (0..<length).map { _ in alphabet[random.integer(in: 0..<alphabet.count)] }))
    }
    var folders: Set<String> = []
    let allowed = Set(
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-%~=".utf8)
    for name in names {
      let folder = RegionFolder.name(of: name)
      let isConfined =
        folder.utf8.count <= 200 && folder.hasPrefix("region=")
        && folder.utf8.allSatisfy { allowed.contains($0) }
      let isNew = folders.insert(folder.lowercased()).inserted
      // Said only where it fails: an expectation for each of 100,000 names takes minutes.
      if !isConfined || !isNew { Issue.record("\(name.displayText) has the folder \(folder)") }
    }
    #expect(folders.count == names.count)
  }

  @Test func pathsFollowTheGrammar() {
    let id = TransactionID(high: 0x0123_4567_89ab_cdef, low: 1)
    let path = LakePath.tripFile(StoreSamples.key("Prague", week: 2526), id, 7)
    #expect(
      path.text == "data/region=Prague/week=2018-W22/0123456789abcdef0000000000000001-7.trip")
    #expect(LakePath.manifest(42).text == "manifests/00000000000000000042.man")
    #expect(LakePath.manifest(.max).text == "manifests/18446744073709551615.man")
  }

  @Test func onlyManifestNamesAreVersions() {
    #expect(ManifestName.version(of: "00000000000000000042.man") == 42)
    #expect(ManifestName.version(of: "18446744073709551615.man") == .max)
    for name in [
      "18446744073709551616.man", "00000000000000000000.man", "0000000000000000042.man",
      "+0000000000000000042.man", "00000000000000000042.MAN", ".00000000000000000042.tmp", "",
    ] {
      #expect(ManifestName.version(of: ByteString(name)) == nil, "\(name)")
    }
  }

  @Test func pathsKnowTheirNamesAndFolders() {
    let region = LakePath.region("Prague")
    #expect(region.name == "region=Prague")
    #expect(region.parent == .data)
    #expect(region.components == ["data", "region=Prague"])
    #expect(LakePath.data.name == "data")
    #expect(LakePath.data.parent == .root)
    #expect(!LakePath.data.isRoot)
    #expect(LakePath.root.isRoot)
    #expect(LakePath.root.name == nil)
    #expect(LakePath.root.parent == .root)
    #expect(LakePath.root.components == [])
    #expect(LakePath.root.appending(found: "data") == .data)
  }

  @Test func foundNamesCannotLeadElsewhere() {
    for name in ["", ".", "..", "a/b", "a\0b"] {
      #expect(LakePath.data.appending(found: ByteString(name)) == nil)
    }
    #expect(LakePath.data.appending(found: ByteString(bytes: [0xff])) == nil)
    #expect(LakePath.data.appending(found: "region=X")?.text == "data/region=X")
  }
}
