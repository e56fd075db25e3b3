import LakeStore
import LakeTestSupport
import Testing
import TripModel

@testable import LakeQuery

@Suite("Routes")
struct RouteTests {
  /// The ways of a made-up city, and how many trips take each: no two alike, so that counts tell them apart.
  private static let ways: [(origin: TestTrip.Point, destination: TestTrip.Point, count: Int)] = [
    (.init(14.40, 50.05), .init(14.50, 50.10), 500),
    (.init(14.50, 50.10), .init(14.40, 50.05), 300),
    (.init(14.40, 50.05), .init(14.30, 50.12), 200),
    (.init(14.60, 50.00), .init(14.61, 50.01), 120),
    (.init(14.45, 50.20), .init(14.45, 50.00), 80),
  ]

  /// Trips around the ways, at most 0.002 degrees beside them, in random order, and some without a destination.
  private func cityTrips(
    _ random: inout SeededRandom, region: ByteString = "Prague", withoutDestination: Int = 0
  ) -> [TestTrip] {
    func near(_ point: TestTrip.Point) -> TestTrip.Point {
      func shift() -> Double { Double(random.integer(in: -2000..<2001)) / 1_000_000 }
      return .init(point.x + shift(), point.y + shift())
    }
    var trips: [TestTrip] = []
    for way in Self.ways {
      for _ in 0..<way.count {
        trips.append(
          TestTrip(
            region: region, origin: near(way.origin), destination: near(way.destination),
            time: 1_527_000_000_000_000 + Int64(random.integer(in: 0..<30)) * 86_400_000_000,
            source: random.chance(0.5) ? "a" : "b"))
      }
    }
    for index in 0..<withoutDestination {
      trips[index * 3].destination = nil
    }
    trips.shuffle(using: &random)
    return trips
  }

  private func lake(_ trips: [TestTrip]) throws -> TestLake {
    let lake = try TestLake()
    try lake.add(trips, blockRowCount: 128, filesPerPartition: 2)
    return lake
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func knownClustersAreFound(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let lake = try lake(cityTrips(&random))
    var fit = RouteFit()
    fit.routeCount = Self.ways.count
    fit.seed = seed
    let models = try fit.run(on: LakeReader(lake.lake))
    let model = try #require(models.first)
    #expect(model.routes.map(\.tripCount) == Self.ways.map { UInt64($0.count) })
    for (route, way) in zip(model.routes, Self.ways) {
      let away = [
        route.originX - way.origin.x, route.originY - way.origin.y,
        route.destinationX - way.destination.x, route.destinationY - way.destination.y,
      ]
      #expect(away.allSatisfy { $0.magnitude < 0.0005 }, "\(route)")
    }
    _ = try lake.lake.keepRoutes(models)
    let rows = try WeeklyAverage().answerByRoute(from: LakeReader(lake.lake)).rows
    #expect(rows.map(\.average.trips) == Self.ways.map(\.count))
    #expect(rows.map(\.number) == [1, 2, 3, 4, 5])
  }

  @Test func anyNumberOfThreadsFindsTheSame() throws {
    var random = SeededRandom(seed: 11)
    var trips = ["Prague", "Brno", "Turin"].flatMap {
      cityTrips(&random, region: ByteString($0), withoutDestination: 20)
    }
    trips.append(
      TestTrip(
        region: "Nowhere", origin: .init(1, 1), destination: nil, time: 1_527_000_000_000_000,
        source: "a"))
    let city = try lake(trips)
    defer { withExtendedLifetime(city) {} }
    let reader = try LakeReader(city.lake)
    var models: [[RouteModel]] = []
    for threadCount in [1, 2, 5] {
      var fit = RouteFit(threadCount: threadCount)
      fit.sampleCount = 900
      models.append(try fit.run(on: reader))
    }
    #expect(models[0] == models[1] && models[0] == models[2])
    #expect(models[0].map(\.region) == ["Brno", "Prague", "Turin"])
    #expect(models[0].allSatisfy { $0.sampleCount == 900 && $0.routes.count == 8 })
    let alone = RouteFit(regions: ["Prague"], threadCount: 1)
    var sampled = alone
    sampled.sampleCount = 900
    #expect(try sampled.run(on: reader) == [models[0][1]])
    sampled.seed = 2
    #expect(try sampled.run(on: reader) != [models[0][1]])
  }

  /// Rows add up to those by region, whatever is asked, and every count follows from the definition [MF-34].
  @Test(arguments: [31, 32] as [UInt64])
  func routesAddUpToRegions(seed: UInt64) throws {
    var generator = TripGenerator(seed: seed)
    let trips = generator.trips(600)
    let lake = try TestLake()
    try lake.add(trips)
    var fit = RouteFit()
    fit.routeCount = 4
    let models = try fit.run(on: LakeReader(lake.lake)).filter { $0.region != trips[0].region }
    _ = try lake.lake.keepRoutes(models)
    let reader = try LakeReader(lake.lake)
    let naive = NaiveAnswers(trips: trips)
    for number in 0..<60 {
      let filter = generator.filter(trips)
      let query = WeeklyAverage(filter: filter, threadCount: 1 + number % 3)
      let rows = try query.answerByRoute(from: reader).rows
      let regions = try query.answer(from: reader).rows
      #expect(Set(rows.map(\.region)) == Set(regions.compactMap(\.name)))
      for region in regions {
        let own = rows.filter { $0.region == region.name }
        #expect(own.reduce(0) { $0 + $1.average.trips } == region.trips, "question \(number)")
        #expect(own.allSatisfy { $0.average.weeks == region.weeks })
        #expect(own.map { $0.number ?? 99 } == own.map { $0.number ?? 99 }.sorted())
      }
      let matching = naive.matching(filter)
      for row in rows {
        let model = models.first { $0.region == row.region }
        let expected = matching.count { trip in
          trip.region == row.region && Self.route(of: trip, model) == row.number
        }
        #expect(
          row.average.trips == expected, "question \(number): \(row.region) \(row.number ?? 0)")
      }
    }
  }

  /// Each route by itself, and all of them as groups, against the definition.
  @Test func routesAreFilteredAndGrouped() throws {
    var generator = TripGenerator(seed: 41)
    let trips = generator.trips(600)
    let lake = try TestLake()
    defer { withExtendedLifetime(lake) {} }
    try lake.add(trips)
    var fit = RouteFit()
    fit.routeCount = 3
    let models = try fit.run(on: LakeReader(lake.lake)).filter { $0.region != trips[0].region }
    _ = try lake.lake.keepRoutes(models)
    let reader = try LakeReader(lake.lake)
    func number(_ trip: TestTrip) -> Int {
      Self.route(of: trip, models.first { $0.region == trip.region }) ?? RouteCondition.none
    }
    for numbers in [[0], [1], [2, 3], [0, 9], [9]] as [Set<Int>] {
      var filter = TripFilter()
      filter.route = RouteCondition(numbers: numbers, models: models)
      let count = try GroupedCount(filter: filter, groupedBy: []).answer(from: reader).rows[0].count
      #expect(count == trips.count { numbers.contains(number($0)) }, "\(numbers)")
    }
    let all = GroupedCount(groupedBy: [.source, .route, .region])
    let groups = Dictionary(grouping: trips) { trip in
      [trip.source, ByteString(String(number(trip))), trip.region]
    }
    let rows = try all.answer(from: reader).rows
    #expect(rows.count == groups.count)
    for row in rows {
      let route = if case .number(let number) = row.group[1] { number } else { 0 }
      guard case .name(let source) = row.group[0], case .name(let region) = row.group[2] else {
        Issue.record("a group without names")
        continue
      }
      #expect(row.count == groups[[source, ByteString(String(route)), region]]?.count)
    }
    var largest = all
    largest.top = 3
    largest.minimumCount = 2
    let top = try largest.answer(from: reader).rows
    #expect(top.map(\.count) == Array(groups.values.map(\.count).sorted(by: >).prefix(3)))
  }

  private static func route(of trip: TestTrip, _ model: RouteModel?) -> Int? {
    guard let model, let end = trip.destination else { return nil }
    let (mx, my) = (model.metresPerDegreeX, model.metresPerDegreeY)
    var best: (number: Int, distance: Double)?
    for (index, route) in model.routes.enumerated() {
      let away = [
        trip.origin.x * mx - route.originX * mx, trip.origin.y * my - route.originY * my,
        end.x * mx - route.destinationX * mx, end.y * my - route.destinationY * my,
      ]
      let distance = away.dropFirst().reduce(away[0] * away[0]) { $0 + $1 * $1 }
      if distance < best?.distance ?? .infinity { best = (index + 1, distance) }
    }
    return best?.number
  }

  @Test func fewerDistinctTripsThanRoutes() throws {
    let place = TestTrip(
      region: "A", origin: .init(1, 1), destination: .init(2, 2), time: 1_527_000_000_000_000,
      source: "a")
    var other = place
    other.destination = .init(3, 3)
    let city = try lake([place, place, other, place])
    defer { withExtendedLifetime(city) {} }
    let reader = try LakeReader(city.lake)
    let models = try RouteFit().run(on: reader)
    #expect(models.map { $0.routes.map(\.tripCount) } == [[3, 1]])
    #expect(models[0].inertia < 1e-9)
    var small = RouteFit()
    small.memoryByteCount = 100
    #expect {
      try small.run(on: reader)
    } throws: {
      ($0 as? QueryError)?.code == .notEnoughMemory
    }
    #expect(throws: QueryError.self) { try RouteFit(regions: ["B"]).run(on: reader) }
  }

  /// Degrees become metres and degrees again, which may round; the lake takes no middle beyond its map.
  @Test func middlesOnTheEdgeOfTheMapStayThere() throws {
    let trips = (0..<89).map { latitude in
      TestTrip(
        region: ByteString("at \(latitude)"), origin: .init(180, Double(latitude) + 0.3),
        destination: .init(-180, Double(latitude) + 0.7), time: 1_527_000_000_000_000, source: "a")
    }
    let edges = try lake(trips)
    defer { withExtendedLifetime(edges) {} }
    let models = try RouteFit().run(on: LakeReader(edges.lake))
    #expect(models.count == 89)
    #expect(models.allSatisfy { $0.routes[0].originX <= 180 && $0.routes[0].destinationX >= -180 })
    _ = try edges.lake.keepRoutes(models)
    #expect(try LakeReader(edges.lake).routeModels() == models)
  }
}
