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
    try write(
      EncodedBytes(copying: file.bytes), at: 0, ofDataFile: number, key: key, isEnd: true)
    return stage(file.end, key: key, number: number)
  }

  /// What is to be committed of a trip file that `write` has written to its end.
  package func stage(_ end: TripFileEnd, key: PartitionKey, number: UInt32) -> StagedDataFile {
    StagedDataFile(
      key: key, number: number, transaction: id, footerDigest: end.footerDigest,
      statistics: end.statistics)
  }

  /// Has the next bytes of a trip file written.
  ///
  /// - Parameters:
  ///   - offset: How many bytes of it were written before.
  ///   - isEnd: Whether no more will follow.
  /// - Throws: as `writeDataFile`, of these bytes or earlier ones.
  package func write(
    _ bytes: EncodedBytes, at offset: Int, ofDataFile number: UInt32, key: PartitionKey,
    isEnd: Bool
  ) throws(StoreError) {
    try checkUsable()
    try makeFolders(for: key)
    let path = LakePath.tripFile(key, id, number)
    state.withLock { $0.staged[number] = path }
    try poisoning {
      try files.write(FilePart(path: path, bytes: bytes, offset: offset, isEnd: isEnd))
    }
  }

  /// Makes the folders of a partition. They are brought to the disk before the commit, whoever made them.
  private func makeFolders(for key: PartitionKey) throws(StoreError) {
    let partition = LakePath.partition(key)
    let (isKnown, isParentKnown) = state.withLock {
      ($0.partitions.contains(partition), $0.folders.contains(partition.parent))
    }
    if isKnown { return }
    do {
      if !isParentKnown { try fileSystem.makeDirectoryIfMissing(partition.parent) }
      try fileSystem.makeDirectoryIfMissing(partition)
    } catch {
      throw StoreError(error)
    }
    let count = state.withLock { state in
      state.partitions.insert(partition)
      state.folders.formUnion([partition.parent, .data])
      return state.partitions.count
    }
    guard count <= Self.partitionLimit else {
      throw StoreError(
        .tooManyPartitions, path: LakePath.data.text,
        "one load may fill at most \(Self.partitionLimit) partitions of region and week")
    }
  }

  /// Brings all files written so far to the disk.
  ///
  /// - Throws: What failed first. The transaction is lost then.
  package func syncStagedFiles() throws(StoreError) {
    try checkUsable()
    try synchronizeAll()
  }

  /// Waits until a file is written.
  func finishParts(of file: StagedDataFile) throws(StoreError) {
    try poisoning { try files.finishParts(of: file.path) }
  }

  func synchronizeAll() throws(StoreError) {
    try poisoning { try files.finish() }
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
  package func discard(_ dropped: [StagedDataFile]) {
    guard !dropped.isEmpty else { return }
    // What failed before is told at the commit.
    try? files.finish()
    for file in dropped {
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
