/// A log of lines that a lake keeps.
package enum JournalKind: Hashable, Sendable, CaseIterable {
  case events
  /// What was told to whom.
  case deliveries

  /// The folder of the segments.
  package var folder: LakePath {
    switch self {
    case .events: .events
    case .deliveries: .deliveries
    }
  }

  /// Segments that are kept; older ones are removed.
  var segmentLimit: UInt32 {
    switch self {
    case .events: 16
    case .deliveries: 4
    }
  }
}
