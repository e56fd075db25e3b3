package import LakeStore

/// Brings the events of a log to the channels, each in order, and notes what became of it.
///
/// One process of a lake delivers at a time. Rules: `formats/events/v1.md`, "Deliveries".
package struct Delivery: Sendable {
  /// What became of a channel's events in one go.
  package struct ChannelResult: Sendable {
    package let channel: String
    package var deliveredCount = 0
    package var abandonedCount = 0
    /// Why the event that waits could not be delivered.
    package var failure: NotifyError?
    /// Microseconds since 1970 from which it is tried again; `nil` where nothing waits.
    package var dueTime: Int64?
  }

  /// Events passed over before that is noted, so that they are not looked at each time.
  private static let passedLimit = 1000

  private let log: EventLog
  private let settings: NotifySettings
  private let postman: Postman
  private let deliveries: DeliveryLog

  package init(_ log: EventLog, _ settings: NotifySettings, _ postman: Postman) {
    self.log = log
    self.settings = settings
    self.postman = postman
    deliveries = DeliveryLog(log)
  }

  /// Lets new channels begin here: they are told of what happens from now on.
  package func begin() throws(StoreError) {
    guard !settings.channels.isEmpty else { return }
    try deliveries.begin(settings.channels, log)
  }

  /// Delivers what waits and is due.
  ///
  /// - Parameters:
  ///   - ignoringBackoff: Whether also what failed a moment ago is tried.
  ///   - stop: Ends it when it is made; the event at hand counts as not delivered.
  /// - Returns: `nil` where another process delivers.
  package func deliver(
    ignoringBackoff: Bool = false, stop: StopRequest = StopRequest()
  ) throws(StoreError) -> [ChannelResult]? {
    guard !settings.channels.isEmpty else { return [] }
    guard let lock = try log.lake.lock(.deliveries, .exclusive) else { return nil }
    defer { withExtendedLifetime(lock) {} }
    try begin()
    let states = try deliveries.last(of: settings.channels)
    var isOnDisk = false
    var results: [ChannelResult] = []
    for channel in settings.channels where !stop.isMade {
      guard let state = states[channel.name] else { continue }
      var result = ChannelResult(channel: channel.name)
      if state.result == .failed, !ignoringBackoff, Backoff.dueTime(state) > log.clock() {
        result.dueTime = Backoff.dueTime(state)
      } else {
        try deliver(to: channel, state, &result, &isOnDisk, stop)
      }
      results.append(result)
    }
    return results
  }

  /// All events that wait for a channel, up to the first that cannot be delivered.
  private func deliver(
    to channel: NotifyChannel, _ state: DeliveryRecord, _ result: inout ChannelResult,
    _ isOnDisk: inout Bool, _ stop: StopRequest
  ) throws(StoreError) {
    var reader = try EventReader(log, since: state.after)
    var last = state
    var passed: (id: EventID, count: Int)?
    while case let events = try reader.next(), !events.isEmpty {
      for event in events {
        guard channel.filter.accepts(event) else {
          passed = (event.id, (passed?.count ?? 0) + 1)
          continue
        }
        if stop.isMade { return }
        if !isOnDisk { try log.journal.synchronize() }
        isOnDisk = true
        let record = attempt(event, channel, last, hasFailed: result.failure != nil, stop, &result)
        try deliveries.append(record)
        last = record
        passed = nil
        if record.result == .failed {
          result.dueTime = Backoff.dueTime(record)
          return
        }
      }
    }
    if let passed, passed.count >= Self.passedLimit {
      try deliveries.append(
        DeliveryRecord(channel.name, .passed, time: log.clock(), after: passed.id))
    }
  }

  /// - Parameter hasFailed: Whether the channel failed in this go: then it is not tried again, but an event
  ///   too old to wait is given up.
  private func attempt(
    _ event: LakeEvent, _ channel: NotifyChannel, _ last: DeliveryRecord, hasFailed: Bool,
    _ stop: StopRequest, _ result: inout ChannelResult
  ) -> DeliveryRecord {
    let start = log.clock()
    let isOld =
      start / 1000 > Int64(clamping: event.id.milliseconds + Backoff.eventAgeLimitMilliseconds)
    var record: DeliveryRecord
    do throws(NotifyError) {
      if let failure = result.failure, hasFailed, isOld { throw failure }
      let status = try postman.deliver(event, to: channel, stop: stop)
      record = DeliveryRecord(channel.name, .delivered, time: log.clock(), after: event.id)
      record.status = status
      result.deliveredCount += 1
    } catch {
      record = DeliveryRecord(
        channel.name, isOld ? .abandoned : .failed, time: log.clock(),
        after: isOld ? event.id : last.after)
      record.status = error.status
      record.error = error.message
      result.failure = error
      if isOld { result.abandonedCount += 1 }
    }
    record.event = event.id
    record.typeName = event.typeName
    record.attempt = (last.event == event.id ? last.attempt : 0) + 1
    record.seconds = Double(max(0, log.clock() - start)) / 1_000_000
    return record
  }
}

extension Delivery {
  /// Where a channel stands.
  package struct ChannelState: Sendable {
    package let channel: NotifyChannel
    /// The last attempt; `nil` for a channel that was never used.
    package let last: DeliveryRecord?
    /// Events that wait for it.
    package let waitingCount: Int
    /// Microseconds since 1970 from which a failed one is tried again.
    package let dueTime: Int64?
  }

  package func states() throws(StoreError) -> [ChannelState] {
    let records = try deliveries.last(of: settings.channels)
    var states: [ChannelState] = []
    for channel in settings.channels {
      let record = records[channel.name]
      var waiting = 0
      if let record {
        var reader = try EventReader(log, since: record.after)
        while case let events = try reader.next(), !events.isEmpty {
          waiting += events.count(where: channel.filter.accepts)
        }
      }
      states.append(
        ChannelState(
          channel: channel, last: record, waitingCount: waiting,
          dueTime: record.flatMap { $0.result == .failed ? Backoff.dueTime($0) : nil }))
    }
    return states
  }
}
