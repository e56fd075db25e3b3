internal import LakeFile
internal import Synchronization
internal import TripModel

/// A writer's work on a lake, from its first file to its commit. Usable from several threads at once.
///
/// Data files are written at their final names, where no reader looks for them until a manifest names
/// them. A transaction that is not committed removes its files when it goes; what a killed one leaves
/// behind is harmless and removed by clean-up, which knows by the lock on `tx/<id>` who is alive.
package final class LakeTransaction: Sendable {
  /// A commit may touch this many partitions, so that a mistaken region column cannot make a million folders.
  package static let partitionLimit = 10_000

  package let id: TransactionID
  let lake: Lake
  /// `tx/<id>` under an exclusive lock.
  let liveness: StoreFile
  let state = Mutex(TransactionState())
  let files: StagedFileWriter

  init(id: TransactionID, lake: Lake, liveness: StoreFile) {
    self.id = id
    self.lake = lake
    self.liveness = liveness
    files = StagedFileWriter(
      fileSystem: lake.environment.fileSystem,
      threadCount: lake.environment.fileThreadCount,
      openLimit: lake.environment.openStagedFileLimit)
  }

  deinit {
    abort()
  }

  var fileSystem: any FileSystem { lake.environment.fileSystem }

  /// Ends the transaction without a commit and removes its files. Does nothing after a commit, nor where
  /// the commit's fate is unknown.
  package func abort() {
    let isMine = state.withLock { state in
      guard state.phase != .ended else { return false }
      state.phase = .ended
      return true
    }
    if isMine { removeOwnFiles() }
  }

  /// Removes everything this transaction made; errors are passed over, clean-up finds what stays.
  func removeOwnFiles() {
    files.abandon()
    let paths = state.withLock { Array($0.staged.values) + Array($0.reports.values) }
    for path in paths { try? fileSystem.remove(path) }
    try? fileSystem.remove(.temporaryManifest(id))
    endLiveness()
  }

  func endLiveness() {
    try? fileSystem.remove(.transaction(id))
    try? liveness.close()
  }

  /// Marks the transaction as lost after an fsync or close that failed: a later success of the same call
  /// would prove nothing.
  func poison(_ error: StoreError) {
    state.withLock { $0.poison = $0.poison ?? error }
  }

  func checkUsable() throws(StoreError) {
    let error: StoreError? = state.withLock { state in
      if let poison = state.poison { return poison }
      guard state.phase != .ended else {
        return StoreError(.inputOutput, path: LakePath.transaction(id).text, "it has ended")
      }
      return nil
    }
    if let error { throw error }
  }
}
