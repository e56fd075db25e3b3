internal import LakeStore

/// The duplicates that a load has found so far. Shared by all writers.
final class DuplicateTally: Sendable {
  private let state: Monitor<State>

  private struct State {
    var dropped: DroppedRows
    /// The earliest duplicate of each file that may not have any.
    var failures: [Int: (position: RowPosition, message: String)] = [:]
  }

  init(fileCount: Int) {
    state = Monitor(State(dropped: DroppedRows(fileCount: fileCount)))
  }

  var dropped: DroppedRows { state.withLock { $0.dropped } }

  /// Why each file fails that may not have duplicates and has some.
  var failures: [Int: IngestError] {
    state.withLock { state in
      state.failures.mapValues { IngestError(.duplicateRows, $0.message) }
    }
  }

  func add(_ rows: DroppedRows) {
    state.withLock { $0.dropped += rows }
  }

  func noteFailure(ofFile file: Int, at position: RowPosition, _ message: String) {
    state.withLock { state in
      if let known = state.failures[file], known.position <= position { return }
      state.failures[file] = (position, message)
    }
  }
}
