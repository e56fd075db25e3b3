import LakeBytes
import LakeColumns
import LakeFile
import LakeStore
import LakeTestSupport
import Testing
import TripModel

/// The whole way on the real file system.
@Suite struct LocalLakeTests {
  let folder = TemporaryFolder()

  @Test func aLakeIsMadeFilledAndReadBack() throws {
    let path = folder.path + "/deep/lake"
    #expect(!Lake.exists(at: path))
    let lake = try Lake.create(at: path, settings: StoreSamples.settings)
    #expect(Lake.exists(at: path))
    #expect(try lake.snapshot().manifest.version == 0)

    let transaction = try lake.begin()
    let file = StoreSamples.tripFile(seed: 1)
    let staged = try transaction.writeDataFile(file, key: StoreSamples.key("Praha ž"), number: 0)
    let receipt = try transaction.commit { head in
      #expect(head.version == 0)
      return ManifestChange(
        added: [staged], inputs: [StoreSamples.input(1, stored: file.statistics.rowCount)])
    }
    #expect(receipt.version == 1)

    let again = try Lake.open(at: path)
    #expect(again.id == lake.id)
    #expect(again.settings == StoreSamples.settings)
    let manifest = try again.snapshot().manifest
    #expect(manifest.version == 1)
    #expect(manifest.fileCount == 1)
    let entry = try manifest.entries()[0]
    #expect(entry.key == StoreSamples.key("Praha ž"))
    #expect(entry.statistics == file.statistics)
    #expect(entry.load == 1)
    #expect(try manifest.inputs().map(\.load) == [1])
    let stored = try StoreFile(opening: entry.path, in: LocalFileSystem(root: path))
    #expect(try stored.read(0..<stored.byteCount) == file.bytes)
  }

  @Test func manyBytesAreWrittenFromWhereTheyLie() throws {
    let fileSystem = try LocalFileSystem(root: folder.path)
    let path = LakePath.lock
    let block = DirectWrite.blockByteCount
    let many = DirectWrite.leastByteCount
    var bytes = ColumnBuffer<UInt8>()
    for number in 0..<3 * many + 10 { bytes.append(UInt8(truncatingIfNeeded: number * 31 >> 3)) }
    let handle = try fileSystem.create(path)
    func writeDirect(_ range: Range<Int>, at offset: Int) throws -> Int? {
      try fileSystem.writeDirect(handle, path, at: offset, bytes.span.bytes.extracting(range))
    }
    // Too few bytes, a place within a block, memory within a block.
    #expect(try writeDirect(0..<many - 1, at: 0) == nil)
    #expect(try writeDirect(0..<many, at: 1) == nil)
    #expect(try writeDirect(1..<many + 1, at: 0) == nil)
    #expect(try fileSystem.byteCount(handle, path) == 0)
    // The rest, less than a block, is left.
    #expect(try writeDirect(0..<many + block - 1, at: 0) == many)
    #expect(try writeDirect(many..<bytes.count, at: many) == 2 * many)
    // The file takes other writes as before.
    let rest = bytes.span.bytes.extracting(3 * many..<bytes.count)
    #expect(try fileSystem.write(handle, path, at: 3 * many, rest) == 10)
    try fileSystem.close(handle, path)
    let stored = try StoreFile(opening: path, in: fileSystem)
    #expect(try stored.read(0..<stored.byteCount) == bytes.array)
  }

  @Test func aLargeFileInPartsHasTheBytesOfAll() throws {
    let lake = try Lake.create(at: folder.path + "/lake", settings: StoreSamples.settings)
    let transaction = try lake.begin()
    let key = StoreSamples.key("Prague")
    var bytes = ColumnBuffer<UInt8>()
    for number in 0..<5 * DirectWrite.leastByteCount + 10 {
      bytes.append(UInt8(truncatingIfNeeded: number * 37 >> 4))
    }
    // The first part is written past the system's pages, the second is too short for that, the third has a rest.
    let first = 2 * DirectWrite.leastByteCount
    let second = first + DirectWrite.blockByteCount
    for (start, end) in [(0, first), (first, second), (second, bytes.count)] {
      var part = ColumnBuffer<UInt8>()
      for index in start..<end { part.append(bytes[index]) }
      try transaction.write(
        EncodedBytes(part), at: start, ofDataFile: 7, key: key, isEnd: end == bytes.count)
    }
    try transaction.syncStagedFiles()
    let path = LakePath.tripFile(key, transaction.id, 7)
    let stored = try StoreFile(opening: path, in: LocalFileSystem(root: folder.path + "/lake"))
    #expect(try stored.read(0..<stored.byteCount) == bytes.array)
    transaction.abort()
    #expect(throws: SystemError.self) {
      try StoreFile(opening: path, in: LocalFileSystem(root: folder.path + "/lake"))
    }
  }

  @Test func aSecondCreatorLosesCleanly() throws {
    let path = folder.path + "/lake"
    let first = try Lake.create(at: path, settings: StoreSamples.settings)
    let error = #expect(throws: StoreError.self) {
      try Lake.create(at: path, settings: StoreSamples.settings)
    }
    #expect(error?.code == .alreadyExists)
    #expect(try Lake.open(at: path).id == first.id)
    let names = try LocalFileSystem(root: path).list(.root).map(\.name).sorted()
    #expect(names == ["LAKE", "data", "duplicates", "lock", "manifests", "rejects", "tx"])
  }

  @Test func aFolderWithoutLakeIsNamed() {
    for path in [folder.path, folder.path + "/missing"] {
      let error = #expect(throws: StoreError.self) { try Lake.open(at: path) }
      #expect(error?.code == .notALake)
      #expect(error?.exitCode == 66)
    }
  }

  @Test func anAbandonedCommitLeavesNothing() throws {
    struct Abandoned: Error {}
    let path = folder.path + "/lake"
    let lake = try Lake.create(at: path, settings: StoreSamples.settings)
    let transaction = try lake.begin()
    _ = try transaction.writeDataFile(
      StoreSamples.tripFile(seed: 1), key: StoreSamples.key("Prague"), number: 0)
    let report = try transaction.makeReport(.rejects)
    try report.append(Array("a,b\n".utf8))
    _ = try report.finish()
    #expect(throws: Abandoned.self) {
      try transaction.commit { _ in throw Abandoned() }
    }
    let check = try lake.verify()
    #expect(check.orphans.isEmpty)
    #expect(check.version == 0)
    #expect(try LocalFileSystem(root: path).list(.transactions).isEmpty)
  }

  @Test func theLivenessFileIsLockedWhileATransactionLives() throws {
    let path = folder.path + "/lake"
    let lake = try Lake.create(at: path, settings: StoreSamples.settings)
    let transaction = try lake.begin()
    let file = try StoreFile(
      opening: .transaction(transaction.id), in: LocalFileSystem(root: path))
    #expect(try file.lock(.exclusive) == false)
    transaction.abort()
    #expect(try file.lock(.exclusive) == true)
    #expect(try LocalFileSystem(root: path).list(.transactions).isEmpty)
  }
}
