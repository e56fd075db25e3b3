/// A lock that processes hold while they work with a lake's events.
package enum EventsLock: Hashable, Sendable {
  /// Shared by every load while it runs; whoever holds it exclusively knows that none does.
  case loads
  /// Held exclusively by the one process that delivers.
  case deliveries

  var path: LakePath {
    switch self {
    case .loads: .eventsLock
    case .deliveries: .deliveriesLock
    }
  }
}

extension Lake {
  /// Takes a lock without waiting; it lasts until the file is closed.
  ///
  /// - Returns: `nil` where another holder stands in the way.
  package func lock(_ lock: EventsLock, _ mode: LockMode) throws(StoreError) -> StoreFile? {
    do {
      let file = try openLock(lock.path)
      return try file.lock(mode) ? file : nil
    } catch {
      throw StoreError(wrapping: error, path: lock.path)
    }
  }

  private func openLock(_ path: LakePath) throws(SystemError) -> StoreFile {
    do {
      return try StoreFile(opening: path, in: fileSystem)
    } catch  where error.isMissing {
      try fileSystem.makeDirectoryIfMissing(.events)
      try fileSystem.makeDirectoryIfMissing(path.parent)
      do {
        try StoreFile(creating: path, in: fileSystem).close()
      } catch  where error.isExisting {
        // Another process was first.
      }
      return try StoreFile(opening: path, in: fileSystem)
    }
  }

  /// Waits a little before a lock is tried again.
  package func pauseBeforeLocking() {
    environment.sleepMicroseconds(500 + environment.makeRandom() % 1500)
  }

  /// All of a small file; `nil` where there is none.
  ///
  /// - Throws: `StoreError.inputOutput` also where it has more than `limit` bytes.
  package func readFile(_ path: LakePath, limit: Int) throws(StoreError) -> [UInt8]? {
    do {
      let file = try StoreFile(opening: path, in: fileSystem)
      guard file.byteCount <= limit else {
        throw StoreError(.inputOutput, path: path.text, "\(file.byteCount) bytes are too many")
      }
      return try file.readAll()
    } catch let error as SystemError where error.isMissing {
      return nil
    } catch {
      throw StoreError(wrapping: error, path: path)
    }
  }
}
