import LakeBytes
import LakeStore
import LakeTestSupport
import Synchronization
import Testing
import TripModel

/// Writers at the same time on the real file system. Locks belong to open files, not to processes, so
/// threads that each open the lake contend exactly as processes do.
@Suite struct ConcurrencyTests {
  @Test(arguments: [true, false])
  func commitsOfManyWritersAllLandConsecutively(usesLock: Bool) throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/lake"
    _ = try Lake.create(at: path, settings: StoreSamples.settings)
    let writerCount = 8
    let commitCount = 25
    let versions = Mutex<[UInt64]>([])
    let rebases = Mutex(0)
    try WorkerGroup.run(threadCount: writerCount) { writer in
      var environment = StoreEnvironment(fileSystem: try LocalFileSystem(root: path))
      environment.usesCommitLock = usesLock
      let lake = try Lake.open(in: environment)
      for number in 0..<commitCount {
        let identity = UInt64(writer * 1000 + number)
        while true {
          do {
            let receipt = try Self.commit(identity, lake)
            versions.withLock { $0.append(receipt.version) }
            rebases.withLock { $0 += receipt.rebaseCount }
            break
          } catch let error as StoreError where error.code == .tryAgain {
            // Without the lock a writer may lose more often than it tries.
          }
        }
      }
    }
    let all = writerCount * commitCount
    #expect(versions.withLock { $0.sorted() } == (1...all).map { UInt64($0) })
    // With the lock nobody is ever late; without it the link alone keeps them apart.
    if usesLock { #expect(rebases.withLock { $0 } == 0) }
    let manifest = try Lake.open(at: path).snapshot().manifest
    #expect(manifest.fileCount == all)
    #expect(Set(try manifest.inputs().map(\.identity)).count == all)
  }

  private static func commit(_ identity: UInt64, _ lake: Lake) throws -> CommitReceipt {
    let transaction = try lake.begin()
    let file = StoreSamples.tripFile(seed: identity, byteCount: 64)
    let staged = try transaction.writeDataFile(file, key: StoreSamples.key("Turin"), number: 0)
    return try transaction.commit { _ in
      ManifestChange(added: [staged], inputs: [StoreSamples.input(identity, stored: 1)])
    }
  }

  /// The same input by many writers at once is stored once.
  @Test func theSameInputIsStoredOnce() throws {
    struct AlreadyLoaded: Error {}
    let folder = TemporaryFolder()
    let path = folder.path + "/lake"
    _ = try Lake.create(at: path, settings: StoreSamples.settings)
    let storedCount = Mutex(0)
    try WorkerGroup.run(threadCount: 8) { _ in
      let lake = try Lake.open(at: path)
      let transaction = try lake.begin()
      let staged = try transaction.writeDataFile(
        StoreSamples.tripFile(seed: 5), key: StoreSamples.key("Turin"), number: 0)
      do {
        _ = try transaction.commit { head in
          if try head.inputs().contains(where: { $0.identity.low == 5 }) { throw AlreadyLoaded() }
          return ManifestChange(added: [staged], inputs: [StoreSamples.input(5, stored: 1)])
        }
        storedCount.withLock { $0 += 1 }
      } catch is AlreadyLoaded {}
    }
    #expect(storedCount.withLock { $0 } == 1)
    let lake = try Lake.open(at: path)
    #expect(try lake.snapshot().manifest.fileCount == 1)
    // The losers took their files away.
    #expect(try lake.verify().orphans.isEmpty)
  }

  @Test func filesMayBeWrittenByManyThreads() throws {
    let folder = TemporaryFolder()
    let lake = try Lake.create(at: folder.path + "/lake", settings: StoreSamples.settings)
    let transaction = try lake.begin()
    let staged = Mutex<[StagedDataFile]>([])
    try WorkerGroup.run(threadCount: 4) { thread in
      for number in 0..<50 {
        let file = try transaction.writeDataFile(
          StoreSamples.tripFile(seed: UInt64(thread * 50 + number), byteCount: 100),
          key: StoreSamples.key("Prague", week: Int32(2500 + number % 7)),
          number: UInt32(thread * 50 + number))
        // It is written when it is opened, and then it is seen that it is no trip file.
        let error = #expect(throws: StoreError.self) { try transaction.openStagedFile(file) }
        #expect(error?.message.contains("does not begin") == true)
        staged.withLock { $0.append(file) }
      }
    }
    try transaction.syncStagedFiles()
    let all = staged.withLock { $0 }
    let (kept, dropped) = (Array(all.prefix(150)), Array(all.dropFirst(150)))
    transaction.discard(dropped)
    _ = try transaction.commit { _ in ManifestChange(added: kept) }
    let manifest = try lake.snapshot().manifest
    #expect(manifest.fileCount == 150)
    #expect(try lake.verify().orphans.isEmpty)
  }

  @Test func workersRunOnceEachAndTheFirstErrorIsThrown() throws {
    struct Failure: Error, Equatable { let index: Int }
    let ran = Mutex<[Int]>([])
    let error = #expect(throws: Failure.self) {
      try WorkerGroup.run(threadCount: 6) { index in
        ran.withLock { $0.append(index) }
        if index == 2 || index == 4 { throw Failure(index: index) }
      }
    }
    #expect(error == Failure(index: 2))
    #expect(ran.withLock { $0.sorted() } == Array(0..<6))
  }

  @Test func aMonitorWakesItsWaiters() throws {
    let turns = Monitor(0)
    try WorkerGroup.run(threadCount: 3) { index in
      for round in 0..<100 {
        turns.wait { turn -> Void? in
          guard turn == round * 3 + index else { return nil }
          turn += 1
          return ()
        }
      }
    }
    #expect(turns.withLock { $0 } == 300)
  }
}
