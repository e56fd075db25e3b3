package import LakeFile
internal import Synchronization
package import TripModel

/// Writing trip files (steps W3 and W4).
extension LakeTransaction {
  /// Writes a whole trip file at its final name. It need not be on the disk yet when this returns.
  ///
  /// - Parameter number: Tells the transaction's files apart; each number is used for one file.
  /// - Throws: `StoreError.diskFull`, `.inputOutput`, `.tooManyPartitions`, … After an error the
  ///   transaction can only be aborted.
  package func writeDataFile(
    _ file: EncodedTripFile, key: PartitionKey, number: UInt32
  ) throws(StoreError) -> StagedDataFile {
    try write(file.bytes.span.bytes, at: 0, ofDataFile: number, key: key, isEnd: true)
    return stage(file.end, key: key, number: number)
  }

  /// What is to be committed of a trip file that `write` has written to its end.
  package func stage(_ end: TripFileEnd, key: PartitionKey, number: UInt32) -> StagedDataFile {
    StagedDataFile(
      key: key, number: number, transaction: id, footerDigest: end.footerDigest,
      statistics: end.statistics)
  }

  /// Writes the next bytes of a trip file.
  ///
  /// - Parameters:
  ///   - offset: How many bytes of it were written before.
  ///   - isEnd: Whether no more will follow.
  /// - Throws: as `writeDataFile`.
  package func write(
    _ bytes: RawSpan, at offset: Int, ofDataFile number: UInt32, key: PartitionKey, isEnd: Bool
  ) throws(StoreError) {
    try checkUsable()
    try makeFolders(for: key)
    let path = LakePath.tripFile(key, id, number)
    do {
      let handle = try offset == 0 ? create(path, number: number) : reopen(path, number: number)
      if offset == 0 { try handle.allocate(byteCount: bytes.byteCount) }
      // An error of bytes that the system keeps shows in an fsync while the file is open; for the others, the one at the
      // file's end is enough.
      if try handle.writeDirect(bytes, at: offset), !isEnd {
        try handle.close()
      } else {
        state.withLock { $0.waiting.append((number, handle)) }
      }
    } catch {
      try? fileSystem.remove(path)
      throw StoreError(wrapping: error, path: path)
    }
    try synchronizeIfMany()
  }

  private func create(_ path: LakePath, number: UInt32) throws(SystemError) -> StoreFile {
    let file = try StoreFile(creating: path, in: fileSystem)
    state.withLock { $0.staged[number] = path }
    return file
  }

  /// A file to write on: the one that waits for the disk, or one that is opened when the bytes before are there.
  private func reopen(_ path: LakePath, number: UInt32) throws -> StoreFile {
    let waiting = state.withLock { state in
      state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0).file }
    }
    if let waiting { return waiting }
    try poisoning { try synchronizer.waitFor(path) }
    return try StoreFile(appendingTo: path, in: fileSystem)
  }

  /// Makes the folders of a partition. They are brought to the disk at the commit, whoever made them.
  private func makeFolders(for key: PartitionKey) throws(StoreError) {
    let partition = LakePath.partition(key)
    let (isKnown, isParentKnown) = state.withLock {
      ($0.folders.contains(partition), $0.folders.contains(partition.parent))
    }
    if isKnown { return }
    do {
      if !isParentKnown { try fileSystem.makeDirectoryIfMissing(partition.parent) }
      try fileSystem.makeDirectoryIfMissing(partition)
    } catch {
      throw StoreError(error)
    }
    let count = state.withLock { state in
      if state.folders.insert(partition).inserted { state.partitionCount += 1 }
      state.folders.insert(partition.parent)
      return state.partitionCount
    }
    guard count <= Self.partitionLimit else {
      throw StoreError(
        .tooManyPartitions, path: LakePath.data.text,
        "one load may fill at most \(Self.partitionLimit) partitions of region and week")
    }
  }

  /// Brings all files written so far to the disk, several at a time, so that the commit has less to do.
  ///
  /// - Throws: What failed first. The transaction is lost then.
  package func syncStagedFiles() throws(StoreError) {
    try checkUsable()
    try synchronizeAll()
  }

  func synchronizeAll() throws(StoreError) {
    try synchronize(state.withLock { $0.takeWaiting() })
    try poisoning { try synchronizer.finish() }
  }

  private func synchronizeIfMany() throws(StoreError) {
    // As many again may be on their way to the disk.
    let limit = max(1, lake.environment.openStagedFileLimit / 2)
    let files = state.withLock { $0.waiting.count < limit ? [] : $0.takeWaiting() }
    try synchronize(files)
  }

  /// One fsync and one close for each file, here or, where there are threads for it, beside the caller until
  /// `synchronizeAll`; a file where either fails is never touched again.
  private func synchronize(_ files: [StoreFile]) throws(StoreError) {
    try poisoning {
      if lake.environment.synchronizeThreadCount > 1 { return try synchronizer.add(files) }
      for file in files {
        try file.synchronize()
        try file.close()
      }
    }
  }

  /// - Throws: What `body` throws; the transaction is lost then.
  private func poisoning(_ body: () throws -> Void) throws(StoreError) {
    do {
      try body()
    } catch {
      let failure = StoreError(wrapping: error, path: LakePath.data)
      poison(failure)
      throw failure
    }
  }

  /// Removes files that will not be committed.
  package func discard(_ files: [StagedDataFile]) {
    let numbers = Set(files.map(\.number))
    let dropped = state.withLock { state in
      let dropped = state.waiting.filter { numbers.contains($0.number) }.map(\.file)
      state.waiting.removeAll { numbers.contains($0.number) }
      return dropped
    }
    for file in dropped { try? file.close() }
    for file in files {
      guard let path = state.withLock({ $0.staged.removeValue(forKey: file.number) }) else {
        continue
      }
      try? fileSystem.remove(path)
    }
  }
}

extension StoreError {
  /// Any error that store code lets pass, as a store error.
  init(wrapping error: any Error, path: LakePath) {
    switch error {
    case let error as StoreError: self = error
    case let error as SystemError: self.init(error)
    default: self.init(.inputOutput, path: path.text, "\(error)")
    }
  }
}
