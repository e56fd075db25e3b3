internal import Glibc

/// What a lake needs of the world besides its bytes. Tests replace every part.
package struct StoreEnvironment: Sendable {
  package var fileSystem: any FileSystem
  package var makeRandom: @Sendable () -> UInt64
  /// Microseconds of a clock that never goes back; for time limits alone.
  package var monotonicMicroseconds: @Sendable () -> UInt64
  /// Microseconds since 1970-01-01 UTC; for people alone.
  package var wallClockMicroseconds: @Sendable () -> Int64
  package var sleepMicroseconds: @Sendable (UInt64) -> Void
  /// Threads that write files, and bring them and their folders to the disk.
  package var fileThreadCount = Self.usualFileThreadCount
  /// Files that may stay open until more of them is written.
  package var openStagedFileLimit = 16
  package var lockLimitMicroseconds: UInt64 = 30_000_000
  /// Off in tests alone, which show that the commit is safe without the lock.
  package var usesCommitLock = true

  package static let usualFileThreadCount = 8

  package init(fileSystem: any FileSystem) {
    self.fileSystem = fileSystem
    makeRandom = {
      var generator = SystemRandomNumberGenerator()
      return generator.next()
    }
    monotonicMicroseconds = {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return UInt64(time.tv_sec) * 1_000_000 + UInt64(time.tv_nsec) / 1000
    }
    wallClockMicroseconds = {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
    sleepMicroseconds = { duration in
      usleep(UInt32(min(duration, 900_000)))
    }
  }

  func makeTransactionID() -> TransactionID {
    TransactionID(high: makeRandom(), low: makeRandom())
  }
}
