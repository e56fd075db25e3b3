import LakeBytes
import LakeFile
import LakeTestSupport
import Testing
import TripModel

@testable import LakeStore

/// What a manifest tells of the sources of regions is the sum of what it tells of their files.
@Suite struct RegionSourcesTests {
  struct Sum: Equatable {
    var rowCount = 0
    var firstTime = Int64.max
    var lastTime = Int64.min
  }

  static func manifest(_ change: ManifestChange) throws -> Manifest {
    try ManifestTests.open(
      ManifestDraft(after: .empty(lakeID: ManifestTests.id), applying: change).encode())
  }

  /// Files in 5 regions with some of 6 sources each; those of `unnamed` have more than are named.
  static func change(
    fileCount: Int, seed: UInt64, unnamed: Set<Int> = []
  ) -> ManifestChange {
    var random = SeededRandom(seed: seed)
    let files = (0..<fileCount).map { number in
      var sources: [SourceStatistics] = []
      for name in ["a", "b", "c", "d", "e", "f"] as [ByteString] where random.chance(0.4) {
        let first = Int64(random.integer(in: 0..<1000))
        sources.append(
          SourceStatistics(
            name: name, rowCount: random.integer(in: 1..<50), firstTime: first,
            lastTime: first + Int64(random.integer(in: 0..<1000))))
      }
      let isNamed = !unnamed.contains(number)
      return StagedDataFile(
        key: StoreSamples.key("Region \(number % 5)", week: Int32(number)), number: UInt32(number),
        transaction: TransactionID(high: 1, low: 2), footerDigest: .zero,
        statistics: TripFileStatistics(
          rowCount: sources.reduce(isNamed ? 0 : 7) { $0 + $1.rowCount }, byteCount: 100,
          rowHashSum: .zero, firstTime: 0, lastTime: 3000, originExtent: nil,
          destinationExtent: nil, destinationCount: 0, sources: sources,
          areSourcesComplete: isNamed))
    }
    return ManifestChange(added: files)
  }

  private func told(_ manifest: Manifest) throws -> [[ByteString: Sum]]? {
    guard let table = try manifest.regionSources() else { return nil }
    return manifest.regions.indices.map { region in
      var sums: [ByteString: Sum] = [:]
      table.forEach(of: region) { source in
        sums[manifest.sources[source.sourceIndex]] = Sum(
          rowCount: source.rowCount, firstTime: source.firstTime, lastTime: source.lastTime)
      }
      return sums
    }
  }

  @Test("They are summed up file by file, but for regions whose files do not name all")
  func sums() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    for unnamed in [[], [3], [3, 66]] as [Set<Int>] {
      let change = Self.change(fileCount: 90, seed: seed, unnamed: unnamed)
      let manifest = try Self.manifest(change)
      var expected = [[ByteString: Sum]](repeating: [:], count: 5)
      for file in change.added {
        for source in file.statistics.sources {
          var sum = expected[Int(file.number) % 5][source.name] ?? Sum()
          sum.rowCount += source.rowCount
          sum.firstTime = min(sum.firstTime, source.firstTime)
          sum.lastTime = max(sum.lastTime, source.lastTime)
          expected[Int(file.number) % 5][source.name] = sum
        }
      }
      let withheld = Set(unnamed.map { $0 % 5 })
      for region in withheld { expected[region] = [:] }
      #expect(try told(manifest) == expected, "seed \(seed)")
      let table = try #require(try manifest.regionSources())
      #expect((0..<5).map { table.isComplete($0) } == (0..<5).map { !withheld.contains($0) })
      try manifest.proveAll()
    }
  }

  @Test(
    "A version of few files does not tell them", arguments: [(0, false), (63, false), (64, true)])
  func fewFiles(fileCount: Int, tells: Bool) throws {
    let manifest = try Self.manifest(Self.change(fileCount: fileCount, seed: 1))
    #expect(try (manifest.regionSources() != nil) == tells)
    try manifest.proveAll()
  }

  @Test("The next version tells them anew")
  func nextVersion() throws {
    let first = try Self.manifest(Self.change(fileCount: 70, seed: 1))
    let draft = try ManifestDraft(after: first, applying: ManifestChange(removed: [0, 1]))
    let second = try ManifestTests.open(draft.encode())
    try second.proveAll()
    #expect(try told(second) != told(first))
    let third = try ManifestDraft(after: second, applying: ManifestChange(removed: Array(0..<5)))
    #expect(try ManifestTests.open(third.encode()).regionSources() == nil)
  }

  @Test("Sums that are not those of the files are found by those who prove all")
  func contradiction() throws {
    let draft = try ManifestDraft(
      after: .empty(lakeID: ManifestTests.id), applying: Self.change(fileCount: 64, seed: 2))
    var bytes = draft.encode()
    let entryCount = try #require(try ManifestTests.open(bytes).regionSources()).entryCount
    // The last times stand at the end.
    let lastTimes = ManifestForgery.start(ofSection: 17, in: bytes) + 4 * 6 + 20 * entryCount
    bytes[lastTimes] ^= 1
    #expect(throws: StoreError.self) { try ManifestTests.open(bytes).regionSources() }
    bytes[lastTimes + 2] ^= 1
    let forged = try ManifestTests.open(ManifestForgery.seal(bytes))
    _ = try forged.regionSources()
    let error = #expect(throws: StoreError.self) { try forged.proveAll() }
    #expect(error?.code == .damaged)
    #expect(error?.message.contains("region 0") == true)
  }
}
