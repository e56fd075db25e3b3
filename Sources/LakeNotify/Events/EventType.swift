/// What an event tells. The raw value is its name in the log.
package enum EventType: String, Hashable, Sendable, CaseIterable {
  case loadStarted = "load.started"
  case loadProgress = "load.progress"
  case fileDone = "load.file_done"
  case loadCommitted = "load.committed"
  case loadCommittedWithRejects = "load.committed_with_rejects"
  case duplicateFile = "load.duplicate_file"
  case loadFailed = "load.failed"
  case loadUndone = "load.undone"
  case maintenanceDone = "maintenance.done"

  /// Whether it is how a load ended.
  package var isOutcome: Bool {
    switch self {
    case .loadCommitted, .loadCommittedWithRejects, .duplicateFile, .loadFailed: true
    case .loadStarted, .loadProgress, .fileDone, .loadUndone, .maintenanceDone: false
    }
  }
}
