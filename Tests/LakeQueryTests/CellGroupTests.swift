import Glibc
import LakeColumns
import LakeStore
import LakeTestSupport
import Testing
import TripModel

@testable import LakeQuery

/// Groups by cells equal a dictionary's, whatever the grid, the regions and the number of threads.
@Suite("Groups by cells")
struct CellGroupTests {
  private static let hour: Int64 = 3_600_000_000

  /// A coordinate near `base`: often on the border of a cell, or the next double on either side of it.
  private static func coordinate(
    _ random: inout SeededRandom, base: Double, cell: Double
  ) -> Double {
    let border = base + Double(random.integer(in: -4..<5)) * cell
    switch random.integer(in: 0..<8) {
    case 0: return border
    case 1: return border.nextUp
    case 2: return border.nextDown
    case 3 where base == 0: return random.chance(0.5) ? -0.0 : 0.0
    default: return base + (random.fraction() - 0.5) * 6 * cell
    }
  }

  private static func trips(
    seed: UInt64, count: Int, cell: Double, bases: [(region: ByteString, x: Double, y: Double)],
    absentShare: Double = 0.1
  ) -> [TestTrip] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in
      let base = bases[random.integer(in: 0..<bases.count)]
      func point(_ random: inout SeededRandom) -> TestTrip.Point {
        TestTrip.Point(
          coordinate(&random, base: base.x, cell: cell),
          coordinate(&random, base: base.y, cell: cell))
      }
      let origin = point(&random)
      let destination = random.chance(absentShare) ? nil : point(&random)
      return TestTrip(
        region: base.region, origin: origin, destination: destination,
        time: Int64(random.integer(in: 0..<400)) * hour + Int64(random.integer(in: 0..<5)) - 2,
        source: ByteString("source \(random.integer(in: 0..<3))"))
    }
  }

  private struct Sample {
    let reader: LakeReader
    let naive: NaiveAnswers
    private let lake: TestLake

    init(_ trips: [TestTrip], cell: Double, filesPerPartition: Int = 2) throws {
      try self.init(trips, try #require(CellGrid(size: cell)), filesPerPartition: filesPerPartition)
    }

    init(_ trips: [TestTrip], _ grid: CellGrid, filesPerPartition: Int = 2) throws {
      lake = try TestLake()
      try lake.add(trips, filesPerPartition: filesPerPartition)
      reader = try LakeReader(lake.lake)
      var naive = NaiveAnswers(trips: trips)
      naive.grid = grid
      self.naive = naive
    }

    func query(_ keys: [GroupedCount.Key], _ filter: TripFilter = .all) -> GroupedCount {
      var query = GroupedCount(filter: filter, groupedBy: keys)
      query.grid = naive.grid
      return query
    }
  }

  private static let keyLists: [[GroupedCount.Key]] = [
    [.originCell, .destinationCell, .hour], [.destinationCell], [.originCell],
    [.hour, .destinationCell, .source, .originCell], [.region, .originCell, .weekday],
    [.week, .originCell, .day, .slot],
  ]

  @Test(arguments: [0.01, 0.1, 0.003, 1.0 / 3, 7, 0.0001])
  func groupsEqualThoseOfADictionary(cell: Double) throws {
    let seed: UInt64 = 31
    // Two regions that overlap, one on both sides of 0 degrees, one of negative coordinates.
    let bases: [(region: ByteString, x: Double, y: Double)] = [
      ("Prague", 14.4, 50.1), ("Beroun", 14.4 + 4 * cell, 50.1), ("London", 0, 51.5),
      ("Lima", -77.04, -12.05),
    ]
    let trips = Self.trips(seed: seed, count: 3000, cell: cell, bases: bases)
    let sample = try Sample(trips, cell: cell)
    for keys in Self.keyLists {
      var query = sample.query(keys)
      let expected = sample.naive.groups(.all, by: keys)
      let answer = try query.answer(from: sample.reader)
      #expect(answer.rows == expected, "seed \(seed), cell \(cell), \(keys)")
      query.minimumCount = 2
      let frequent = expected.filter { $0.count >= 2 }
      #expect(try query.answer(from: sample.reader).rows == frequent)
      query.minimumCount = 1
      for top in [1, 7, 10_000] {
        query.top = top
        let largest = expected.enumerated().sorted {
          ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
        }
        .prefix(top).map(\.element)
        #expect(try query.answer(from: sample.reader).rows == largest, "top \(top) of \(keys)")
      }
      let explain = answer.explain
      #expect(explain.rowsMatched == trips.count)
      #expect(explain.files.scanned == sample.reader.manifest.fileCount)
    }
  }

  private static let otherGrids = [
    "geohash:1", "geohash:2", "geohash:5", "geohash:6", "geohash:9", "500m", "35.5m",
    "9e6m",
  ]

  /// Points on both sides of edges, at the ends of the map and beyond them, without and with absent ones.
  @Test(arguments: otherGrids.compactMap { CellGrid(text: $0) }, [0, 0.1])
  func geohashesAndMetresEqualTheirDefinitions(grid: CellGrid, absentShare: Double) throws {
    let side = grid.latitudes.cellSize
    let bases: [(region: ByteString, x: Double, y: Double)] = [
      ("London", 0, 51.5), ("Lima", -77.04, -12.05), ("Suva", 180, -18), ("Quito", -78.5, 0),
      ("Pole", 170, 90), ("South", -180, -90),
    ]
    var trips: [TestTrip] = []
    for base in bases {
      // Edges of the grid near the place, where neighbours of edges are found.
      let (x, y) = ((base.x / side).rounded() * side, (base.y / side).rounded() * side)
      trips += Self.trips(
        seed: 41, count: 400, cell: side, bases: [(base.region, x, y)], absentShare: absentShare)
    }
    let sample = try Sample(trips, grid)
    let keyLists: [[GroupedCount.Key]] = [
      [.originCell, .destinationCell, .slot], [.destinationCell],
    ]
    for keys in keyLists {
      let query = sample.query(keys)
      let answer = try query.answer(from: sample.reader)
      #expect(answer.rows == sample.naive.groups(.all, by: keys), "seed 41, \(grid), \(keys)")
    }
  }

  @Test func namesOfGrids() throws {
    #expect(CellGrid(text: "0.01") == .usual)
    #expect(CellGrid(text: "5e2m")?.shape == .metres(500))
    #expect(CellGrid(text: "geohash:12")?.shape == .geohash(length: 12))
    for text in [
      "", "m", "0", "-1", "nan", "0x1", "infm", "0m", "500 m", "geohash:", "geohash:0",
      "geohash:13", "geohash:+6", "geohash:6m", "500km", "1e999",
    ] {
      #expect(CellGrid(text: text) == nil, "\(text)")
    }
    let grid = try #require(CellGrid(text: "geohash:11"))
    // The standard's own example: 57.64911, 10.40744 is u4pruydqqvj.
    let (x, y) = (
      grid.longitudes(inRow: 0).cell(of: 10.40744), grid.latitudes.cell(of: 57.64911)
    )
    #expect(grid.geohash(x: Int(x), y: Int(y)) == "u4pruydqqvj")
    let middle = grid.centre(x: Int(x), y: Int(y))
    #expect(abs(middle.x - 10.40744) < 1e-5 && abs(middle.y - 57.64911) < 1e-5)
    let short = try #require(CellGrid(text: "geohash:1"))
    #expect([-4, 3].map { short.geohash(x: $0, y: -2) } == ["0", "p"])
    #expect([-4, 3].map { short.geohash(x: $0, y: 1) } == ["b", "z"])
  }

  @Test func cosineIsThatOfTheLibrary() {
    for degrees in stride(from: -89.99, through: 89.99, by: 0.37) {
      #expect(abs(MetricRow.cosine(ofDegrees: degrees) - cos(degrees * .pi / 180)) < 1e-15)
    }
    #expect(MetricRow.cosine(ofDegrees: 90) == 0 && MetricRow.cosine(ofDegrees: -.infinity) == 0)
  }

  @Test func filtersAndTwoThreadsChangeNothing() throws {
    let bases: [(region: ByteString, x: Double, y: Double)] = [("a", 1, 2), ("b", 1.02, 2)]
    let trips = Self.trips(seed: 32, count: 260_000, cell: 0.01, bases: bases)
    let sample = try Sample(trips, cell: 0.01, filesPerPartition: 3)
    let box = try #require(BoundingBox(west: 0.99, south: 1.99, east: 1.01, north: 2.015))
    let filter = TripFilter(
      time: TimeRange(start: 5 * Self.hour, end: 390 * Self.hour),
      boxes: [BoxCondition(box, at: .origin)])
    for filter in [TripFilter.all, filter] {
      var query = sample.query([.originCell, .destinationCell, .hour], filter)
      let one = try query.answer(from: sample.reader)
      #expect(one.rows == sample.naive.groups(filter, by: query.keys))
      query.threadCount = 2
      #expect(try query.answer(from: sample.reader) == one)
      query.top = 20
      let top = try query.answer(from: sample.reader)
      query.threadCount = 3
      #expect(try query.answer(from: sample.reader) == top)
    }
  }

  /// Few combinations are counted in place, many are sorted; the answers are the same.
  @Test func bucketsAndSorting() throws {
    let near = Self.trips(
      seed: 33, count: 2000, cell: 0.01, bases: [("a", 1, 2)], absentShare: 0)
    let far = TestTrip(
      region: "a", origin: .init(170, -80), destination: .init(-170, 80), time: 0, source: "x")
    for (trips, hasBuckets) in [(near, true), (near + [far], false)] {
      let sample = try Sample(trips, cell: 0.01)
      let query = sample.query([.originCell, .destinationCell, .hour])
      let items = (0..<sample.reader.manifest.fileCount).map {
        ScanJob.Item(file: $0, conditions: [])
      }
      let sets = try RegionSet.sets(
        of: items, groupedBy: query.keys, query.grid, sample.reader.manifest)
      let count = try CellCount(query, try #require(sets.first), sourceNumbers: [:], sample.reader)
      #expect((count.bucketCount != nil) == hasBuckets)
      #expect(
        try query.answer(from: sample.reader).rows == sample.naive.groups(.all, by: query.keys))
    }
  }

  /// However little memory there is, as long as it is enough to begin with, and on any number of threads.
  @Test func memoryChangesNoAnswer() throws {
    let bases: [(region: ByteString, x: Double, y: Double)] = [
      ("a", 1, 2), ("b", 1.02, 2), ("c", 30, -7), ("d", 1.01, 40),
    ]
    var trips = Self.trips(seed: 51, count: 1200, cell: 0.01, bases: bases)
    // A group of more rows than memory holds, and trips that nothing is known of.
    trips += Array(repeating: trips[0], count: 700)
    trips += (0..<200).map { index in
      TestTrip(
        region: "c", origin: .init(index % 3 == 0 ? .nan : 30, 1), destination: nil, time: 0,
        source: "x")
    }
    let box = try #require(BoundingBox(west: 0.99, south: 1.99, east: 40, north: 2.02))
    let filters: [TripFilter] = [.all, TripFilter(boxes: [BoxCondition(box, at: .origin)])]
    for text in ["0.01", "geohash:5", "700m"] {
      let sample = try Sample(trips, try #require(CellGrid(text: text)), filesPerPartition: 3)
      for (keys, filter) in zip(
        [[.originCell, .destinationCell, .slot], [.hour, .destinationCell]]
          + Self.keyLists.suffix(2), filters + filters)
      {
        let expected = sample.naive.groups(filter, by: keys)
        var query = sample.query(keys, filter)
        for (memory, threads, minimum) in [
          (4096, 1, 1), (4096, 2, 3), (10_000, 3, 1), (60_000, 2, 2), (400_000, 1, 1),
          (40_000_000, 2, 3), (Int.max, 1, 2),
        ] {
          query.memoryByteCount = memory
          query.threadCount = threads
          query.minimumCount = minimum
          query.top = nil
          let what: Comment = "seed 51, \(text), \(keys), \(memory) bytes, \(threads) threads"
          let frequent = expected.filter { $0.count >= minimum }
          let answer = try query.answer(from: sample.reader)
          #expect(answer.rows.elementsEqual(frequent), what)
          #expect(answer.explain.rowsMatched == sample.naive.matching(filter).count, what)
          query.top = 10
          let largest = frequent.enumerated().sorted {
            ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
          }
          .prefix(10).map(\.element)
          let top = try query.answer(from: sample.reader)
          #expect(top.rows == largest, what)
          #expect(top.explain.rowsMatched == answer.explain.rowsMatched, what)
        }
      }
    }
  }

  /// Where memory is short, blocks that have none of a pass' groups are not read again.
  @Test func passesReadOnlyWhereTheirGroupsMayBe() throws {
    let bases: [(region: ByteString, x: Double, y: Double)] = [("a", 1, 2)]
    let trips = Self.trips(seed: 52, count: 20_000, cell: 0.01, bases: bases, absentShare: 0)
      .sorted { $0.origin.x < $1.origin.x }
    let sample = try Sample(trips, cell: 0.01)
    var query = sample.query([.originCell, .destinationCell])
    let once = try query.answer(from: sample.reader)
    query.memoryByteCount = 100_000
    let often = try query.answer(from: sample.reader)
    #expect(often.rows == once.rows)
    // One pass that counts, one or two that read a block, though there are several passes.
    #expect(often.explain.pagesDecoded > 2 * once.explain.pagesDecoded - 10)
    #expect(often.explain.pagesDecoded < 3 * once.explain.pagesDecoded)
    #expect(often.explain.blocks.skipped > 3 * once.explain.blocks.considered)
  }

  @Test func regionsAreKeptApartWhereTheirCellsAre() throws {
    func trip(_ region: ByteString, _ x: Double, _ destination: Double?) -> TestTrip {
      TestTrip(
        region: region, origin: .init(x, 50), destination: destination.map { .init($0, 50) },
        time: 0, source: "s")
    }
    let trips = [
      trip("a", 1, 1), trip("a", 2, 2), trip("b", 2.005, 2.005), trip("c", 3, 1), trip("d", 3, nil),
      trip("e", 9, nil),
    ]
    let sample = try Sample(trips, cell: 0.01)
    func sets(_ keys: [GroupedCount.Key]) throws -> [[Int]] {
      let manifest = sample.reader.manifest
      let items = (0..<manifest.fileCount).map { ScanJob.Item(file: $0, conditions: []) }
      return try RegionSet.sets(of: items, groupedBy: keys, sample.naive.grid, manifest)
        .map { set in Set(set.items.map { manifest.regionIndex(ofFile: $0.file) }).sorted() }
    }
    #expect(try sets([.originCell]) == [[0, 1], [2, 3], [4]])
    #expect(try sets([.destinationCell]) == [[0, 1, 2], [3, 4]])
    #expect(try sets([.originCell, .destinationCell]) == [[0, 1], [2], [3], [4]])
    #expect(try sets([.region, .originCell]) == [[0], [1], [2], [3], [4]])
    let rows = try sample.query([.originCell]).answer(from: sample.reader).rows
    #expect(rows.map(\.count) == [1, 2, 2, 1])
  }

  @Test func coordinatesThatAreHugeOrNoNumbers() throws {
    func trip(_ x: Double, _ y: Double, _ destination: TestTrip.Point?) -> TestTrip {
      TestTrip(region: "a", origin: .init(x, y), destination: destination, time: 0, source: "s")
    }
    let numbers = [
      trip(-1e8, 1e8, .init(0, 0)), trip(1e8, -1e8, nil), trip(-1e8, 1e8, .init(-0.0, 1e-300)),
      trip(.leastNonzeroMagnitude, -.leastNonzeroMagnitude, .init(0, 0)),
    ]
    let large = try Sample(numbers, cell: 0.5)
    #expect(
      try large.query([.originCell]).answer(from: large.reader).rows
        == large.naive.groups(.all, by: [.originCell]))
    let odd = try Sample(
      [
        trip(.nan, 1, .init(1, .nan)), trip(1, .nan, nil), trip(3, 4, .init(.nan, .nan)),
        trip(3, 4, .init(5, 6)),
      ], cell: 0.5)
    for keys in [[GroupedCount.Key.originCell], [.destinationCell, .originCell]] {
      #expect(
        try odd.query(keys).answer(from: odd.reader).rows == odd.naive.groups(.all, by: keys))
    }
    for x in [1e300, .infinity, -.infinity] {
      let beyond = try Sample([trip(x, 0, nil)], cell: 0.5)
      #expect {
        try beyond.query([.originCell]).answer(from: beyond.reader)
      } throws: {
        ($0 as? QueryError)?.code == .tooManyGroups
      }
    }
    let fine = try Sample(
      [trip(-180, -90, .init(-180, -90)), trip(180, 90, .init(180, 90))], cell: 1e-9)
    #expect(throws: QueryError.self) {
      try fine.query([.originCell, .destinationCell]).answer(from: fine.reader)
    }
  }

  @Test func memoryIsAskedForBeforeAnythingIsRead() throws {
    let lake = try TestLake()
    try lake.addUnreadable(
      Self.trips(seed: 34, count: 1000, cell: 0.01, bases: [("a", 1, 2)]))
    let reader = try LakeReader(lake.lake)
    var query = GroupedCount(groupedBy: [.originCell])
    query.memoryByteCount = 1000
    #expect {
      try query.answer(from: reader)
    } throws: {
      ($0 as? QueryError)?.code == .notEnoughMemory
    }
  }

  @Test func kernelsReportWhatLiesOutsideTheAxis() throws {
    let layout = try GroupLayout([
      GroupLayout.Field(part: .cellX(.originCell), values: -2..<3, mayBeAbsent: true),
      GroupLayout.Field(part: .key(.hour), values: 0..<24, mayBeAbsent: false),
    ])
    let field = try #require(layout.field(.cellX(.originCell)))
    let axis = CellKernels.Axis(GridAxis(cellSize: 0.5), field)
    func keys(_ coordinates: [Double]) -> [UInt64]? {
      var words = ColumnBuffer<UInt64>()
      for coordinate in coordinates { words.append(coordinate.bitPattern) }
      var keys = [UInt64](repeating: 7, count: coordinates.count)
      return CellKernels.addCells(of: words, axis, to: &keys) ? keys : nil
    }
    let inside = [-1, (-0.5).nextDown, -0.5, -0.0, 0, 0.5.nextDown, 1, 1.5.nextDown]
    #expect(keys(inside) == [0, 0, 1, 2, 2, 2, 4, 4].map { $0 * 24 + 7 })
    for outside in [(-1.0).nextDown, 1.5, .nan, .infinity, -.infinity, 1e300, -1e16, 0x1p52] {
      #expect(keys([0, outside, 0]) == nil, "\(outside)")
      #expect(axis.term(outside) == nil, "\(outside)")
    }
    #expect(layout.groupCount == 144)
    #expect(layout.values(ofGroup: 143) == [nil, 23])
    #expect(layout.values(ofGroup: 25) == [-1, 1])
  }

  @Test func sortingAndKeepingEqualTheirDefinitions() throws {
    var random = SeededRandom(seed: 35)
    for count in [0, 1, 2, 1000, 5000] {
      for shift in [0, 30, 53, 63] as [UInt64] {
        let keys = (0..<count).map { _ in random.next() >> shift }
        var sorted = keys
        KeySortKernels.sort(&sorted)
        #expect(sorted == keys.sorted())
      }
      let groups = (0..<count).map { number in
        GroupKeeper.Group(number: UInt64(number), count: random.integer(in: 1..<40))
      }
      .shuffled(using: &random)
      for (top, minimum) in [(nil, 1), (nil, 20), (1, 1), (20, 30), (3000, 1)] as [(Int?, Int)] {
        var keeper = GroupKeeper(top: top, minimumCount: minimum)
        for group in groups where group.count >= keeper.threshold {
          keeper.take(group: group.number, count: group.count)
        }
        let kept = try keeper.finish().sorted(by: GroupKeeper.Group.comesFirst)
        let wanted = groups.filter { $0.count >= minimum }.sorted(by: GroupKeeper.Group.comesFirst)
        #expect(kept == Array(wanted.prefix(top ?? .max)))
      }
    }
  }
}
