internal import Synchronization

/// Brings finished files to the disk on threads of its own, so that those who write need not wait for it
/// (step W4).
///
/// Each open file gets one fsync and one close. After the first failure no further file is touched, and everyone
/// who comes is told of it.
final class FileSynchronizer: Sendable {
  private struct State {
    var waiting: [StoreFile] = []
    /// Files that wait or are being brought to the disk.
    var unfinished: Set<LakePath> = []
    /// Those of them that someone waits for.
    var awaited: Set<LakePath> = []
    var failure: (any Error)?
    /// Whether threads end once no file waits.
    var isEnding = false
    var isAbandoned = false
  }

  private let state = Monitor(State())
  private let threads = Mutex(BackgroundThreads())
  private let threadCount: Int
  private let limit: Int

  /// - Parameter limit: With so many files unfinished, `add` waits.
  init(threadCount: Int, limit: Int) {
    self.threadCount = threadCount
    self.limit = limit
  }

  /// Hands files over; waits while too many are unfinished. Several at a time wake threads for nothing less often.
  ///
  /// - Precondition: No unfinished file is among them.
  /// - Throws: What failed first, of these files or earlier ones.
  func add(_ files: [StoreFile]) throws {
    guard !files.isEmpty else { return }
    guard startThreads() else { return try files.forEach(Self.synchronize) }
    let failure = state.wait { state -> (any Error)?? in
      if state.failure != nil || state.isAbandoned { return .some(state.failure) }
      guard state.unfinished.count < limit else { return nil }
      state.waiting += files
      state.unfinished.formUnion(files.map(\.path))
      return .some(nil)
    }
    try check(failure)
  }

  /// Waits until a file is on the disk, if it is unfinished.
  ///
  /// - Throws: What failed first, of all files.
  func waitFor(_ path: LakePath) throws {
    let failure = state.wait { state -> (any Error)?? in
      guard state.failure == nil, state.unfinished.contains(path) else {
        state.awaited.remove(path)
        return .some(state.failure)
      }
      state.awaited.insert(path)
      return nil
    }
    try check(failure)
  }

  /// Waits until every file is on the disk, and ends the threads.
  ///
  /// - Throws: What failed first.
  func finish() throws {
    state.wait { $0.unfinished.isEmpty || $0.failure != nil ? () : nil }
    endThreads()
    try check(state.withLock { $0.failure })
  }

  /// Drops the files that wait, for good, and ends the threads.
  func abandon() {
    let dropped = state.withLock { state in
      state.isAbandoned = true
      defer { state.waiting = [] }
      return state.waiting
    }
    endThreads()
    for file in dropped { try? file.close() }
  }

  private func check(_ failure: (any Error)?) throws {
    if let failure { throw failure }
  }

  /// - Returns: false where the system has no thread to give.
  private func startThreads() -> Bool {
    threads.withLock { threads in
      if threads.isEmpty { threads.start(count: threadCount) { self.work() } }
      return !threads.isEmpty
    }
  }

  private func endThreads() {
    state.withLock { $0.isEnding = true }
    threads.withLock { $0.join() }
    state.withLock { $0.isEnding = false }
  }

  /// What each thread does.
  private func work() {
    while let file = next() {
      do {
        try Self.synchronize(file)
        state.change { state in
          state.unfinished.remove(file.path)
          return state.unfinished.isEmpty || state.unfinished.count == limit - 1
            || state.awaited.contains(file.path)
        }
      } catch {
        state.withLock { $0.failure = $0.failure ?? error }
      }
    }
  }

  /// The next file, or `nil` when the thread is to end.
  private func next() -> StoreFile? {
    state.wait(isNews: false) { state -> StoreFile?? in
      if state.failure != nil || state.isAbandoned { return .some(nil) }
      if state.waiting.isEmpty { return state.isEnding ? .some(nil) : nil }
      return state.waiting.removeFirst()
    }
  }

  private static func synchronize(_ file: StoreFile) throws {
    try file.synchronize()
    try file.close()
  }
}
