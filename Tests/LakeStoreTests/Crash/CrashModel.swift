import LakeBytes
import LakeFile
import LakeStore
import LakeTestSupport
import TripModel

/// What the lake owes at some moment: everything acknowledged, nothing that was never attempted.
struct CrashModel: Sendable {
  /// What is known of one input.
  struct Input: Sendable {
    /// Loads and undos whose end nobody was told.
    var openLoadCount = 0
    var openUndoCount = 0
    /// The newest version of which somebody was told whether the input is in the lake.
    var version: UInt64 = 0
    var isPresent = false

    var mayBePresent: Bool { isPresent || openLoadCount > 0 }
    var mayBeAbsent: Bool { !isPresent || openUndoCount > 0 }

    mutating func note(isPresent: Bool, in version: UInt64) {
      guard version >= self.version else { return }
      self.version = version
      self.isPresent = isPresent
    }
  }

  /// The inputs whose load has begun, by their identities.
  var inputs: [UInt64: Input] = [:]
  /// The highest version that anyone was told of.
  var observedVersion: UInt64 = 0
  /// Whether anyone was told that the lake exists.
  var isLakeKnown = false
  /// Whether versions may have been removed.
  var mayHaveGaps = false
  /// Whether a clean-up was acknowledged and nothing was written meanwhile and since.
  var isClean = false
  /// Loads and undos begun, and those of them that have ended.
  var begunCount = 0
  var endedCount = 0
  /// A file that a reader missed of the version it held.
  var missing: String?

  /// Somebody was told whether an input is in a version.
  mutating func note(_ identity: UInt64, isPresent: Bool, in version: UInt64) {
    inputs[identity]?.note(isPresent: isPresent, in: version)
    isLakeKnown = true
    observedVersion = max(observedVersion, version)
  }
}

/// The contents of a load follow from its identity alone, so that any state of a lake can be checked.
enum CrashLoad {
  static let fileCount: UInt32 = 2

  static func key(_ identity: UInt64, _ number: UInt32) -> PartitionKey {
    StoreSamples.key(number == 0 ? "Prague" : "łódź", week: 2500 + Int32(identity % 3))
  }

  static func file(_ identity: UInt64, _ number: UInt32) -> EncodedTripFile {
    StoreSamples.tripFile(
      seed: identity * 16 + UInt64(number), byteCount: number == 0 ? 1500 : 300)
  }

  /// How many bytes of a file are written before the others: 0 where it is written at once.
  static func firstByteCount(_ identity: UInt64, _ number: UInt32) -> Int {
    guard number == 0 else { return 0 }
    switch identity {
    case 2: return 704  // whole blocks, which are written without being kept
    case 3: return 700
    default: return 0
    }
  }

  static func hasReport(_ identity: UInt64) -> Bool { identity % 2 == 1 }

  static func report(_ identity: UInt64) -> [UInt8] {
    Array("line,message\n\(identity),not a number\n".utf8)
  }
}

/// What one process of a crash test does, with what it was told kept in the model.
struct CrashWorker: Sendable {
  struct AlreadyLoaded: Error {
    let version: UInt64
  }

  let environment: StoreEnvironment
  let model: Monitor<CrashModel>

  /// - Parameter fileThreadCount: More than one only where no other process runs: threads of one
  ///   process would upset whose turn it is.
  init(
    _ fileSystem: CrashFileSystem, seed: UInt64, model: Monitor<CrashModel>,
    fileThreadCount: Int = 1
  ) {
    let random = Monitor(SeededRandom(seed: seed))
    let clock = Monitor(UInt64(0))
    var environment = StoreEnvironment(fileSystem: fileSystem)
    environment.makeRandom = { random.withLock { $0.next() } }
    environment.monotonicMicroseconds = { clock.withLock { $0 } }
    environment.sleepMicroseconds = { duration in clock.withLock { $0 += duration } }
    environment.fileThreadCount = fileThreadCount
    // Half of the seeds bring a file to the disk that waits for more, the others leave it open.
    environment.openStagedFileLimit = seed % 2 == 0 ? 1 : 16
    self.environment = environment
    self.model = model
  }

  /// The lake, made where there is none; `nil` where that failed.
  func openOrCreate() -> Lake? {
    if let lake = try? Lake.open(in: environment) { return lake }
    if let lake = try? Lake.create(in: environment, settings: StoreSamples.settings) {
      model.withLock { $0.isLakeKnown = true }
      return lake
    }
    return try? Lake.open(in: environment)
  }

  /// Loads the input of this identity unless the lake has it.
  @discardableResult
  func load(
    _ identity: UInt64, into lake: Lake, beforeCommit: () -> Void = {}
  ) -> Result<CommitReceipt, any Error> {
    begin(identity) { $0.openLoadCount += 1 }
    defer { model.withLock { $0.endedCount += 1 } }
    do {
      let receipt = try attempt(identity, lake, beforeCommit)
      model.withLock { model in
        model.inputs[identity]?.openLoadCount -= 1
        model.note(identity, isPresent: true, in: receipt.version)
      }
      return .success(receipt)
    } catch let error as AlreadyLoaded {
      model.withLock { model in
        model.inputs[identity]?.openLoadCount -= 1
        model.note(identity, isPresent: true, in: error.version)
      }
      return .failure(error)
    } catch {
      return .failure(error)
    }
  }

  /// Undoes the load of this input, where the lake has it.
  @discardableResult
  func undo(_ identity: UInt64, in lake: Lake) -> Result<UndoReceipt, any Error>? {
    guard let inputs = try? lake.snapshot().manifest.inputs(),
      let load = inputs.first(where: { $0.identity.low == identity })?.load
    else { return nil }
    begin(identity) { $0.openUndoCount += 1 }
    defer { model.withLock { $0.endedCount += 1 } }
    do {
      let receipt = try lake.undo(load)
      model.withLock { model in
        model.inputs[identity]?.openUndoCount -= 1
        model.note(identity, isPresent: false, in: receipt.undoneBy)
      }
      return .success(receipt)
    } catch {
      return .failure(error)
    }
  }

  private func attempt(
    _ identity: UInt64, _ lake: Lake, _ beforeCommit: () -> Void
  ) throws -> CommitReceipt {
    let transaction = try lake.begin()
    defer { transaction.abort() }
    let files = try (0..<CrashLoad.fileCount).map { number in
      let file = CrashLoad.file(identity, number)
      let key = CrashLoad.key(identity, number)
      let first = CrashLoad.firstByteCount(identity, number)
      if first == 0 { return try transaction.writeDataFile(file, key: key, number: number) }
      for range in [0..<first, first..<file.bytes.count] {
        try transaction.write(
          EncodedBytes(copying: Array(file.bytes[range])), at: range.lowerBound,
          ofDataFile: number, key: key, isEnd: range.upperBound == file.bytes.count)
      }
      return transaction.stage(file.end, key: key, number: number)
    }
    var record = LoadRecord(
      transaction: transaction.id, startTime: 1, endTime: 2, stored: 1, rejected: 0,
      duplicates: 0)
    if CrashLoad.hasReport(identity) {
      let report = try transaction.makeReport(.rejects)
      try report.append(CrashLoad.report(identity))
      record.reports = [try report.finish()]
    }
    beforeCommit()
    return try transaction.commit { head in
      if try head.inputs().contains(where: { $0.identity.low == identity }) {
        throw AlreadyLoaded(version: head.version)
      }
      return ManifestChange(
        added: files, inputs: [StoreSamples.input(identity, stored: 10)], load: record)
    }
  }

  private func begin(_ identity: UInt64, _ note: (inout CrashModel.Input) -> Void) {
    model.withLock { model in
      model.isClean = false
      model.begunCount += 1
      note(&model.inputs[identity, default: .init()])
    }
  }

  /// Removes all versions but the last `count`, and every file that belongs to none.
  @discardableResult
  func cleanUp(_ lake: Lake, keeping count: Int = 1) -> Result<CleanUpReport, any Error> {
    let before = model.withLock { model in
      model.mayHaveGaps = true
      return (begun: model.begunCount, ended: model.endedCount)
    }
    do {
      let report = try lake.cleanUp(CleanUpRule(versionCount: count, duration: 0))
      model.withLock { model in
        model.isClean = before.begun == before.ended && before.begun == model.begunCount
        model.isLakeKnown = true
        model.observedVersion = max(model.observedVersion, report.version)
      }
      return .success(report)
    } catch {
      return .failure(error)
    }
  }

  /// Looks at every file of the newest version while others work on.
  func readAll(_ lake: Lake) {
    guard let snapshot = try? lake.snapshot(), let files = try? snapshot.manifest.entries() else {
      return
    }
    for path in files.map(\.path) {
      if (try? StoreFile(opening: path, in: environment.fileSystem)) == nil {
        model.withLock { $0.missing = "\(path.text) of version \(snapshot.manifest.version)" }
      }
    }
  }

  /// Looks at the newest version, as a query does.
  func read(_ lake: Lake) {
    guard let snapshot = try? lake.snapshot() else { return }
    model.withLock { model in
      model.isLakeKnown = true
      model.observedVersion = max(model.observedVersion, snapshot.manifest.version)
    }
  }
}
