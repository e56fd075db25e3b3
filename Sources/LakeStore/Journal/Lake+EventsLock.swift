extension Lake {
  /// The file that every load holds shared while it runs; whoever holds it exclusively knows that none does.
  ///
  /// - Returns: `nil` where another holder stands in the way; the lock lasts until the file is closed.
  package func lockEvents(_ mode: LockMode) throws(StoreError) -> StoreFile? {
    do {
      let file = try openEventsLock()
      return try file.lock(mode) ? file : nil
    } catch {
      throw StoreError(wrapping: error, path: .eventsLock)
    }
  }

  private func openEventsLock() throws(SystemError) -> StoreFile {
    do {
      return try StoreFile(opening: .eventsLock, in: fileSystem)
    } catch  where error.isMissing {
      try fileSystem.makeDirectoryIfMissing(.events)
      do {
        try StoreFile(creating: .eventsLock, in: fileSystem).close()
      } catch  where error.isExisting {
        // Another process was first.
      }
      return try StoreFile(opening: .eventsLock, in: fileSystem)
    }
  }

  /// Waits a little before a lock is tried again.
  package func pauseBeforeLocking() {
    environment.sleepMicroseconds(500 + environment.makeRandom() % 1500)
  }
}
