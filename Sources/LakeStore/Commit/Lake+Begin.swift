extension Lake {
  /// A name of 128 random bits that is taken is a broken random source or clean-up at work.
  private static let beginAttemptLimit = 20

  /// Begins a transaction: from now on clean-up leaves its files alone (steps W0 and W1).
  ///
  /// - Throws: `StoreError.readOnly`, `.permissionDenied`, `.diskFull`, `.inputOutput`, and
  ///   `.unsuitableFileSystem` where locks or links do not work.
  package func begin() throws(StoreError) -> LakeTransaction {
    for _ in 0..<Self.beginAttemptLimit {
      let id = environment.makeTransactionID()
      do {
        if let liveness = try makeLiveness(id) {
          return LakeTransaction(id: id, lake: self, liveness: liveness)
        }
      } catch {
        try? fileSystem.remove(.transaction(id))
        throw error
      }
    }
    throw StoreError(
      .tryAgain, path: LakePath.transactions.text, "no transaction could be begun")
  }

  /// The locked file `tx/<id>`, or `nil` where clean-up removed it before it was locked.
  private func makeLiveness(_ id: TransactionID) throws(StoreError) -> StoreFile? {
    do {
      let file = try StoreFile(creating: .transaction(id), in: fileSystem)
      guard try file.lock(.exclusive), try file.isNamed() else { return nil }
      if needsFileSystemTest() {
        try testFileSystem(id)
        noteFileSystemTest()
      }
      return file
    } catch let error as SystemError {
      if error.call == .create && error.isExisting { return nil }
      throw StoreError(error)
    } catch let error as StoreError {
      throw error
    } catch {
      throw StoreError(.inputOutput, path: LakePath.transaction(id).text, "\(error)")
    }
  }

  /// Tries what the commit is built on: a lock keeps a second holder out, a link never replaces, and a
  /// folder can be brought to the disk.
  private func testFileSystem(_ id: TransactionID) throws {
    let path = LakePath.transaction(id)
    let second = try StoreFile(opening: path, in: fileSystem)
    guard try !second.lock(.exclusive) else {
      throw StoreError(
        .unsuitableFileSystem, path: self.path,
        "locks keep nobody out on this file system, so several writers would not be safe")
    }
    do {
      try fileSystem.link(path, to: path)
      throw StoreError(
        .unsuitableFileSystem, path: self.path,
        "a link replaces an existing file on this file system, so commits would not be safe")
    } catch let error as SystemError where error.isExisting {
      // As it must be.
    } catch let error as SystemError {
      throw StoreError(
        .unsuitableFileSystem, path: self.path,
        "this file system has no hard links (\(error.reason)), which commits are made of")
    }
    try fileSystem.synchronizeDirectory(.transactions)
  }
}
