internal import LakeStore

/// Gives events as they happen: reads the log to its end, then sleeps until the folder changes.
package struct EventFollower {
  private let log: EventLog
  private let folders: FolderWatch
  private var reader: EventReader

  /// - Parameter since: Only events with ids above it; `nil` for all.
  package init(_ log: EventLog, since: EventID?) throws {
    self.log = log
    folders = try FolderWatch()
    // The log may not be there yet.
    try folders.add(log.lake.path)
    reader = try EventReader(log, since: since)
    watchLog()
  }

  /// The next events, some at a time; waits where there are none.
  ///
  /// - Parameters:
  ///   - signals: A descriptor that becomes readable when a signal comes; -1 for none.
  ///   - output: Whose readers are watched; -1 for none.
  /// - Returns: `nil` where a signal came, or nobody reads the output any more.
  package mutating func next(signals: Int32, output: Int32) throws -> [LakeEvent]? {
    while true {
      let events = try reader.next()
      if !events.isEmpty { return events }
      let wake = folders.wait(signals: signals, output: output)
      if wake.contains(.signal) || wake.contains(.hangUp) { return nil }
      _ = folders.news()
      watchLog()
    }
  }

  private func watchLog() {
    // A folder that is missing shows as a change of the lake's own when it is made.
    try? folders.add("\(log.lake.path)/\(log.journal.kind.folder.text)")
  }
}
