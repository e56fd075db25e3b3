internal import LakeFile
internal import TripModel

/// What conditions mean in one open file: which texts they want, and what the zone maps prove of each block.
struct BlockPruning {
  /// Wants nothing where no condition is about sources.
  let wantedSources: WantedTexts
  /// Which texts each comparison with a text keeps.
  let wantedTexts: [ColumnComparison: WantedTexts]
  private(set) var verdicts: BlockVerdicts

  /// - Throws: Where the dictionary of a text column is damaged.
  /// - Complexity: O(conditions · blocks).
  init(_ reader: TripFileReader, conditions: [ScanCondition]) throws(TripFileError) {
    wantedSources = try Self.wantedSources(of: conditions, reader)
    wantedTexts = try Self.wantedTexts(of: conditions, reader)
    verdicts = BlockVerdicts(blockCount: reader.blockCount, conditionCount: conditions.count)
    for condition in conditions { decide(condition, reader) }
  }

  private static func wantedSources(
    of conditions: [ScanCondition], _ reader: TripFileReader
  ) throws(TripFileError) -> WantedTexts {
    var names: [ByteString] = []
    var dictionary: [ByteString] = []
    for case .sources(let wanted) in conditions {
      names = wanted
      dictionary = try reader.dictionary(of: .source)
    }
    return WantedTexts(names, in: dictionary)
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

  private mutating func decide(_ condition: ScanCondition, _ reader: TripFileReader) {
    switch condition {
    case .time(let range):
      verdicts.append(reader.zoneMaps(of: .startTime)) {
        PruningRule.verdict(integers: $0, in: range)
      }
    case .clock(let clock):
      verdicts.append(reader.zoneMaps(of: .startTime)) { PruningRule.verdict($0, by: clock) }
    case .sources:
      let wanted = wantedSources
      verdicts.append(reader.zoneMaps(of: .source)) { wanted.verdict(of: $0) }
    case .route(let condition):
      verdicts.append(
        condition.verdict(
          region: reader.key.region, haveDestinations: reader.hasDestinations))
    case .box(let condition): verdicts.append(condition, reader)
    case .comparison(let comparison): decide(comparison, reader)
    }
  }

  private mutating func decide(_ comparison: ColumnComparison, _ reader: TripFileReader) {
    guard reader.hasColumn(comparison.column) else {
      return verdicts.append(comparison.test == .isNull ? .cover : .skip)
    }
    let wanted = wantedTexts[comparison]
    verdicts.append(reader.zoneMaps(of: comparison.column)) {
      Self.verdict(of: comparison, wanted, $0)
    }
  }

  private static func verdict(
    of comparison: ColumnComparison, _ wanted: WantedTexts?, _ map: ZoneMap
  ) -> PruningVerdict {
    let verdict = FilterPlan.verdictOfNull(
      comparison, nullCount: map.nullCount, rowCount: map.rowCount)
    if let verdict { return verdict }
    guard map.hasRange else { return .scan }
    if case .text = comparison.test { return wanted?.verdict(of: map) ?? .scan }
    return PruningRule.verdict(
      of: comparison, minimum: map.minimum, maximum: map.maximum, holdsAll: map.rangeHoldsAllRows)
  }
}

/// The verdict on each block of a file, condition after condition: all are found at once, so that to ask for one is to read
/// an array.
struct BlockVerdicts: Sendable {
  private let blockCount: Int
  private var verdicts: [PruningVerdict] = []

  fileprivate init(blockCount: Int, conditionCount: Int) {
    self.blockCount = blockCount
    verdicts.reserveCapacity(blockCount * conditionCount)
  }

  /// - Parameter condition: Its number among the conditions.
  subscript(condition condition: Int, block block: Int) -> PruningVerdict {
    verdicts[condition * blockCount + block]
  }

  /// Whether one of the conditions proves that no row of the block matches.
  func rulesOut(block: Int) -> Bool {
    for number in stride(from: block, to: verdicts.count, by: blockCount)
    where verdicts[number] == .skip {
      return true
    }
    return false
  }

  fileprivate mutating func append(_ verdict: PruningVerdict) {
    verdicts += repeatElement(verdict, count: blockCount)
  }

  fileprivate mutating func append(
    _ maps: BlockZoneMaps, _ verdict: (ZoneMap) -> PruningVerdict
  ) {
    for block in 0..<blockCount { verdicts.append(verdict(maps[block])) }
  }

  fileprivate mutating func append(_ condition: BoxCondition, _ reader: TripFileReader) {
    let (x, y) = (reader.zoneMaps(of: .originX), reader.zoneMaps(of: .originY))
    let (toX, toY) = (reader.zoneMaps(of: .destinationX), reader.zoneMaps(of: .destinationY))
    let hasDestinations = reader.hasDestinations
    for block in 0..<blockCount {
      verdicts.append(
        condition.place.combine(
          origin: PruningRule.verdict(x: x[block], y: y[block], in: condition),
          destination: hasDestinations
            ? PruningRule.verdict(x: toX[block], y: toY[block], in: condition) : .skip))
    }
  }
}

extension TripFileReader {
  fileprivate var hasDestinations: Bool {
    hasColumn(.destinationX) && hasColumn(.destinationY)
  }
}
