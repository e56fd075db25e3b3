internal import LakeFile
internal import TripModel

/// What statistics prove of the rows they stand for.
///
/// A rule skips only where no row can match and covers only where every row must. Statistics that
/// contradict themselves, that are missing, or that say nothing of some rows prove nothing.
enum PruningRule {
  /// Times between `first` and `last`.
  static func verdict(
    first: Int64, last: Int64, in range: ClosedRange<Int64>
  ) -> PruningVerdict {
    guard first <= last else { return .scan }
    if last < range.lowerBound || first > range.upperBound { return .skip }
    return range.lowerBound <= first && last <= range.upperBound ? .cover : .scan
  }

  static func verdict(integers map: ZoneMap, in range: ClosedRange<Int64>) -> PruningVerdict {
    guard map.hasRange else { return .scan }
    let verdict = verdict(first: map.minimumInteger, last: map.maximumInteger, in: range)
    return verdict == .cover && !map.rangeHoldsAllRows ? .scan : verdict
  }

  static func verdict(_ times: ZoneMap, by clock: ClockCondition) -> PruningVerdict {
    guard times.hasRange else { return .scan }
    let verdict = clock.verdict(first: times.minimumInteger, last: times.maximumInteger)
    return verdict == .cover && !times.rangeHoldsAllRows ? .scan : verdict
  }

  /// Rows of which those that have a point have it in `extent`.
  ///
  /// - Parameter isPointEveryRow: Whether every row has a point. One without lies in no box.
  static func verdict(
    extent: CoordinateExtent, isPointEveryRow: Bool, in condition: BoxCondition
  ) -> PruningVerdict {
    guard extent.minX <= extent.maxX, extent.minY <= extent.maxY else { return .scan }
    switch condition.shape.relation(to: extent, within: condition.box) {
    case .disjoint: return .skip
    case .covers: return isPointEveryRow ? .cover : .scan
    case .overlaps: return .scan
    }
  }

  /// Points whose coordinates are each described by a zone map of its own.
  static func verdict(x: ZoneMap, y: ZoneMap, in condition: BoxCondition) -> PruningVerdict {
    if x.hasNoNumber || y.hasNoNumber { return .skip }
    guard x.hasRange, y.hasRange else { return .scan }
    let extent = CoordinateExtent(
      minX: x.minimumDouble, minY: y.minimumDouble, maxX: x.maximumDouble, maxY: y.maximumDouble)
    return verdict(
      extent: extent, isPointEveryRow: x.rangeHoldsAllRows && y.rangeHoldsAllRows, in: condition)
  }
}

extension ZoneMap {
  /// Whether the counts say that no row has a number, and agree with each other.
  fileprivate var hasNoNumber: Bool {
    rowCount > 0 && nullCount >= 0 && nanCount >= 0 && nullCount + nanCount == rowCount
  }
}

extension BoxPlace {
  /// The verdicts on the two ends of a trip put together.
  func combine(
    origin: @autoclosure () -> PruningVerdict, destination: @autoclosure () -> PruningVerdict
  ) -> PruningVerdict {
    switch self {
    case .origin: origin()
    case .destination: destination()
    case .either: origin().or(destination())
    case .both: origin().and(destination())
    }
  }
}
