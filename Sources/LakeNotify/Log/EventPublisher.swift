package import LakeStore

/// Tells events: into the log first, then to whoever listens in this process. Usable from several threads.
///
/// A log that cannot be written never fails the caller: the first error is told, and events still reach
/// the listeners.
package final class EventPublisher: Sendable {
  package let log: EventLog
  private let listeners: [@Sendable (LakeEvent) -> Void]
  private let didFail: @Sendable (StoreError) -> Void
  private let state = Monitor(State())

  private struct State {
    var lastID: EventID?
    var hasFailed = false
  }

  /// - Parameters:
  ///   - listeners: Called one after the other with each event, in the order of their ids.
  ///   - didFail: Told once why the log cannot be written.
  package init(
    _ log: EventLog, listeners: [@Sendable (LakeEvent) -> Void] = [],
    didFail: @escaping @Sendable (StoreError) -> Void = { _ in }
  ) {
    self.log = log
    self.listeners = listeners
    self.didFail = didFail
  }

  /// Whether an event could not be written to the log.
  package var hasFailed: Bool { state.withLock { $0.hasFailed } }

  /// - Parameter isLogged: Whether it goes into the log, or to the listeners alone.
  /// - Returns: The event with its id.
  @discardableResult
  package func publish(_ draft: EventDraft, isLogged: Bool = true) -> LakeEvent {
    // Listeners are called under the lock, so that each sees the ids ascend.
    state.withLock { state in
      let event = (isLogged ? append(draft, &state) : nil) ?? log.event(draft, after: state.lastID)
      state.lastID = event.id
      for listener in listeners { listener(event) }
      return event
    }
  }

  private func append(_ draft: EventDraft, _ state: inout State) -> LakeEvent? {
    // Waiting for a log that was stuck before would delay the work; how it ended is tried once more.
    guard !state.hasFailed || draft.type.isOutcome else { return nil }
    do {
      return try log.append([draft], above: state.lastID).first
    } catch {
      if !state.hasFailed { didFail(error) }
      state.hasFailed = true
      return nil
    }
  }
}
