internal import Glibc
internal import LakeBytes
package import LakeStore

/// The events of a lake: `LAKE/events`.
package struct EventLog: Sendable {
  package let lake: Lake
  package let journal: LineJournal
  let clock: @Sendable () -> Int64

  /// - Parameter clock: Microseconds since 1970-01-01 UTC.
  package init(_ lake: Lake, clock: @escaping @Sendable () -> Int64 = EventLog.systemClock) {
    self.lake = lake
    journal = LineJournal(lake, .events)
    self.clock = clock
  }

  /// Microseconds since 1970-01-01 UTC by the system's clock.
  package static let systemClock: @Sendable () -> Int64 = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }

  /// Gives events their ids and appends them.
  ///
  /// - Parameter floor: An id that the new ones must be above.
  /// - Throws: As `LineJournal.append`.
  package func append(
    _ drafts: [EventDraft], above floor: EventID? = nil
  ) throws(StoreError) -> [LakeEvent] {
    var events: [LakeEvent] = []
    try journal.append { (known) throws(StoreError) in
      var last = try Self.lastEvent(&known)?.id
      if let floor { last = max(floor, last ?? floor) }
      for draft in drafts {
        let event = event(draft, after: last)
        last = event.id
        events.append(event)
      }
      return events.map(\.line)
    }
    return events
  }

  /// An event that stands in no log, with an id above `last`.
  func event(_ draft: EventDraft, after last: EventID?) -> LakeEvent {
    let now = clock()
    var random = SystemRandomNumberGenerator()
    let id = EventID(after: last, milliseconds: UInt64(max(0, now / 1000)), random: random.next())
    return LakeEvent(draft, id: id, microseconds: now, lake: lakeName)
  }

  /// The lake's id in hexadecimal.
  package var lakeName: String { lake.id.hexadecimal }

  /// The newest event; `nil` in an empty log.
  package func lastEvent() throws(StoreError) -> LakeEvent? {
    var lines = try journal.backwardLines()
    return try Self.lastEvent(&lines)
  }

  /// The next line backwards that is an event.
  static func lastEvent(_ lines: inout BackwardLines) throws(StoreError) -> LakeEvent? {
    while let line = try lines.next() {
      if let event = LakeEvent(line: line) { return event }
    }
    return nil
  }
}
