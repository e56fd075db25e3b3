import Glibc
import LakeBytes
import LakeFile
import LakeStore
import LakeTestSupport
import Testing
import TripModel

/// Damage is always noticed, and no bytes make the decoders trap.
@Suite struct DamageTests {
  static let id = LakeID(high: 1, low: 2)

  #if DEBUG
    static let forgeryCount = 3000
  #else
    static let forgeryCount = 100_000
  #endif

  static func manifestBytes() throws -> [UInt8] {
    var change = StoreManifests.change(fileCount: 3)
    change.areas = StoreSamples.areas
    change.routes = StoreSamples.routes
    return try ManifestDraft(after: .empty(lakeID: id), applying: change).encode()
  }

  /// Opens and proves everything, as a query and a commit together do.
  static func prove(_ bytes: [UInt8]) throws {
    let manifest = try Manifest(
      opening: BytesInMemory(bytes), path: "m", version: 1, lakeID: id)
    try manifest.proveAll()
  }

  /// `formats/manifest/v1.md`, [MF-1]: every bit of a manifest is vouched for.
  @Test func everyFlippedBitOfAManifestIsNoticed() throws {
    let bytes = try Self.manifestBytes()
    try Self.prove(bytes)
    for index in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[index] ^= 1 << bit
        #expect(throws: StoreError.self, "byte \(index) bit \(bit)") { try Self.prove(damaged) }
      }
    }
  }

  @Test func everyPrefixAndEveryLongerManifestIsNoticed() throws {
    let bytes = try Self.manifestBytes()
    for count in bytes.indices {
      #expect(throws: StoreError.self, "\(count) bytes") { try Self.prove(Array(bytes[..<count])) }
    }
    #expect(throws: StoreError.self) { try Self.prove(bytes + [0]) }
    #expect(throws: StoreError.self) {
      try Self.prove([UInt8](repeating: 0, count: bytes.count))
    }
  }

  /// [MF-9]: wrong numbers under right checksums: whoever wrote them, they must not trap.
  @Test func sectionsWithForgedChecksumsNeverTrap() throws {
    let bytes = try Self.manifestBytes()
    var random = SeededRandom(seed: 8)
    var refusedCount = 0
    for _ in 0..<Self.forgeryCount {
      var forged = bytes
      for _ in 0...random.integer(in: 0..<3) {
        let index = random.integer(in: 88..<bytes.count - 24)
        let values: [UInt8] = [0, 1, 0x7f, 0x80, 0xff, UInt8(truncatingIfNeeded: random.next())]
        forged[index] = values[random.integer(in: 0..<values.count)]
      }
      do {
        let manifest = try Manifest(opening: BytesInMemory(ManifestForgery.seal(forged)), path: "m")
        _ = try manifest.entries()
        for index in manifest.regions.indices { _ = manifest.files(ofRegion: index) }
        _ = try manifest.inputs()
        _ = try manifest.loads()
        _ = try manifest.areas()
        _ = try manifest.routes()
      } catch {
        refusedCount += 1
      }
    }
    #expect(refusedCount > Self.forgeryCount / 4)
    print("forged manifests: \(refusedCount) of \(Self.forgeryCount) refused, none trapped")
  }

  @Test func aManifestOfAnotherLakeOrVersionIsRefused() throws {
    let bytes = try Self.manifestBytes()
    #expect(throws: StoreError.self) {
      try Manifest(
        opening: BytesInMemory(bytes), path: "m", version: 1, lakeID: LakeID(high: 1, low: 3))
    }
    #expect(throws: StoreError.self) {
      try Manifest(opening: BytesInMemory(bytes), path: "m", version: 2, lakeID: Self.id)
    }
  }

  /// `formats/lake-layout/v1.md`, [LL-3].
  @Test func everyFlippedBitAndPrefixOfLAKEIsNoticed() throws {
    let bytes = StoreSamples.settings.encode(id: Self.id)
    let (id, settings) = try LakeSettings.decode(bytes)
    #expect(id == Self.id)
    #expect(settings == StoreSamples.settings)
    for index in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[index] ^= 1 << bit
        #expect(throws: ByteError.self, "byte \(index) bit \(bit)") {
          try LakeSettings.decode(damaged)
        }
      }
      #expect(throws: ByteError.self) { try LakeSettings.decode(Array(bytes[..<index])) }
    }
    #expect(throws: ByteError.self) { try LakeSettings.decode(bytes + [0]) }
  }

  /// [LL-18]: a damaged newest version is an error, never the one before.
  @Test func aDamagedHeadIsAnErrorAndNeverTheVersionBefore() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/lake"
    let lake = try Lake.create(at: path, settings: StoreSamples.settings)
    for number in 1...2 as ClosedRange<UInt64> {
      let transaction = try lake.begin()
      _ = try transaction.commit { _ in
        ManifestChange(inputs: [StoreSamples.input(number, stored: 0)])
      }
    }
    let head = path + "/manifests/00000000000000000002.man"
    for damage in [{ truncate(head, 0) }, { truncate(head, 300) }] {
      #expect(damage() == 0)
      let error = #expect(throws: StoreError.self) { try Lake.open(at: path).snapshot() }
      #expect(error?.code == .damaged)
      #expect(error?.exitCode == 76)
      #expect(error?.path == "manifests/00000000000000000002.man")
      // Nor is anything built on what is left.
      let transaction = try Lake.open(at: path).begin()
      #expect(throws: StoreError.self) { try transaction.commit { _ in ManifestChange() } }
    }
    #expect(unlink(head) == 0)
    #expect(symlink("00000000000000000001.man", head) == 0)
    let error = #expect(throws: StoreError.self) { try Lake.open(at: path).snapshot() }
    #expect(error?.code == .damaged)
  }

  @Test(
    "Damaged statistics of sources are found by all that uses them, and by verify, repair and commits"
  )
  func damagedSourceStatistics() throws {
    let sample = try TestLake.withDamagedSourceStatistics(tripCount: 9)
    let lake = sample.lake
    let manifest = try lake.snapshot().manifest
    #expect(manifest.rowCount(ofFile: 0) == 9)
    for use in [
      { _ = try manifest.fileSources() }, { _ = try manifest.entries() },
      { _ = try lake.repair(to: nil) },
      { _ = try lake.begin().commit { _ in ManifestChange() } },
    ] as [() throws -> Void] {
      let error = #expect(throws: StoreError.self) { try use() }
      #expect(error?.code == .damaged && error?.path == "manifests/00000000000000000001.man")
    }
    let damages = try lake.verify().damages
    #expect(damages.map(\.path) == ["manifests/00000000000000000001.man"])
    #expect(damages.map(\.code) == [.damaged])
  }

  @Test("A link in place of a folder is not followed, wherever it leads", arguments: [true, false])
  func linkedFoldersAreNotFollowed(isInside: Bool) throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/lake"
    let (_, staged) = try lakeOfOneFile(at: path)
    let fileSystem = try LocalFileSystem(root: path)
    _ = try StoreFile(opening: staged.path, in: fileSystem)
    let target = isInside ? "elsewhere" : "../elsewhere"
    #expect(rename(path + "/data", path + "/" + target) == 0)
    #expect(symlink(target, path + "/data") == 0)
    let error = #expect(throws: SystemError.self) {
      try StoreFile(opening: staged.path, in: fileSystem)
    }
    #expect(error?.isMissing == true)
  }

  @Test func aMissingTripFileIsNamed() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/lake"
    let (lake, staged) = try lakeOfOneFile(at: path)
    #expect(unlink(path + "/" + staged.path.text) == 0)
    let error = #expect(throws: StoreError.self) { try lake.snapshot().openTripFile(0) }
    #expect(error?.code == .missingFile)
    #expect(error?.path == staged.path.text)
    let report = try lake.verify()
    #expect(report.damages.map(\.code) == [.missingFile])
  }

  private func lakeOfOneFile(at path: String) throws -> (Lake, StagedDataFile) {
    let lake = try Lake.create(at: path, settings: StoreSamples.settings)
    let transaction = try lake.begin()
    let staged = try transaction.writeDataFile(
      StoreSamples.tripFile(seed: 1), key: StoreSamples.key("Prague"), number: 0)
    _ = try transaction.commit { _ in ManifestChange(added: [staged]) }
    return (lake, staged)
  }
}
