import LakeColumns
import LakeFile
import LakeTestSupport
import Testing
import TripModel

@testable import LakeQuery

/// What statistics prove must hold for every row: skip means that none matches, cover that all do.
@Suite("Pruning rules")
struct PruningRuleTests {
  /// Coordinates that make comparisons go wrong: edges, zeros of both signs, NaN, infinities, denormals.
  private static let odd: [Double] = [
    0, -0.0, 1, -1, 180, -180, 90, -90, .nan, .infinity, -.infinity, .leastNonzeroMagnitude,
    -.leastNonzeroMagnitude, 1.0.nextUp, 1.0.nextDown, 7.5, 7.25,
  ]

  private static func coordinate(_ random: inout SeededRandom, limit: Double) -> Double? {
    switch random.integer(in: 0..<10) {
    case 0: nil
    case 1...4: odd[random.integer(in: 0..<odd.count)]
    default: (random.fraction() * 2 - 1) * limit
    }
  }

  private static func box(_ random: inout SeededRandom) -> BoundingBox? {
    let edges = (0..<4).map { index in
      let limit = index % 2 == 0 ? 180.0 : 90.0
      return coordinate(&random, limit: limit) ?? limit
    }
    let north = Double.maximum(edges[1], edges[3])
    return BoundingBox(
      west: edges[0], south: Double.minimum(edges[1], edges[3]), east: edges[2], north: north)
  }

  /// The zone map of some values, by the definition of `ZoneMap`.
  private static func zoneMap(_ values: [Double?]) -> ZoneMap {
    let present = values.compactMap(\.self)
    let numbers = present.filter { !$0.isNaN }
    var map = ZoneMap(
      rowCount: values.count, nullCount: values.count - present.count,
      nanCount: present.count - numbers.count, minimum: 0, maximum: 0)
    if let low = numbers.min(), let high = numbers.max() {
      map.minimum = (low == 0 ? -0.0 : low).bitPattern
      map.maximum = (high == 0 ? 0.0 : high).bitPattern
    }
    return map
  }

  @Test func pointsOfManySmallBlocks() {
    var random = SeededRandom(seed: 20_180_522)
    var verdicts: [PruningVerdict: Int] = [:]
    for round in 0..<60_000 {
      let rowCount = random.integer(in: 1..<5)
      let isNarrow = random.chance(0.5)
      let corner = (Self.coordinate(&random, limit: 180), Self.coordinate(&random, limit: 90))
      let rows = (0..<rowCount).map { _ -> (x: Double?, y: Double?) in
        isNarrow && random.chance(0.9)
          ? corner
          : (Self.coordinate(&random, limit: 180), Self.coordinate(&random, limit: 90))
      }
      guard let box = Self.box(&random) else { continue }
      let verdict = PruningRule.verdict(
        x: Self.zoneMap(rows.map(\.x)), y: Self.zoneMap(rows.map(\.y)),
        in: BoxCondition(box, at: .origin))
      verdicts[verdict, default: 0] += 1
      let matchCount = rows.count { row in
        guard let x = row.x, let y = row.y else { return false }
        return box.contains(x: x, y: y)
      }
      switch verdict {
      case .skip: #expect(matchCount == 0, "round \(round): \(rows) in \(box)")
      case .cover: #expect(matchCount == rowCount, "round \(round): \(rows) in \(box)")
      case .scan: break
      }
    }
    // The law must have been put to the test in each of its parts.
    for verdict in [PruningVerdict.skip, .cover, .scan] {
      #expect(verdicts[verdict, default: 0] > 500, "\(verdict)")
    }
  }

  @Test func timesOfSmallBlocks() {
    var random = SeededRandom(seed: 7)
    let edges: [Int64] = [.min, .min + 1, -1, 0, 1, 5, .max - 1, .max]
    func time() -> Int64 {
      random.chance(0.5)
        ? edges[random.integer(in: 0..<edges.count)] : Int64(random.integer(in: -10..<10))
    }
    var verdicts: Set<PruningVerdict> = []
    for _ in 0..<20_000 {
      let times = (0..<random.integer(in: 1..<4)).map { _ in time() }
      let (a, b) = (time(), time())
      let range = min(a, b)...max(a, b)
      guard let first = times.min(), let last = times.max() else { continue }
      let map = ZoneMap(
        rowCount: times.count, nullCount: 0, nanCount: 0, minimum: UInt64(bitPattern: first),
        maximum: UInt64(bitPattern: last))
      let verdict = PruningRule.verdict(integers: map, in: range)
      verdicts.insert(verdict)
      let matchCount = times.count { range.contains($0) }
      switch verdict {
      case .skip: #expect(matchCount == 0)
      case .cover: #expect(matchCount == times.count)
      case .scan: break
      }
    }
    #expect(verdicts.count == 3)
  }

  @Test func statisticsThatContradictThemselvesProveNothing() throws {
    let box = try #require(BoundingBox(west: 0, south: 0, east: 1, north: 1))
    let swapped = ZoneMap(
      rowCount: 2, nullCount: 0, nanCount: 0, minimum: (9.0).bitPattern, maximum: (8.0).bitPattern)
    let notANumber = ZoneMap(
      rowCount: 2, nullCount: 0, nanCount: 0, minimum: Double.nan.bitPattern,
      maximum: Double.nan.bitPattern)
    let wrongCounts = ZoneMap(rowCount: 2, nullCount: 2, nanCount: 1, minimum: 0, maximum: 0)
    for map in [swapped, notANumber, wrongCounts] {
      #expect(PruningRule.verdict(x: map, y: map, in: BoxCondition(box, at: .origin)) == .scan)
    }
    #expect(PruningRule.verdict(first: 9, last: 8, in: 20...30) == .scan)
    #expect(PruningRule.verdict(integers: wrongCounts, in: 20...30) == .scan)
  }

  @Test func aBlockWithoutAPointLiesInNoBox() {
    let world = BoxCondition(.everywhere, at: .origin)
    let nulls = Self.zoneMap([nil, nil])
    let mixed = Self.zoneMap([nil, .nan])
    let numbers = Self.zoneMap([1, 2])
    #expect(PruningRule.verdict(x: nulls, y: nulls, in: world) == .skip)
    #expect(PruningRule.verdict(x: numbers, y: mixed, in: world) == .skip)
    #expect(PruningRule.verdict(x: numbers, y: numbers, in: world) == .cover)
    #expect(PruningRule.verdict(x: numbers, y: Self.zoneMap([1, nil]), in: world) == .scan)
    #expect(PruningRule.verdict(x: numbers, y: Self.zoneMap([1, .nan]), in: world) == .scan)
  }

  @Test func wantedTextsOfEveryRangeOfASmallDictionary() {
    let dictionary: [ByteString] = ["a", "b", "c", "d"]
    for bits in 0..<32 {
      let all = dictionary + ["e"]
      let names = all.indices.filter { bits >> $0 & 1 == 1 }.map { all[$0] }
      let wanted = WantedTexts(names, in: dictionary)
      for low in 0..<4 {
        for high in low..<4 {
          let map = ZoneMap(
            rowCount: 5, nullCount: 0, nanCount: 0, minimum: UInt64(low), maximum: UInt64(high))
          let hits = (low...high).count { bits >> $0 & 1 == 1 }
          let expected: PruningVerdict =
            hits == 0 ? .skip : hits == high - low + 1 ? .cover : .scan
          #expect(wanted.verdict(of: map) == expected)
        }
      }
      let outside = ZoneMap(rowCount: 5, nullCount: 0, nanCount: 0, minimum: 0, maximum: 4)
      #expect(wanted.verdict(of: outside) == .scan)
    }
  }
}
