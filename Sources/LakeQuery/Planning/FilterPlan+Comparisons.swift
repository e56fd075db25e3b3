internal import LakeStore
internal import TripModel

extension FilterPlan {
  /// What the manifest proves of a comparison with the rows of one file.
  func verdict(of comparison: ColumnComparison, file: Int) -> PruningVerdict {
    switch comparison.column {
    case .region:
      let isKept = comparison.keeps(manifest.key(ofFile: file).region)
      return Self.whole(isKept || comparison.test == .isNotNull)
    case .source: return sourceVerdict(of: comparison, file: file)
    case .startTime:
      if let verdict = Self.verdictOfNull(comparison, nullCount: 0, rowCount: 1) { return verdict }
      let first = UInt64(bitPattern: manifest.firstTime(ofFile: file))
      let last = UInt64(bitPattern: manifest.lastTime(ofFile: file))
      return PruningRule.verdict(of: comparison, minimum: first, maximum: last, holdsAll: true)
    case .originX, .originY:
      if let verdict = Self.verdictOfNull(comparison, nullCount: 0, rowCount: 1) { return verdict }
      return verdict(
        of: comparison, in: extents?.origins(ofFile: file),
        isX: comparison.column == .originX, holdsAll: true)
    case .destinationX, .destinationY:
      let (count, rowCount) = (
        manifest.destinationCount(ofFile: file), manifest.rowCount(ofFile: file)
      )
      if let verdict = Self.verdictOfNull(
        comparison, nullCount: rowCount - count, rowCount: rowCount)
      {
        return verdict
      }
      return verdict(
        of: comparison, in: extents?.destinations(ofFile: file),
        isX: comparison.column == .destinationX, holdsAll: count == rowCount)
    default: return .scan
    }
  }

  private static func whole(_ isKept: Bool) -> PruningVerdict { isKept ? .cover : .skip }

  /// What the number of nulls says; `nil` where values must be looked at.
  static func verdictOfNull(
    _ comparison: ColumnComparison, nullCount: Int, rowCount: Int
  ) -> PruningVerdict? {
    let isNull = comparison.test == .isNull
    if isNull || comparison.test == .isNotNull {
      if nullCount == 0 { return whole(!isNull) }
      return nullCount == rowCount ? whole(isNull) : .scan
    }
    return nullCount == rowCount ? .skip : nil
  }

  private func verdict(
    of comparison: ColumnComparison, in extent: CoordinateExtent?, isX: Bool, holdsAll: Bool
  ) -> PruningVerdict {
    guard let extent else { return .scan }
    return PruningRule.verdict(
      of: comparison, minimum: (isX ? extent.minX : extent.minY).bitPattern,
      maximum: (isX ? extent.maxX : extent.maxY).bitPattern, holdsAll: holdsAll)
  }

  private func sourceVerdict(of comparison: ColumnComparison, file: Int) -> PruningVerdict {
    if let verdict = Self.verdictOfNull(comparison, nullCount: 0, rowCount: 1) { return verdict }
    return verdict(ofSourcesOf: file) { comparison.keeps(manifest.sources[$0]) }
  }
}

extension PruningRule {
  /// What the smallest and largest of some values prove.
  ///
  /// - Parameters:
  ///   - minimum: As a word of the column's type, as is `maximum`.
  ///   - holdsAll: Whether every row has a value between them, none being null or NaN.
  static func verdict(
    of comparison: ColumnComparison, minimum: UInt64, maximum: UInt64, holdsAll: Bool
  ) -> PruningVerdict {
    if let kept = comparison.keptIntegers {
      let (least, most) = (Int64(bitPattern: minimum), Int64(bitPattern: maximum))
      guard let range = kept.range else { return .skip }
      guard least <= most else { return .scan }
      return verdict(
        isApart: most < range.lowerBound || least > range.upperBound,
        isInside: range.lowerBound <= least && most <= range.upperBound,
        isOutside: kept.isOutside, holdsAll: holdsAll)
    }
    guard let kept = comparison.keptNumbers else { return .scan }
    let (least, most) = (Double(bitPattern: minimum), Double(bitPattern: maximum))
    guard least <= most else { return .scan }
    return verdict(
      isApart: most < kept.range.lowerBound || least > kept.range.upperBound,
      isInside: kept.range.lowerBound <= least && most <= kept.range.upperBound,
      isOutside: kept.isOutside, holdsAll: holdsAll)
  }

  private static func verdict(
    isApart: Bool, isInside: Bool, isOutside: Bool, holdsAll: Bool
  ) -> PruningVerdict {
    if isOutside ? isInside : isApart { return .skip }
    return (isOutside ? isApart : isInside) && holdsAll ? .cover : .scan
  }
}
