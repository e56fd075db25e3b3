internal import Synchronization

/// Something that is to be done with one file.
package struct FileWork: Sendable {
  let path: LakePath
  /// The memory that it holds until it is done.
  let byteCount: Int
  let run: @Sendable () throws -> Void

  package init(path: LakePath, byteCount: Int, run: @escaping @Sendable () throws -> Void) {
    self.path = path
    self.byteCount = byteCount
    self.run = run
  }
}

/// Does the work on files that waits for the disk, on threads of its own, so that those who write need not wait
/// (steps W3 and W4).
///
/// What is to be done with one file is done in its order. After the first failure no further file is touched, and everyone
/// who comes is told of it.
package final class FileQueue: Sendable {
  private struct Waiting {
    var work: [FileWork] = []
    /// Files that something is being done with.
    var busy: Set<LakePath> = []
    /// Whether threads end, though work may wait.
    var isEnding = false
  }

  private struct Unfinished {
    /// How much there is to do with each file.
    var counts: [LakePath: Int] = [:]
    var byteCount = 0
    var failure: (any Error)?
  }

  /// What threads wait for.
  private let waiting = Monitor(Waiting())
  /// What those wait for who hand work over.
  private let unfinished = Monitor(Unfinished())
  private let threads = Mutex(BackgroundThreads())
  private let threadCount: Int
  private let byteLimit: Int

  /// - Parameters:
  ///   - threadCount: With one, each piece of work is done at once by whoever hands it over.
  ///   - byteLimit: With so many bytes unfinished, `add` waits.
  package init(threadCount: Int, byteLimit: Int) {
    self.threadCount = threadCount
    self.byteLimit = byteLimit
  }

  /// Hands work over; waits while too many bytes are unfinished.
  ///
  /// - Throws: What failed first, of this work or earlier one.
  package func add(_ work: FileWork) throws {
    guard threadCount > 1 else { return try work.run() }
    try begin(work)
    guard startThreads() else {
      let result = Result { try work.run() }
      end(work, result)
      return try result.get()
    }
    waiting.withLockWakingOne { $0.work.append(work) }
  }

  private func begin(_ work: FileWork) throws {
    let failure = unfinished.wait(isNews: false) { unfinished -> (any Error)?? in
      if unfinished.failure != nil { return .some(unfinished.failure) }
      // Work without bytes is handed over by other work, which must not wait.
      let total = unfinished.byteCount + work.byteCount
      guard total <= byteLimit || unfinished.byteCount == 0 || work.byteCount == 0 else {
        return nil
      }
      unfinished.counts[work.path, default: 0] += 1
      unfinished.byteCount = total
      return .some(nil)
    }
    try check(failure)
  }

  private func end(_ work: FileWork, _ result: Result<Void, any Error>) {
    unfinished.withLock { unfinished in
      let count = unfinished.counts[work.path] ?? 0
      unfinished.counts[work.path] = count > 1 ? count - 1 : nil
      unfinished.byteCount -= work.byteCount
      if case .failure(let error) = result { unfinished.failure = unfinished.failure ?? error }
    }
  }

  /// Waits until all is done, or all with one file.
  ///
  /// - Throws: What failed first.
  package func drain(_ path: LakePath? = nil) throws {
    try check(
      unfinished.wait(isNews: false) { unfinished -> (any Error)?? in
        if unfinished.failure != nil { return .some(unfinished.failure) }
        let isDone = path.map { unfinished.counts[$0] == nil } ?? unfinished.counts.isEmpty
        return isDone ? .some(nil) : nil
      })
  }

  /// Waits until all is done, and ends the threads.
  ///
  /// - Throws: What failed first.
  package func finish() throws {
    defer { endThreads() }
    try drain()
  }

  /// Drops the work that waits, for good, and ends the threads.
  package func abandon() {
    unfinished.withLock { $0.failure = $0.failure ?? Abandoned() }
    endThreads()
    waiting.withLock { $0.work = [] }
  }

  private struct Abandoned: Error {}

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
    waiting.withLock { $0.isEnding = true }
    threads.withLock { $0.join() }
    waiting.withLock { $0.isEnding = false }
  }

  /// What each thread does.
  private func work() {
    while let work = next() {
      let result = Result { try work.run() }
      waiting.change { waiting in
        waiting.busy.remove(work.path)
        guard case .failure = result else { return false }
        waiting.work = []
        waiting.isEnding = true
        return true
      }
      end(work, result)
    }
  }

  /// The next work on a file that nothing is being done with, or `nil` when the thread is to end.
  ///
  /// Work on a file that is busy is taken by the thread that is busy with it.
  private func next() -> FileWork? {
    waiting.wait(isNews: false) { waiting -> FileWork?? in
      if waiting.isEnding { return .some(nil) }
      guard let index = waiting.work.firstIndex(where: { !waiting.busy.contains($0.path) }) else {
        return nil
      }
      let work = waiting.work.remove(at: index)
      waiting.busy.insert(work.path)
      return work
    }
  }
}
