internal import LakeFile
internal import TripModel

/// Decides the blocks of one open file by their zone maps.
struct BlockPruning {
  private let reader: TripFileReader
  private let hasDestinations: Bool
  /// Wants nothing where no condition is about sources.
  let wantedSources: WantedTexts
  /// Which texts each comparison with a text keeps.
  let wantedTexts: [ColumnComparison: WantedTexts]

  /// - Throws: Where the dictionary of sources is damaged.
  init(_ reader: TripFileReader, conditions: [ScanCondition]) throws(TripFileError) {
    let wantedTexts = try Self.wantedTexts(of: conditions, reader)
    self.reader = reader
    self.wantedTexts = wantedTexts
    hasDestinations = reader.hasColumn(.destinationX) && reader.hasColumn(.destinationY)
    var names: [ByteString] = []
    var dictionary: [ByteString] = []
    for case .sources(let wanted) in conditions {
      names = wanted
      dictionary = try reader.dictionary(of: .source)
    }
    wantedSources = WantedTexts(names, in: dictionary)
  }

  private static func wantedTexts(
    of conditions: [ScanCondition], _ reader: TripFileReader
  ) throws(TripFileError) -> [ColumnComparison: WantedTexts] {
    var wanted: [ColumnComparison: WantedTexts] = [:]
    for case .comparison(let comparison) in conditions where reader.hasColumn(comparison.column) {
      guard case .text = comparison.test else { continue }
      let dictionary = try reader.dictionary(of: comparison.column)
      wanted[comparison] = WantedTexts(in: dictionary) { comparison.keeps($0) }
    }
    return wanted
  }

  func verdict(of condition: ScanCondition, block: Int) -> PruningVerdict {
    switch condition {
    case .time(let range):
      PruningRule.verdict(integers: map(.startTime, block), in: range)
    case .clock(let clock):
      PruningRule.verdict(map(.startTime, block), by: clock)
    case .sources:
      wantedSources.verdict(of: map(.source, block))
    case .route(let condition):
      condition.verdict(region: reader.key.region, haveDestinations: hasDestinations)
    case .box(let condition):
      condition.place.combine(
        origin: PruningRule.verdict(
          x: map(.originX, block), y: map(.originY, block), in: condition),
        destination: destinationVerdict(condition, block))
    case .comparison(let comparison): verdict(of: comparison, block)
    }
  }

  private func verdict(of comparison: ColumnComparison, _ block: Int) -> PruningVerdict {
    guard reader.hasColumn(comparison.column) else {
      return comparison.test == .isNull ? .cover : .skip
    }
    let map = map(comparison.column, block)
    let verdict = FilterPlan.verdictOfNull(
      comparison, nullCount: map.nullCount, rowCount: map.rowCount)
    if let verdict { return verdict }
    guard map.hasRange else { return .scan }
    if case .text = comparison.test {
      return wantedTexts[comparison]?.verdict(of: map) ?? .scan
    }
    return PruningRule.verdict(
      of: comparison, minimum: map.minimum, maximum: map.maximum, holdsAll: map.rangeHoldsAllRows)
  }

  private func destinationVerdict(_ condition: BoxCondition, _ block: Int) -> PruningVerdict {
    guard hasDestinations else { return .skip }
    return PruningRule.verdict(
      x: map(.destinationX, block), y: map(.destinationY, block), in: condition)
  }

  private func map(_ column: ColumnID, _ block: Int) -> ZoneMap {
    reader.zoneMap(ofBlock: block, column: column)
  }
}
