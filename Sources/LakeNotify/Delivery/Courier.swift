internal import LakeStore
internal import Synchronization

/// Delivers beside the work that events tell of, on a thread of its own. A receiver that is down delays nothing.
package final class Courier: Sendable {
  /// After the work is done, an answer is waited for so long.
  private static let graceMilliseconds = 2000
  /// While another process delivers, or the log cannot be read, it is tried again so often.
  private static let retryMilliseconds = 200

  private struct State {
    /// The first look is for what earlier runs left.
    var hasNews = true
    var isEnding = false
    var hasEnded = false
    var told: Set<String> = []
  }

  private let delivery: Delivery
  private let filters: [EventFilter]
  private let clock: @Sendable () -> Int64
  private let warn: @Sendable (String, NotifyError) -> Void
  private let stop = StopRequest()
  private let state = Monitor(State())
  private let threads = Mutex(BackgroundThreads())

  /// - Parameter warn: Told once of each channel that cannot be reached.
  package init(
    _ delivery: Delivery, _ settings: NotifySettings,
    clock: @escaping @Sendable () -> Int64 = EventLog.systemClock,
    warn: @escaping @Sendable (_ channel: String, NotifyError) -> Void
  ) {
    self.delivery = delivery
    filters = settings.channels.map(\.filter)
    self.clock = clock
    self.warn = warn
  }

  /// Begins. New channels are told of what happens from here on.
  package func start() {
    try? delivery.begin()
    let isStarted = threads.withLock { threads in
      threads.start(count: 1) { self.run() }
      return !threads.isEmpty
    }
    // The system has no thread left; the next run delivers.
    if !isStarted { state.withLock { $0.hasEnded = true } }
  }

  /// Something happened; for `EventPublisher`.
  package func note(_ event: LakeEvent) {
    guard filters.contains(where: { $0.accepts(event) }) else { return }
    state.withLock { $0.hasNews = true }
  }

  /// Delivers what there is and ends. Waits for an answer for two seconds, and a little longer for the library.
  package func finish() {
    state.withLock { $0.isEnding = true }
    let isDone: Bool? = state.wait(milliseconds: Self.graceMilliseconds) { state in
      state.hasEnded ? true : nil
    }
    if isDone == nil { stop.make() }
    threads.withLock { $0.join() }
  }

  private func run() {
    var sleep: Int? = 0
    while waitForWork(milliseconds: sleep) {
      sleep = deliver()
      let isDone = state.withLock { $0.isEnding && !$0.hasNews && sleep != Self.retryMilliseconds }
      if isDone || stop.isMade { break }
    }
    state.withLock { $0.hasEnded = true }
  }

  /// - Returns: `false` where it is time to end with nothing left to do.
  private func waitForWork(milliseconds: Int?) -> Bool {
    func look(_ state: inout State) -> Bool? {
      if state.hasNews {
        state.hasNews = false
        return true
      }
      return state.isEnding && milliseconds != Self.retryMilliseconds ? false : nil
    }
    guard let milliseconds else { return state.wait(until: look) }
    return state.wait(milliseconds: milliseconds, until: look) ?? true
  }

  /// - Returns: Milliseconds until something is due again; `nil` where nothing waits.
  private func deliver() -> Int? {
    guard let results = try? delivery.deliver(stop: stop) else { return Self.retryMilliseconds }
    for result in results {
      guard let failure = result.failure else { continue }
      let isNew = state.withLock { $0.told.insert(result.channel).inserted }
      if isNew { warn(result.channel, failure) }
    }
    let due = results.compactMap(\.dueTime).min()
    return due.map { Int(max(1, ($0 - clock()) / 1000)) }
  }
}
