internal import CLinux

internal import Glibc

/// A value behind a mutex with a condition variable; the lake's one way to wait for another thread.
///
/// `@unchecked Sendable` stands in this file alone. It is right here because `value` is touched only
/// between `pthread_mutex_lock` and `pthread_mutex_unlock`, and the mutex and the condition variable
/// live at fixed addresses from `init` to `deinit`.
package final class Monitor<Value>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var value: Value

  package init(_ value: sending Value) {
    mutex = .allocate(capacity: 1)
    condition = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
    self.value = value
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Runs `body` alone and wakes every waiter afterwards.
  package func withLock<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(condition)
      pthread_mutex_unlock(mutex)
    }
    return try body(&value)
  }

  /// Runs `body` alone and wakes the waiters where it returns true: where what it did is news to one of them.
  func change(_ body: (inout Value) -> Bool) {
    pthread_mutex_lock(mutex)
    if body(&value) { pthread_cond_broadcast(condition) }
    pthread_mutex_unlock(mutex)
  }

  /// Runs `body` alone and wakes one waiter: where all wait for the same, and what `body` did is news to one of them.
  func withLockWakingOne(_ body: (inout Value) -> Void) {
    pthread_mutex_lock(mutex)
    body(&value)
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Waits until `body` returns a value, and returns it. `body` runs alone, again after each change.
  ///
  /// - Parameter isNews: Whether other waiters are woken then; false where nothing that `body` did can be what
  ///   they wait for.
  package func wait<Result>(isNews: Bool = true, until body: (inout Value) -> Result?) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      if let result = body(&value) {
        if isNews { pthread_cond_broadcast(condition) }
        return result
      }
      pthread_cond_wait(condition, mutex)
    }
  }
}

extension Monitor {
  /// As `wait(until:)`, for so long at most.
  ///
  /// - Returns: `nil` where the time is over.
  package func wait<Result>(
    milliseconds: Int, until body: (inout Value) -> Result?
  ) -> Result? {
    var deadline = timespec()
    clock_gettime(CLOCK_REALTIME, &deadline)
    let nanoseconds = deadline.tv_nsec + milliseconds % 1000 * 1_000_000
    deadline.tv_sec += milliseconds / 1000 + nanoseconds / 1_000_000_000
    deadline.tv_nsec = nanoseconds % 1_000_000_000
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      if let result = body(&value) {
        pthread_cond_broadcast(condition)
        return result
      }
      guard pthread_cond_timedwait(condition, mutex, &deadline) == 0 else { return body(&value) }
    }
  }
}

/// Threads that live for one piece of work.
package enum WorkerGroup {
  /// Runs `body` on `threadCount` threads, each with its index, and returns when all have ended.
  ///
  /// With one thread `body` runs on the caller's.
  /// - Throws: What the thread of lowest index threw, after all have ended.
  package static func run(
    threadCount: Int, _ body: @Sendable @escaping (Int) throws -> Void
  ) throws {
    guard threadCount > 1 else {
      if threadCount == 1 { try body(0) }
      return
    }
    let failures = Monitor([Int: any Error]())
    var threads: [pthread_t] = []
    for index in 1..<threadCount {
      let task = ThreadTask {
        do { try body(index) } catch { failures.withLock { $0[index] = error } }
      }
      if let thread = task.start() {
        threads.append(thread)
      } else {
        // The system has no thread left; the work is done here instead.
        task.run()
      }
    }
    do { try body(0) } catch { failures.withLock { $0[0] = error } }
    for thread in threads { pthread_join(thread, nil) }
    let first = failures.withLock { failures in failures.min { $0.key < $1.key }?.value }
    if let first { throw first }
  }

  /// Runs `body` once for each element, on up to `threadCount` threads.
  ///
  /// - Throws: One of the errors thrown; elements not yet begun are left out after it.
  package static func forEach<Element: Sendable>(
    _ elements: [Element], threadCount: Int,
    _ body: @Sendable @escaping (Element) throws -> Void
  ) throws {
    let next = Monitor(0)
    try run(threadCount: min(threadCount, elements.count)) { _ in
      while let index = next.withLock({ next -> Int? in
        guard next < elements.count else { return nil }
        defer { next += 1 }
        return next
      }) {
        do {
          try body(elements[index])
        } catch {
          next.withLock { $0 = elements.count }
          throw error
        }
      }
    }
  }
}

/// Threads that work beside whoever started them, until they are joined.
package struct BackgroundThreads: ~Copyable, @unchecked Sendable {
  private var threads: [pthread_t] = []

  package init() {}

  package var isEmpty: Bool { threads.isEmpty }

  /// Starts up to `count` threads, fewer where the system refuses them.
  package mutating func start(count: Int, _ body: @Sendable @escaping () -> Void) {
    for _ in 0..<count {
      if let thread = ThreadTask(body).start() { threads.append(thread) }
    }
  }

  /// Waits until all threads have ended.
  package mutating func join() {
    for thread in threads { pthread_join(thread, nil) }
    threads = []
  }
}

/// The work of one thread, kept alive until the thread has taken it.
///
/// A thread begins on another processor than whoever starts it. Left alone, Linux often puts it on the same one, where it
/// waits for its turn: milliseconds, in which a short question is answered. Once it runs it may go anywhere.
private final class ThreadTask: @unchecked Sendable {
  private let body: @Sendable () -> Void
  /// Set before the thread is made, read by it alone.
  private var processors: lake_processors?

  init(_ body: @Sendable @escaping () -> Void) {
    self.body = body
  }

  func run() {
    if let processors { lake_run_on(processors) }
    body()
  }

  /// - Returns: `nil` where the system refuses another thread.
  func start() -> pthread_t? {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return nil }
    defer { pthread_attr_destroy(&attributes) }
    var allowed = lake_processors()
    if lake_begin_elsewhere(&attributes, &allowed) != 0 { processors = allowed }
    let reference = Unmanaged.passRetained(self)
    var thread = pthread_t()
    let code = pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument else { return nil }
        Unmanaged<ThreadTask>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, reference.toOpaque())
    guard code == 0 else {
      reference.release()
      processors = nil
      return nil
    }
    return thread
  }
}

extension WorkerGroup {
  /// Runs `body` once for each of `states`, each on a thread of its own, and returns when all have ended.
  ///
  /// Objects that are not safe to share are confined here: each is used by one thread alone, and by the
  /// caller again once all threads have ended.
  package static func run<State>(
    _ states: [State], _ body: @Sendable @escaping (State) throws -> Void
  ) throws {
    let confined = ThreadConfined(values: states)
    try run(threadCount: states.count) { index in try body(confined.values[index]) }
  }
}

/// Values of which each thread uses its own.
private struct ThreadConfined<Value>: @unchecked Sendable {
  let values: [Value]
}

/// Work that threads take piece by piece.
///
/// The pieces may refer to memory that is not safe to share, as long as no one changes it while the queue is
/// in use.
package final class WorkQueue<Element>: @unchecked Sendable {
  private let elements: [Element]
  private let position = Monitor(0)

  package init(_ elements: [Element]) {
    self.elements = elements
  }

  /// The next piece, or `nil` when all are taken.
  package func next() -> Element? {
    position.withLock { position in
      guard position < elements.count else { return nil }
      defer { position += 1 }
      return elements[position]
    }
  }
}
