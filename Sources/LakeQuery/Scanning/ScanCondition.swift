internal import LakeFile
internal import TripModel

/// One condition on rows; regions and weeks are none, because a file's rows share them.
enum ScanCondition: Hashable, Sendable {
  case time(ClosedRange<Int64>)
  case clock(ClockCondition)
  /// Distinct, in byte order.
  case sources([ByteString])
  case box(BoxCondition)
  case route(RouteCondition)
  case comparison(ColumnComparison)

  /// Why a file or block must be read that this condition leaves open.
  var reason: ScanReason {
    switch self {
    case .time: .time
    case .clock: .clock
    case .sources: .sources
    case .route: .routes
    case .comparison: .comparison
    case .box(let condition):
      switch condition.place {
      case .origin: .originBox
      case .destination: .destinationBox
      case .either: .eitherBox
      case .both: .bothBox
      }
    }
  }

  /// Whether the manifest's times and counts of each source may decide it.
  var asksForSources: Bool {
    if case .comparison(let comparison) = self { return comparison.column == .source }
    return !needsRows
  }

  /// Whether the manifest's extents of each file may decide it.
  var asksForExtents: Bool {
    switch self {
    case .box: true
    case .comparison(let comparison):
      [.originX, .originY, .destinationX, .destinationY].contains(comparison.column)
    case .time, .clock, .sources, .route: false
    }
  }

  /// Whether the manifest's times and counts of each source cannot decide it.
  var needsRows: Bool {
    switch self {
    case .box, .clock, .route, .comparison: true
    case .time, .sources: false
    }
  }
}
