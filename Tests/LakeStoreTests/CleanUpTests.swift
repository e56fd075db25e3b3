import Glibc
import LakeFile
import LakeTestSupport
import Synchronization
import Testing
import TripModel

@testable import LakeStore

/// Clean-up removes what nobody needs and nothing else.
@Suite struct CleanUpTests {
  let folder = TemporaryFolder()
  let path: String
  let lake: Lake
  private static let keepOne = CleanUpRule(versionCount: 1, duration: 0)

  init() throws {
    path = folder.path + "/lake"
    lake = try Lake.create(at: path, settings: StoreSamples.settings)
  }

  private func exists(_ path: LakePath) throws -> Bool {
    (try? StoreFile(opening: path, in: LocalFileSystem(root: self.path))) != nil
  }

  @Test func olderVersionsAndTheFilesThatOnlyTheyNamedGo() throws {
    for identity in 1...3 as ClosedRange<UInt64> { try UndoTests.load(identity, into: lake) }
    // A manifest in hand would hold its version.
    let files = try lake.snapshot().manifest.entries()
    try lake.undo(2)
    let forecast = try lake.cleanUp(Self.keepOne, isForecast: true)
    #expect(forecast.removedVersions == [1, 2, 3] && forecast.removedFiles.count == 2)
    #expect(try lake.manifestVersions() == [1, 2, 3, 4])

    let report = try lake.cleanUp(Self.keepOne)
    #expect(report.removedVersions == [1, 2, 3] && report.keptVersionCount == 1)
    #expect(report.removedFiles == forecast.removedFiles)
    #expect(
      report.removedFiles == files.filter { $0.load == 2 }.map(\.path.text).sorted())
    #expect(
      report.removedByteCount
        == UInt64(files.filter { $0.load == 2 }.reduce(0) { $0 + $1.statistics.byteCount }))
    #expect(try lake.manifestVersions() == [4])
    for file in files { #expect(try exists(file.path) == (file.load != 2), "\(file.path.text)") }
    // Reports are the memory of loads, also of one that is undone.
    #expect(try LoadHistory(lake.snapshot().manifest).entry(2).record.reports.count == 1)
    let check = try lake.verify()
    #expect(check.damages.allSatisfy { $0.path.hasSuffix(".trip") } && check.orphans.isEmpty)
    let again = try lake.cleanUp(Self.keepOne)
    #expect(again.removedVersions.isEmpty && again.removedFiles.isEmpty)
    try UndoTests.load(5, into: lake)
    #expect(try lake.manifestVersions() == [4, 5])
    let gone = #expect(throws: StoreError.self) { try lake.snapshot(version: 2) }
    #expect(gone?.code == .unknownSnapshot && gone?.message.hasSuffix("there are: 4 to 5") == true)
  }

  @Test func aVersionThatSomebodyReadsStaysWithItsFiles() throws {
    try UndoTests.load(1, into: lake)
    try UndoTests.load(2, into: lake)
    let reader = try Lake.open(at: path)
    var held: LakeSnapshot? = try reader.snapshot()
    let files = try held?.manifest.entries().map(\.path) ?? []
    try lake.undo(1)
    let report = try lake.cleanUp(Self.keepOne)
    #expect(report.removedVersions == [1] && report.pinnedVersions == [2])
    #expect(report.removedFiles.isEmpty)
    for file in files { #expect(try exists(file)) }
    withExtendedLifetime(held) {}
    held = nil
    let later = try lake.cleanUp(Self.keepOne)
    #expect(later.removedVersions == [2] && later.removedFiles.count == 2)
  }

  @Test func whatLivingWritersMadeStaysAndWhatDeadOnesLeftGoes() throws {
    try UndoTests.load(1, into: lake)
    let writer = try Lake.open(at: path).begin()
    let staged = try writer.writeDataFile(
      StoreSamples.tripFile(seed: 9), key: StoreSamples.key("Prague"), number: 0)
    try writer.syncStagedFiles()
    // What a killed writer leaves: files, and its transaction without a lock.
    let dead = TransactionID(high: 1, low: 2)
    let local = try LocalFileSystem(root: path)
    let left: [LakePath] = [
      .tripFile(StoreSamples.key("Turin"), dead, 0), .report(.rejects, dead),
      .report(.duplicates, dead), .temporaryManifest(dead), .temporarySettings(dead),
      .transaction(dead),
    ]
    for path in left { try StoreFile(creating: path, in: local).close() }
    let notes = open("\(path)/data/notes.txt", O_WRONLY | O_CREAT, 0o644)
    close(notes)

    let report = try lake.cleanUp()
    #expect(report.removedFiles == left.dropLast().map(\.text).sorted())
    #expect(report.removedTransactionCount == 1 && report.writerCount == 1)
    #expect(report.foreignFiles == ["data/notes.txt"])
    for path in left { #expect(try !exists(path), "\(path.text)") }
    #expect(try exists(staged.path))
    _ = try writer.commit { _ in ManifestChange(added: [staged]) }
    #expect(try lake.snapshot().manifest.fileCount == 3)
    #expect(try lake.cleanUp().removedFiles.isEmpty)
  }

  @Test func whereAVersionCannotBeProvenNoFileIsRemoved() throws {
    for identity in 1...3 as ClosedRange<UInt64> { try UndoTests.load(identity, into: lake) }
    try lake.undo(3)
    TestLake.flipByte(at: 90, ofFile: "\(path)/\(LakePath.manifest(3).text)")
    let error = #expect(throws: StoreError.self) {
      try lake.cleanUp(CleanUpRule(versionCount: 2, duration: 0))
    }
    #expect(error?.code == .damaged)
    #expect(try lake.snapshot(version: 4).manifest.fileCount == 4)
    #expect(try LocalFileSystem(root: path).list(.manifests).count == 2)
    let files = try lake.verify().orphans
    #expect(files.count == 2, "the files of load 3 are there: \(files)")
    // The damaged one goes when it need not be kept.
    let report = try lake.cleanUp(Self.keepOne)
    #expect(report.removedVersions == [3] && report.removedFiles.count == 2)
  }

  @Test func theRuleKeepsTheLastOnesAndThoseThatWereTheNewestLately() {
    func expired(_ count: Int, _ duration: Int64, now: Int64) -> [UInt64] {
      let loads = [1, 2, 3, 5].map { (load: UInt64) in
        LoadRecord(
          load: load, transaction: TransactionID(high: 0, low: load), startTime: 0,
          endTime: Int64(load) * 100, stored: 0, rejected: 0, duplicates: 0)
      }
      return CleanUpRule(versionCount: count, duration: duration)
        .expired([1, 2, 3, 4, 5], loads: loads, now: now)
    }
    #expect(expired(1, 0, now: 0) == [1, 2, 3, 4])
    #expect(expired(0, 0, now: 0) == [1, 2, 3, 4])
    #expect(expired(3, 0, now: 0) == [1, 2])
    #expect(expired(9, 0, now: 0) == [])
    // Version 2 was the newest until 300, versions 3 and 4 until 500 at the latest.
    #expect(expired(1, 50, now: 350) == [1])
    #expect(expired(1, 50, now: 351) == [1, 2])
    #expect(expired(1, 50, now: 551) == [1, 2, 3, 4])
    #expect(expired(4, 50, now: 551) == [1])
    #expect(expired(1, .max, now: 551) == [])
    #expect(CleanUpRule.usual.expired([1, 2, 3], loads: [], now: .max) == [])
  }

  /// Readers, writers and clean-ups at once: nobody misses a file, nothing is lost, nothing is left.
  @Test func cleanUpsBesideReadersAndWriters() throws {
    let commitCount = 25
    let stop = Atomic<Int>(0)
    let missing = Mutex<[String]>([])
    try WorkerGroup.run(threadCount: 6) { thread in
      let lake = try Lake.open(at: path)
      switch thread {
      case 0, 1:
        defer { stop.add(1, ordering: .relaxed) }
        for number in 0..<commitCount {
          let load = try UndoTests.load(UInt64(thread * 1000 + number), into: lake)
          if number % 3 == 0 { try lake.undo(load) }
        }
      case 2, 3:
        while stop.load(ordering: .relaxed) < 2 { _ = try lake.cleanUp(Self.keepOne) }
      default:
        while stop.load(ordering: .relaxed) < 2 {
          let snapshot = try lake.snapshot()
          usleep(500)
          for path in try snapshot.manifest.entries().map(\.path) {
            if try !exists(path) { missing.withLock { $0.append(path.text) } }
          }
        }
      }
    }
    #expect(missing.withLock { $0 } == [])
    let last = try lake.cleanUp(Self.keepOne)
    #expect(last.writerCount == 0)
    let manifest = try lake.snapshot().manifest
    let undoneCount = 2 * ((commitCount + 2) / 3)
    #expect(manifest.version == UInt64(2 * commitCount + undoneCount))
    #expect(manifest.fileCount == 2 * (2 * commitCount - undoneCount))
    let check = try lake.verify()
    #expect(check.orphans.isEmpty && check.manifestCount == 1)
    #expect(!check.damages.contains { $0.code == .missingFile })
    #expect(try LocalFileSystem(root: path).list(.transactions).isEmpty)
  }

  /// `verify` beside clean-ups takes nothing that was cleaned up for damage.
  @Test func verifyBesideCleanUps() throws {
    let stop = Atomic<Bool>(false)
    try WorkerGroup.run(threadCount: 2) { thread in
      let lake = try Lake.open(at: path)
      if thread == 0 {
        defer { stop.store(true, ordering: .relaxed) }
        for identity in 0..<40 as Range<UInt64> {
          try lake.undo(try UndoTests.load(identity, into: lake))
          _ = try lake.cleanUp(Self.keepOne)
        }
      } else {
        while !stop.load(ordering: .relaxed) {
          let damages = try lake.verify().damages.filter {
            $0.code != .damaged || !$0.path.hasSuffix(".trip")
          }
          #expect(damages == [])
        }
      }
    }
  }

  @Test func namesOfTransactionsAreReadStrictly() {
    let id = TransactionID(high: 0x0123_4567_89ab_cdef, low: 0xfedc_ba98_7654_3210)
    let text = id.hexadecimal
    func file(_ name: String) -> TransactionID? {
      FileName.transaction(ofTripFileOrReport: ByteString(name))
    }
    #expect(file("\(text)-0.trip") == id && file("\(text)-123.trip") == id)
    #expect(file("\(text).csv") == id)
    for name in [
      "\(text).trip", "\(text)-.trip", "\(text)-x.trip", "\(text)-1.trip2", "x\(text)-1.trip",
      "\(text.uppercased())-0.trip", String(text.dropLast()) + ".csv", "", "-0.trip", ".csv",
    ] {
      #expect(file(name) == nil, "\(name)")
    }
    #expect(FileName.transaction(ofTemporary: ByteString(".\(text).tmp")) == id)
    #expect(FileName.transaction(ofTemporary: ByteString("\(text).tmp")) == nil)
    #expect(FileName.transaction(ofTemporary: ByteString(".\(text).tmp2")) == nil)
  }
}
