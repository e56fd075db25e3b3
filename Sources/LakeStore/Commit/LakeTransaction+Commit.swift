internal import Synchronization
internal import TripModel

/// The commit, steps W4 and W6 to W12. The steps are explained in `formats/lake-layout/v1.md`, "Commit".
extension LakeTransaction {
  /// How often another writer may be first before this one gives up.
  private static let rebaseLimit = 20

  /// Makes the next version of the lake, all or nothing.
  ///
  /// - Parameter body: Is given the newest version and says what changes; called again where another
  ///   writer was first. What it throws abandons the commit and is thrown on. Files of this transaction
  ///   that it does not add are removed.
  /// - Returns: Only when the version can no longer be lost.
  /// - Throws: `StoreError.unknownCommitState` where it cannot be told whether the commit landed: nothing
  ///   is removed then, and the same load again finds out. After any other error nothing was committed and
  ///   the transaction's files are gone.
  package func commit(_ body: (Manifest) throws -> ManifestChange) throws -> CommitReceipt {
    try checkUsable()
    state.withLock { $0.phase = .committing }
    do {
      try synchronizeAll()
      try synchronizeFolders()
      // W6: keeps writers from doing work in vain. Safety does not rest on it but on the link.
      let lock = try lake.acquireCommitLock()
      let (receipt, change) = try publish(body)
      state.withLock { $0.phase = .ended }
      finish(change)
      try? lock?.close()
      endLiveness()
      return receipt
    } catch {
      let isUnknown = (error as? StoreError)?.code == .unknownCommitState
      let wasOpen = state.withLock { state in
        defer { state.phase = .ended }
        return state.phase != .ended
      }
      if wasOpen && !isUnknown { removeOwnFiles() }
      throw error
    }
  }

  /// W4: the folders that those of partitions lie in, which came to the disk with their files, and those of reports.
  private func synchronizeFolders() throws(StoreError) {
    let folders = state.withLock(\.folders).sorted { $0.text < $1.text }
    let fileSystem = fileSystem
    do {
      try WorkerGroup.forEach(
        folders, threadCount: lake.environment.fileThreadCount
      ) { folder in
        try fileSystem.synchronizeDirectory(folder)
      }
    } catch {
      throw StoreError(wrapping: error, path: .data)
    }
  }

  private func publish(
    _ body: (Manifest) throws -> ManifestChange
  ) throws -> (CommitReceipt, ManifestChange) {
    for rebaseCount in 0...Self.rebaseLimit {
      let head = try readHead()
      let change = try body(head)
      let draft = try ManifestDraft(after: head, applying: change)
      let temporary = try writeTemporary(draft.encode())
      if try link(temporary, version: draft.version) {
        try makeLast(draft.version)
        return (CommitReceipt(version: draft.version, rebaseCount: rebaseCount), change)
      }
      try? temporary.close()
      lake.environment.sleepMicroseconds(lake.environment.makeRandom() % 2000)
    }
    throw StoreError(
      .tryAgain, path: LakePath.manifests.text,
      "other writers were first \(Self.rebaseLimit) times; nothing was committed")
  }

  /// W9 to W12 of a version that is made without looking at the newest one.
  ///
  /// - Throws: `StoreError.tryAgain` where the version is there already.
  func make(_ draft: ManifestDraft) throws {
    try checkUsable()
    state.withLock { $0.phase = .committing }
    let temporary = try writeTemporary(draft.encode())
    guard try link(temporary, version: draft.version) else {
      throw StoreError(
        .tryAgain, path: LakePath.manifest(draft.version).text, "another program made it first")
    }
    state.withLock { $0.phase = .ended }
    try makeLast(draft.version)
    try? fileSystem.remove(.temporaryManifest(id))
    endLiveness()
  }

  /// W7 and W8: the newest version, proven whole, and on the disk before anything is built on it.
  private func readHead() throws(StoreError) -> Manifest {
    guard let (head, file) = try lake.openHead() else {
      try lake.makeDurable(upTo: 0, nil)
      return .empty(lakeID: lake.id)
    }
    guard head.version < UInt64.max else {
      throw StoreError(.damaged, path: LakePath.manifests.text, "there is no version left")
    }
    try lake.makeDurable(upTo: head.version, file)
    return head
  }

  /// W9. The file stays open for reading, so that a doubtful link can be looked into.
  private func writeTemporary(_ bytes: [UInt8]) throws(StoreError) -> StoreFile {
    let path = LakePath.temporaryManifest(id)
    do {
      if state.withLock({ $0.hasTemporary }) { try fileSystem.remove(path) }
      let file = try StoreFile(creating: path, in: fileSystem)
      state.withLock { $0.hasTemporary = true }
      try file.allocate(byteCount: bytes.count)
      try file.write(bytes, at: 0)
      try file.synchronize()
      try file.close()
      return try StoreFile(opening: path, in: fileSystem)
    } catch {
      throw StoreError(error)
    }
  }

  /// W10: the one step that makes the version exist.
  ///
  /// - Returns: `false` where another writer has taken the version.
  /// - Throws: `.unknownCommitState` where a failed link may have worked all the same.
  private func link(_ temporary: StoreFile, version: UInt64) throws(StoreError) -> Bool {
    let target = LakePath.manifest(version)
    do {
      try fileSystem.link(temporary.path, to: target)
      return true
    } catch {
      do throws(SystemError) {
        if try temporary.isNamed(target) { return true }
      } catch {
        throw unknownState(version, error)
      }
      if error.isExisting { return false }
      throw StoreError(error)
    }
  }

  /// W11: only after this the commit may be acknowledged.
  private func makeLast(_ version: UInt64) throws(StoreError) {
    do {
      try fileSystem.synchronizeDirectory(.manifests)
    } catch {
      throw unknownState(version, error)
    }
    lake.noteDurable(version)
  }

  private func unknownState(_ version: UInt64, _ error: SystemError) -> StoreError {
    StoreError(
      .unknownCommitState, path: LakePath.manifest(version).text,
      "it cannot be told whether version \(version) is on the disk (\(error.reason)); "
        + "run the same command again, which finds out and never stores anything twice")
  }

  /// W12, and the files that the commit left out.
  private func finish(_ change: ManifestChange) {
    try? fileSystem.remove(.temporaryManifest(id))
    let added = Set(change.added.map(\.number))
    let reports = Set(change.load?.reports.map(\.kind) ?? [])
    let (left, leftReports) = state.withLock { state in
      (
        state.staged.filter { !added.contains($0.key) }.map(\.value),
        state.reports.filter { !reports.contains($0.key) }.map(\.value)
      )
    }
    for path in left + leftReports { try? fileSystem.remove(path) }
  }
}
