internal import LakeFile
internal import TripModel

/// Decides the blocks of one open file by their zone maps.
struct BlockPruning: ~Copyable {
  private let reader: TripFileReader
  private let hasDestinations: Bool
  /// Wants nothing where no condition is about sources.
  let wantedSources: WantedTexts

  /// - Throws: Where the dictionary of sources is damaged.
  init(_ reader: TripFileReader, conditions: [ScanCondition]) throws(TripFileError) {
    self.reader = reader
    hasDestinations = reader.hasColumn(.destinationX) && reader.hasColumn(.destinationY)
    var names: [ByteString] = []
    var dictionary: [ByteString] = []
    for case .sources(let wanted) in conditions {
      names = wanted
      dictionary = try reader.dictionary(of: .source)
    }
    wantedSources = WantedTexts(names, in: dictionary)
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
    }
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
