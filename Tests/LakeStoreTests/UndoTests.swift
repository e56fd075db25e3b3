import LakeBytes
import LakeFile
import LakeStore
import LakeTestSupport
import Synchronization
import Testing
import TripModel

/// Taking a load out again leaves the lake as if it had never been there, but for the records of it.
@Suite struct UndoTests {
  let folder = TemporaryFolder()
  let path: String
  let lake: Lake

  init() throws {
    path = folder.path + "/lake"
    lake = try Lake.create(at: path, settings: StoreSamples.settings)
  }

  /// Commits a load of two trip files, an input and a report.
  @discardableResult
  static func load(_ identity: UInt64, into lake: Lake) throws -> UInt64 {
    let transaction = try lake.begin()
    let files = try (0..<2 as Range<UInt32>).map { number in
      try transaction.writeDataFile(
        StoreSamples.tripFile(seed: identity * 2 + UInt64(number)),
        key: StoreSamples.key(number == 0 ? "Prague" : "Turin"), number: number)
    }
    let report = try transaction.makeReport(.rejects)
    try report.append(Array("line\n\(identity)\n".utf8))
    let record = LoadRecord(
      transaction: transaction.id, startTime: 1, endTime: 2, stored: 10, rejected: 1,
      duplicates: 0, reports: [try report.finish()])
    return try transaction.commit { _ in
      ManifestChange(
        added: files, inputs: [StoreSamples.input(identity, stored: 10)], load: record)
    }.load
  }

  @Test func exactlyThatLoadIsTakenOut() throws {
    try Self.load(1, into: lake)
    let before = try lake.snapshot().manifest
    let load = try Self.load(2, into: lake)
    let held = try lake.snapshot()
    let receipt = try lake.undo(load)
    #expect(receipt.removal.load == 2 && receipt.undoneBy == 3 && !receipt.wasUndoneBefore)
    #expect(receipt.removal.rowCount == held.manifest.totals.rowCount - before.totals.rowCount)
    #expect(receipt.removal.files.count == 2)
    #expect(receipt.removal.inputs.map(\.path.displayText) == ["trips-2.csv"])

    let after = try lake.snapshot().manifest
    #expect(after.version == 3 && after.totals == before.totals)
    #expect(after.totals.rowHashSum == before.totals.rowHashSum)
    #expect(try (0..<after.fileCount).allSatisfy { try after.load(ofFile: $0) == 1 })
    #expect(try after.inputs().map(\.load) == [1])
    #expect(try after.inputHistory().map(\.load) == [1, 2])
    let record = try #require(try after.loads().last)
    #expect(record.kind == .undo && record.undoneLoad == 2 && record.stored == 0)
    #expect(record.subject == receipt.removal.subject)
    // The load's own record stays, its report with it, and so do its files for older versions.
    #expect(try after.loads().map(\.load) == [1, 2, 3])
    let file = try StoreFile(
      opening: held.manifest.entries()[1].path, in: LocalFileSystem(root: path))
    #expect(file.byteCount > 0)
    let check = try lake.verify()
    #expect(Self.damages(check).isEmpty && check.orphans.isEmpty && check.tripFileCount == 4)
  }

  @Test func undoingAgainChangesNothing() throws {
    let load = try Self.load(1, into: lake)
    try lake.undo(load)
    let again = try lake.undo(load)
    #expect(again.wasUndoneBefore && again.undoneBy == 2 && again.removal.inputs.isEmpty)
    #expect(try lake.snapshot().manifest.version == 2)
  }

  @Test func theInputMayBeLoadedAndUndoneAgain() throws {
    let first = try Self.load(1, into: lake)
    let totals = try lake.snapshot().manifest.totals
    try lake.undo(first)
    let second = try Self.load(1, into: lake)
    #expect(second == 3)
    #expect(try lake.snapshot().manifest.totals == totals)
    #expect(try lake.snapshot().manifest.inputs().map(\.load) == [3])
    try lake.undo(second)
    #expect(try lake.snapshot().manifest.totals == ManifestTotals())
    #expect(try lake.snapshot().manifest.inputs().isEmpty)
  }

  @Test func whatCannotBeUndoneIsRefused() throws {
    try Self.load(1, into: lake)
    try lake.undo(1)
    let unknown = #expect(throws: StoreError.self) { try lake.undo(7) }
    #expect(unknown?.code == .unknownLoad && unknown?.exitCode == 2)
    #expect(unknown?.message == "there is no load 7 in snapshot 2; there are: 1 to 2")
    let undo = #expect(throws: StoreError.self) { try lake.undo(2) }
    #expect(undo?.code == .cannotUndo)
    #expect(try lake.snapshot().manifest.version == 2)
    #expect(try LocalFileSystem(root: path).list(.transactions).isEmpty)
  }

  /// Loads and undos of many writers at once: each load is taken out once, and nothing else goes.
  @Test(arguments: [true, false])
  func undosAndLoadsAtTheSameTime(usesLock: Bool) throws {
    let undone = try (0..<6 as Range<UInt64>).map { try Self.load($0, into: lake) }
    let kept = try (100..<103 as Range<UInt64>).map { try Self.load($0, into: lake) }
    let takenOut = Mutex<[UInt64]>([])
    try WorkerGroup.run(threadCount: 6) { writer in
      var environment = StoreEnvironment(fileSystem: try LocalFileSystem(root: path))
      environment.usesCommitLock = usesLock
      let lake = try Lake.open(in: environment)
      for load in undone {
        if writer % 2 == 0 {
          try Self.repeating {
            let receipt = try lake.undo(load)
            if !receipt.wasUndoneBefore { takenOut.withLock { $0.append(load) } }
          }
        } else {
          try Self.repeating { try Self.load(1000 + UInt64(writer) * 10 + load, into: lake) }
        }
      }
    }
    #expect(takenOut.withLock { $0.sorted() } == undone)
    let manifest = try lake.snapshot().manifest
    #expect(manifest.version == 9 + 6 + 18)
    let loads = Set(try (0..<manifest.fileCount).map { try manifest.load(ofFile: $0) })
    #expect(loads.isSuperset(of: kept) && loads.isDisjoint(with: undone))
    #expect(manifest.fileCount == 2 * (3 + 18))
    #expect(Self.damages(try lake.verify()).isEmpty)
  }

  /// But for the trip files, which hold random bytes.
  private static func damages(_ report: VerificationReport) -> [StoreError] {
    report.damages.filter { !$0.path.hasSuffix(".trip") }
  }

  private static func repeating(_ body: () throws -> Void) throws {
    while true {
      do {
        return try body()
      } catch let error as StoreError where error.code == .tryAgain {
        // Without the lock a writer may lose more often than it tries.
      }
    }
  }

  /// `formats/manifest/v1.md`, [MF-25] and [MF-27].
  @Test func recordsThatContradictEachOtherAreDamage() throws {
    func record(_ load: UInt64, _ kind: LoadKind, _ subject: UInt64?) -> LoadRecord {
      LoadRecord(
        load: load, kind: kind, transaction: TransactionID(high: 1, low: load), startTime: 1,
        endTime: 2, stored: 0, rejected: 0, duplicates: 0,
        subject: subject.map { LoadSubject(load: $0) })
    }
    func read(_ changes: [LoadRecord]) throws -> [LoadRecord] {
      var manifest = Manifest.empty(lakeID: StoreGoldenTests.id)
      for change in changes {
        let bytes = try ManifestDraft(after: manifest, applying: ManifestChange(load: change))
          .encode()
        manifest = try Manifest(opening: BytesInMemory(bytes), path: "m")
      }
      return try manifest.loads()
    }
    let good = [
      record(1, .ingest, nil), record(2, .replay, 1), record(3, .undo, 1), record(4, .undo, 2),
    ]
    #expect(try read(good) == good)
    for bad in [
      [record(1, .undo, 1)], [record(1, .ingest, nil), record(2, .undo, 3)],
      [record(1, .ingest, nil), record(2, .undo, 1), record(3, .undo, 1)],
      [record(1, .ingest, nil), record(2, .undo, 1), record(3, .undo, 2)],
      [record(1, .ingest, nil), record(2, .undo, 1), record(3, .replay, 1)],
    ] {
      let error = #expect(throws: StoreError.self) { try read(bad) }
      #expect(error?.code == .damaged)
    }
  }

  @Test func filesOfALoadThatIsUndoneAreDamage() throws {
    let load = try Self.load(1, into: lake)
    let transaction = try lake.begin()
    _ = try transaction.commit { _ in
      ManifestChange(
        load: LoadRecord(
          kind: .undo, transaction: transaction.id, startTime: 1, endTime: 2, stored: 0,
          rejected: 0, duplicates: 0, subject: LoadSubject(load: load)))
    }
    let damages = try lake.verify().damages
    #expect(damages.contains { $0.message.contains("of load 1, which is undone") })
  }

  @Test func numbersAreNamedInRuns() {
    #expect(NumberRuns.text([1], near: 1) == "1")
    #expect(NumberRuns.text([1, 2, 3, 7, 9, 10], near: 4) == "1 to 3, 7, 9 to 10")
    let odd = (0..<50 as Range<UInt64>).map { 2 * $0 + 1 }
    #expect(NumberRuns.text(odd, near: 0) == "1, 3, 5, 7, 9, …")
    #expect(NumberRuns.text(odd, near: 50) == "47, 49, 51, 53, 55, …")
    #expect(NumberRuns.text(odd, near: 1000) == "91, 93, 95, 97, 99, …")
  }
}
