extension Lake {
  /// W6: the lock under which versions are made and removed, held until the file is closed; `nil` where
  /// tests do without.
  ///
  /// - Throws: `StoreError.tryAgain` where another process has held it for too long.
  func acquireCommitLock() throws(StoreError) -> StoreFile? {
    guard environment.usesCommitLock else { return nil }
    do {
      let file = try StoreFile(opening: .lock, in: fileSystem)
      let deadline = environment.monotonicMicroseconds() + environment.lockLimitMicroseconds
      while try !file.lock(.exclusive) {
        guard environment.monotonicMicroseconds() < deadline else {
          throw StoreError(
            .tryAgain, path: LakePath.lock.text,
            "another writer has held the lock for too long; nothing was committed")
        }
        environment.sleepMicroseconds(500 + environment.makeRandom() % 1500)
      }
      return file
    } catch {
      throw StoreError(wrapping: error, path: .lock)
    }
  }
}
