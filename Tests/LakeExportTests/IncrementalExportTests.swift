import LakeBytes
import LakeExport
import LakeTestSupport
import Testing
import TripModel

@testable import LakeQuery
@testable import LakeStore

/// An export over an earlier one counts only what has changed, and is equal to one made from nothing.
@Suite struct IncrementalExportTests {
  let folder: ExportFolder

  init() throws {
    folder = try ExportFolder()
  }

  private static let week: Int64 = 7 * 86_400_000_000

  /// Trips of one week that lie on a line, every third in the area "west".
  private func trips(week: Int64, region: ByteString = "Prague") -> [TestTrip] {
    (0..<300).map { number in
      let x = Double(number % 3) + Double(number) / 1000
      return TestTrip(
        region: region, origin: .init(x, 50), destination: .init(x, 51),
        time: week * Self.week + Int64(number) * 1_000_000, source: "app")
    }
  }

  private var areas: [Area] {
    get throws {
      [
        Area(
          name: "west",
          box: try #require(BoundingBox(west: 0, south: 49.5, east: 0.9, north: 50.5))),
        Area(
          name: "triangle",
          shape: .polygons([
            try #require(
              Polygon(rings: [[.init(x: 0, y: 49), .init(x: 2, y: 49), .init(x: 1, y: 51)]]))
          ])),
      ]
    }
  }

  private func provenance(at place: BoxPlace = .origin) -> SummaryProvenance {
    SummaryProvenance(
      lake: "00ff", digest: Digest128(high: 1, low: 2), zone: .utc, areasAt: place,
      programVersion: "9.8.7", committedAt: 0)
  }

  private func known(at place: BoxPlace = .origin, _ areas: [Area]) -> KnownCounts {
    SummaryExport.knownCounts(
      at: folder.target, for: provenance(at: place), areas: areas, models: models)
  }

  /// Two routes of Prague, by where trips begin.
  private let models = [
    RouteModel(
      region: "Prague", metresPerDegreeX: 70_000, metresPerDegreeY: 111_000, seed: 1,
      sampleCount: 9,
      iterationCount: 1, inertia: 0,
      routes: [
        Route(originX: 0, originY: 50, destinationX: 0, destinationY: 51, tripCount: 5),
        Route(originX: 2, originY: 50, destinationX: 2, destinationY: 51, tripCount: 4),
      ])
  ]

  /// The bytes of an export of `lake` that goes on from `known`.
  private func export(
    _ lake: TestLake, areas: [Area], at place: BoxPlace = .origin, known: KnownCounts
  ) throws -> [UInt8] {
    let request = SummaryRequest(areas: areas, at: place, known: known)
    let tables = try SummaryTables(LakeReader(lake.lake), request)
    let content = SummaryContent(tables: tables, provenance: provenance(at: place))
    _ = try SummaryExport(content).write(to: folder.target)
    return try folder.read("trips.db")
  }

  /// A lake whose trips so far cannot be read any more, and one of the same trips that can be read; an export of
  /// them lies in the folder.
  private func lakes() throws -> (damaged: TestLake, whole: TestLake) {
    let damaged = try TestLake()
    let whole = try TestLake()
    for lake in [damaged, whole] {
      try lake.add(trips(week: 0) + trips(week: 1, region: "Turin"))
      _ = try lake.lake.keepRoutes(models)
    }
    _ = try export(damaged, areas: try areas, known: .none)
    let manifest = try damaged.lake.snapshot().manifest
    for file in 0..<manifest.fileCount {
      TestLake.flipByte(
        at: 100, ofFile: "\(damaged.lake.path)/\(try manifest.path(ofFile: file).text)")
    }
    return (damaged, whole)
  }

  @Test func onlyNewPartitionsAreRead() throws {
    let (damaged, whole) = try lakes()
    for lake in [damaged, whole] { try lake.add(trips(week: 2) + trips(week: 0, region: "Aachen")) }
    let known = known(try areas)
    #expect(known.partitions.count == 2)
    #expect(known.areaTrips.count == 2)
    #expect(known.routeTrips.count == 1)
    let full = try export(whole, areas: try areas, known: .none)
    let grown = try export(damaged, areas: try areas, known: known)
    #expect(grown == full)
    let counts = try rows(
      "SELECT area, region, week, trips FROM weekly_area_trips WHERE area = 'west'",
      in: folder.target)
    #expect(counts.count == 4)
    #expect(counts.allSatisfy { $0[3] == .integer(100) })
    let routes = try rows(
      """
      SELECT week, route, trips, sum(trips) OVER (PARTITION BY week) FROM weekly_route_trips
      ORDER BY week, route
      """, in: folder.target)
    #expect(routes.map { $0[1] } == [1, 2, 1, 2].map { .integer($0) })
    #expect(routes.allSatisfy { $0[3] == .integer(300) })
    let averages = try rows(
      """
      SELECT (SELECT sum(trips) FROM weekly_average_by_route WHERE region = 'Prague'),
        (SELECT trips FROM regions WHERE region = 'Prague'),
        (SELECT count(*) FROM weekly_average_by_route)
      """, in: folder.target)
    #expect(averages == [[.integer(600), .integer(600), .integer(2)]])
    // Without what is known the damage would be met.
    #expect(throws: (any Error).self) { try export(damaged, areas: areas, known: .none) }
  }

  @Test func aPartitionThatHasChangedIsReadAgain() throws {
    let (damaged, whole) = try lakes()
    for lake in [damaged, whole] { try lake.add(Array(trips(week: 0).prefix(30))) }
    let known = known(try areas)
    #expect(throws: (any Error).self) { try export(damaged, areas: areas, known: known) }
    let full = try export(whole, areas: try areas, known: .none)
    #expect(try export(whole, areas: try areas, known: known) == full)
  }

  @Test func anAreaOfOtherBordersIsCountedAgain() throws {
    let (damaged, _) = try lakes()
    let wider = Area(
      name: "west", box: try #require(BoundingBox(west: 0, south: 49.5, east: 1, north: 50.5)))
    #expect(known([wider]).areaTrips.isEmpty)
    #expect(known(at: .destination, try areas) == .none)
    #expect(throws: (any Error).self) {
      try export(damaged, areas: [wider], known: known([wider]))
    }
  }

  @Test func otherRoutesAreCountedAgain() throws {
    let (damaged, whole) = try lakes()
    let moved = RouteModel(
      region: "Prague", metresPerDegreeX: 70_000, metresPerDegreeY: 111_000, seed: 2,
      sampleCount: 9,
      iterationCount: 1, inertia: 0, routes: Array(models[0].routes.reversed()))
    for lake in [damaged, whole] { _ = try lake.lake.keepRoutes([moved]) }
    let known = SummaryExport.knownCounts(
      at: folder.target, for: provenance(), areas: try areas, models: [moved])
    #expect(known.routeTrips.isEmpty && known.areaTrips.count == 2)
    #expect(throws: (any Error).self) { try export(damaged, areas: areas, known: known) }
    let full = try export(whole, areas: try areas, known: .none)
    #expect(try export(whole, areas: try areas, known: known) == full)
  }

  @Test func whatSomebodyHasChangedIsNotBelieved() throws {
    _ = try lakes()
    #expect(known(try areas).partitions.count == 2)
    do {
      let database = try SQLiteDatabase(path: folder.target, mode: .create)
      try database.execute("UPDATE weekly_area_trips SET trips = trips + 1 WHERE area = 'west'")
    }
    #expect(known(try areas) == .none)
    try folder.write("no database", to: "trips.db")
    #expect(known(try areas) == .none)
  }

  @Test func nothingIsTakenOverFromAnExportThatLeftOutRows() throws {
    let lake = try TestLake()
    try lake.add(trips(week: 0))
    var provenance = provenance()
    provenance.minimumCount = 10
    let tables = try SummaryTables(LakeReader(lake.lake), SummaryRequest(areas: try areas))
    _ = try SummaryExport(SummaryContent(tables: tables, provenance: provenance))
      .write(to: folder.target)
    #expect(known(try areas) == .none)
    let trips = try rows("SELECT trips FROM weekly_area_trips", in: folder.target)
    #expect(trips.count == 2)
    #expect(try rows("SELECT * FROM _triplake_partitions", in: folder.target).isEmpty)
  }
}
