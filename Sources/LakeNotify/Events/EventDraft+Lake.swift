internal import LakeBytes

/// A load that was taken out again.
package struct UndoneLoad: Hashable, Sendable {
  package let load: UInt64
  /// The version that took it out.
  package let snapshot: UInt64
  package let removedRowCount: UInt64
  /// Rows of later loads that had been dropped as duplicates of it.
  package let restoredRowCount: UInt64
  /// Inputs that may be loaded again.
  package let paths: [String]

  package init(
    load: UInt64, snapshot: UInt64, removedRowCount: UInt64, restoredRowCount: UInt64,
    paths: [String]
  ) {
    self.load = load
    self.snapshot = snapshot
    self.removedRowCount = removedRowCount
    self.restoredRowCount = restoredRowCount
    self.paths = paths
  }
}

extension EventDraft {
  /// Paths told in one event.
  static let pathLimit = 1000

  package static func undone(_ undone: UndoneLoad) -> EventDraft {
    undoneDraft(undone, isDerived: false)
  }

  static func undoneDraft(_ undone: UndoneLoad, isDerived: Bool) -> EventDraft {
    EventDraft(
      .loadUndone, load: undone.load,
      data: [
        JSONMember("snapshot", .count(undone.snapshot)),
        JSONMember("removed", .count(undone.removedRowCount)),
        JSONMember("restored", .count(undone.restoredRowCount)),
        JSONMember("paths", .array(undone.paths.prefix(pathLimit).map { .string($0) })),
        JSONMember("file_count", .count(undone.paths.count)),
        JSONMember("derived", .bool(isDerived)),
      ])
  }

  /// - Parameters:
  ///   - task: `compact`, `gc` or `repair`.
  ///   - counts: What was done, as numbers by name.
  package static func maintenanceDone(
    task: String, snapshot: UInt64, seconds: Double, counts: [(name: String, count: UInt64)]
  ) -> EventDraft {
    EventDraft(
      .maintenanceDone,
      data: [
        JSONMember("task", .string(task)),
        JSONMember("snapshot", .count(snapshot)),
        JSONMember("seconds", .thousandths(seconds)),
        JSONMember("counts", .object(counts.map { JSONMember($0.name, .count($0.count)) })),
      ])
  }
}
