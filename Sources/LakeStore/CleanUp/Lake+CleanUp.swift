internal import TripModel

extension Lake {
  /// Removes versions that need not be kept, and files that belong to no version.
  ///
  /// May run at any time, beside readers, writers and other clean-ups: what a living process reads or writes
  /// is known by its lock and left alone. The steps, and why no file of a lake can be lost, are explained in
  /// `formats/lake-layout/v1.md`, "Clean-up".
  ///
  /// - Parameter isForecast: Whether nothing is removed, and only told what would be.
  /// - Throws: `StoreError.damaged` where a version cannot be proven; no trip file is removed then.
  package func cleanUp(
    _ rule: CleanUpRule = .usual, isForecast: Bool = false
  ) throws(StoreError) -> CleanUpReport {
    var cleanUp = CleanUp(lake: self, isForecast: isForecast)
    do {
      try cleanUp.run(rule)
    } catch {
      throw StoreError(wrapping: error, path: .root)
    }
    return cleanUp.report
  }
}

/// One clean-up, steps C0 to C6.
private struct CleanUp {
  /// Versions that keep vanishing are listed this often.
  private static let attemptLimit = 1000

  let lake: Lake
  var report = CleanUpReport()

  init(lake: Lake, isForecast: Bool) {
    self.lake = lake
    report.isForecast = isForecast
  }

  private var fileSystem: any FileSystem { lake.fileSystem }

  mutating func run(_ rule: CleanUpRule) throws {
    // C0: nothing may be removed on the strength of a version that a power cut takes back.
    let head = try lake.snapshot()
    report.version = head.manifest.version
    try removeVersions(rule, head.manifest)
    // C3: what there is, before it is asked who is alive.
    let found = try FoundFiles(in: fileSystem)
    report.foreignFiles = found.foreign.map(\.text)
    let transactions = try transactionNames()
    let doubtful = try found.files.filter(isNotNamed(by: head.manifest))
    let dead = try withoutLiving(doubtful)
    // C5: only now, so that a writer found dead has committed before it, if ever.
    try remove(try withoutNamed(dead))
    try removeTransactions(transactions)
  }

  /// C1 and C2: under the commit's lock, so that no writer is between looking for the newest version and
  /// making the next.
  private mutating func removeVersions(_ rule: CleanUpRule, _ head: Manifest) throws {
    let lock = report.isForecast ? nil : try lake.acquireCommitLock()
    let versions = try lake.manifestVersions()
    let expired = rule.expired(
      versions.filter { $0 <= head.version }, loads: try head.loads(),
      now: lake.environment.wallClockMicroseconds())
    for version in expired {
      if try removeVersion(version) {
        report.removedVersions.append(version)
      } else {
        report.pinnedVersions.append(version)
      }
    }
    report.keptVersionCount = versions.count - report.removedVersions.count
    if !report.isForecast && !report.removedVersions.isEmpty {
      // Before any trip file goes: a cut could bring back a version whose files are gone.
      try fileSystem.synchronizeDirectory(.manifests)
    }
    try? lock?.close()
  }

  /// - Returns: `false` where somebody reads from it.
  private func removeVersion(_ version: UInt64) throws -> Bool {
    let path = LakePath.manifest(version)
    do {
      let file = try StoreFile(opening: path, in: fileSystem)
      guard try file.lock(.exclusive) else { return false }
      if !report.isForecast { try fileSystem.remove(path) }
      return true
    } catch  where error.isMissing {
      // Another clean-up was first.
      return true
    }
  }

  private func isNotNamed(
    by head: Manifest
  ) throws -> ((path: LakePath, transaction: TransactionID)) -> Bool {
    let named = try head.namedPaths()
    return { !named.contains($0.path) }
  }

  /// C4: whose transaction nobody holds.
  private mutating func withoutLiving(
    _ files: [(path: LakePath, transaction: TransactionID)]
  ) throws -> [LakePath] {
    var living: Set<TransactionID> = []
    for transaction in Set(files.map(\.transaction)) {
      if case .held = try liveness(of: transaction) { living.insert(transaction) }
    }
    return files.filter { !living.contains($0.transaction) }.map(\.path)
  }

  private enum Liveness {
    case held, missing
    /// Under an exclusive lock, as long as the file is open.
    case free(StoreFile)
  }

  /// Tries the lock that a living writer holds.
  private func liveness(of transaction: TransactionID) throws(SystemError) -> Liveness {
    do {
      let file = try StoreFile(opening: .transaction(transaction), in: fileSystem)
      return try file.lock(.exclusive) ? .free(file) : .held
    } catch  where error.isMissing {
      return .missing
    }
  }

  /// C5: what no version names.
  ///
  /// - Throws: `StoreError.damaged` where a version cannot be proven.
  private func withoutNamed(_ paths: [LakePath]) throws(StoreError) -> [LakePath] {
    let forecast = report.isForecast ? Set(report.removedVersions) : []
    var orphans = Set(paths)
    for _ in 0..<Self.attemptLimit where !orphans.isEmpty {
      var isWhole = true
      for version in try lake.manifestVersions() where !forecast.contains(version) {
        do {
          orphans.subtract(try lake.snapshot(version: version).manifest.namedPaths())
        } catch  where error.code == .unknownSnapshot {
          // Another clean-up removed it, maybe in favour of one that is not in the list.
          isWhole = false
        }
      }
      if isWhole { return paths.filter(orphans.contains) }
    }
    guard orphans.isEmpty else {
      throw StoreError(.tryAgain, path: LakePath.manifests.text, "the versions keep changing")
    }
    return []
  }

  /// C6.
  private mutating func remove(_ paths: [LakePath]) throws {
    var folders: Set<LakePath> = []
    for path in paths {
      guard let byteCount = try removeFile(path) else { continue }
      report.removedFiles.append(path.text)
      report.removedByteCount += UInt64(byteCount)
      folders.insert(path.parent)
    }
    if report.isForecast { return }
    for folder in folders.sorted(by: { $0.text < $1.text }) {
      try fileSystem.synchronizeDirectory(folder)
    }
  }

  /// - Returns: The file's size; `nil` where its writer, or another clean-up, was first.
  private func removeFile(_ path: LakePath) throws(SystemError) -> Int? {
    do {
      let file = try StoreFile(opening: path, in: fileSystem)
      if !report.isForecast { try fileSystem.remove(path) }
      return file.byteCount
    } catch  where error.isMissing {
      return nil
    }
  }

  private func transactionNames() throws -> [TransactionID] {
    try fileSystem.names(in: .transactions).compactMap {
      TransactionID(hexadecimal: $0.name.bytes[...])
    }.sorted()
  }

  /// C6: what dead writers left in `tx/`, each while its lock is held, so that no writer can begin with it.
  private mutating func removeTransactions(_ transactions: [TransactionID]) throws {
    for transaction in transactions {
      switch try liveness(of: transaction) {
      case .held: report.writerCount += 1
      case .missing: break
      case .free(let file):
        // Its writer may have ended in good order meanwhile.
        guard try file.isNamed() else { continue }
        if !report.isForecast { try fileSystem.remove(.transaction(transaction)) }
        report.removedTransactionCount += 1
      }
    }
  }
}

extension Manifest {
  /// Trip files and reports.
  fileprivate func namedPaths() throws(StoreError) -> Set<LakePath> {
    var paths: Set<LakePath> = []
    for file in 0..<fileCount { paths.insert(try path(ofFile: file)) }
    for load in try loads() { paths.formUnion(load.reports.map(\.path)) }
    return paths
  }
}
