package import LakeStore

/// Reads the log from some event on, and again later when there are more.
package struct EventReader {
  private var lines: ForwardLines
  private let since: EventID?
  /// Lines that are not events, as a kill or a power cut leaves them.
  package private(set) var damagedLineCount = 0

  /// - Parameter since: Only events with ids above it; `nil` for all.
  package init(_ log: EventLog, since: EventID?) throws(StoreError) {
    self.since = since
    lines = log.journal.forwardLines(from: try Self.firstSegment(log, since: since))
  }

  /// The next events, some at a time; none where the end is reached for now.
  package mutating func next() throws(StoreError) -> [LakeEvent] {
    while true {
      let lines = try lines.next()
      if lines.isEmpty { return [] }
      let events = lines.compactMap { LakeEvent(line: $0) }
      damagedLineCount += lines.count - events.count
      let wanted = events.filter { event in since.map { event.id > $0 } ?? true }
      if !wanted.isEmpty { return wanted }
    }
  }

  /// The last segment that begins with an event up to `since`: all that follow it stand there or later.
  private static func firstSegment(
    _ log: EventLog, since: EventID?
  ) throws(StoreError) -> UInt32? {
    guard let since else { return nil }
    for segment in try log.journal.segments().reversed() {
      let line = try log.journal.firstLine(of: segment)
      if let first = line.flatMap({ LakeEvent(line: $0) }), first.id <= since { return segment }
    }
    return nil
  }
}
