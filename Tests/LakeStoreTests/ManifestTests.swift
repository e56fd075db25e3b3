import LakeBytes
import LakeFile
import LakeStore
import LakeTestSupport
import Testing
import TripModel

@Suite struct ManifestTests {
  static let id = LakeID(high: 1, low: 2)

  static func open(_ bytes: [UInt8]) throws -> Manifest {
    try Manifest(opening: BytesInMemory(bytes), path: "m", lakeID: id)
  }

  @Test(arguments: [0, 1, 2, 25, 300])
  func whatIsWrittenIsReadBack(fileCount: Int) throws {
    let change = StoreManifests.change(fileCount: fileCount)
    let manifest = try Self.open(
      ManifestDraft(after: .empty(lakeID: Self.id), applying: change).encode())
    #expect(manifest.version == 1)
    #expect(manifest.parentDigest == .zero)
    #expect(manifest.schema == .trips)
    #expect(manifest.fileCount == fileCount)
    #expect(
      manifest.totals.rowCount == change.added.reduce(0) { $0 + UInt64($1.statistics.rowCount) })
    let added = Dictionary(uniqueKeysWithValues: change.added.map { ($0.number, $0) })
    for (index, entry) in try manifest.entries().enumerated() {
      let expected = try #require(added[entry.number])
      #expect(entry.key == expected.key)
      #expect(entry.statistics == expected.statistics)
      #expect(entry.footerDigest == expected.footerDigest)
      #expect(entry.transaction == expected.transaction)
      #expect(entry.path == expected.path)
      #expect(entry.load == 1)
      if index > 0 { #expect(manifest.key(ofFile: index - 1) <= entry.key) }
    }
    for (index, region) in manifest.regions.enumerated() {
      #expect(manifest.regions.firstIndex(of: region) == index)
      let range = manifest.files(ofRegion: index)
      #expect(range.allSatisfy { manifest.key(ofFile: $0).region == region })
      #expect(range.count == change.added.filter { $0.key.region == region }.count)
    }
    #expect(manifest.regions.firstIndex(of: "Nowhere") == nil)
    #expect(try manifest.inputs().map(\.load) == [1])
    let load = try #require(try manifest.loads().first)
    #expect(load.load == 1)
    #expect(load.reports == change.load?.reports)
  }

  @Test func theNextVersionKeepsAddsAndRemoves() throws {
    let first = try Self.open(
      ManifestDraft(after: .empty(lakeID: Self.id), applying: StoreManifests.change(fileCount: 30))
        .encode())
    var change = ManifestChange(removed: [0, 7], inputs: [StoreSamples.input(2, stored: 5)])
    let extra = ColumnDefinition(id: .firstExtra, name: "fare", type: .float64, isNullable: true)
    change.schema = TripSchema(columns: TripSchema.trips.columns + [extra])
    let second = try Self.open(ManifestDraft(after: first, applying: change).encode())
    #expect(second.version == 2)
    #expect(second.parentDigest == first.digest)
    #expect(second.digest != first.digest)
    #expect(second.schema.column(named: "fare") == extra)
    let numbers = try first.entries().map(\.number)
    let kept = (0..<30).filter { $0 != 0 && $0 != 7 }.map { numbers[$0] }
    #expect(try second.entries().map(\.number) == kept)
    #expect(try second.inputs().map(\.load) == [1, 2])
  }

  @Test func theSameDraftGivesTheSameBytes() throws {
    let change = StoreManifests.change(fileCount: 100)
    var shuffled = change
    var random = SeededRandom(seed: 1)
    shuffled.added.shuffle(using: &random)
    let head = Manifest.empty(lakeID: Self.id)
    #expect(
      try ManifestDraft(after: head, applying: change).encode()
        == ManifestDraft(after: head, applying: shuffled).encode())
  }

  #if DEBUG
    static let manyFiles = 500
  #else
    static let manyFiles = 10_000
  #endif

  /// The goal is about a millisecond at 10,000 files in an optimised build. The time is printed, not
  /// asserted; what is asserted is that the plan is right.
  @Test func manyFilesOpenQuickly() throws {
    let draft = try ManifestDraft(
      after: .empty(lakeID: Self.id), applying: StoreManifests.change(fileCount: Self.manyFiles))
    let folder = TemporaryFolder()
    let fileSystem = try LocalFileSystem(makingRoot: folder.path + "/lake")
    let bytes = draft.encode()
    let clock = ContinuousClock()
    let encodeTime = clock.measure { _ = draft.encode() }
    let file = try fileSystem.create(.lock)
    var position = 0
    while position < bytes.count {
      let rest = bytes.span.bytes.extracting(position..<bytes.count)
      position += try fileSystem.write(file, .lock, at: position, rest)
    }
    try fileSystem.close(file, .lock)
    var best = Duration.seconds(10)
    var rowCount = 0
    for _ in 0..<20 {
      let time = try clock.measure {
        let manifest = try Manifest(
          opening: StoreFile(opening: .lock, in: fileSystem), path: "m", lakeID: Self.id)
        rowCount = 0
        for index in 0..<manifest.fileCount where manifest.week(ofFile: index).index > 2510 {
          rowCount += manifest.rowCount(ofFile: index)
        }
      }
      best = min(best, time)
    }
    #expect(rowCount > 0)
    print(
      "\(Self.manyFiles) files: \(bytes.count) bytes, opened and planned in \(best), encoded in \(encodeTime)"
    )
  }
}
