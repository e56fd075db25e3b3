import LakeIngest
import LakeStore
import LakeTestSupport
import Testing
import TripModel

@testable import LakeQuery

/// The 100 sample trips of `lake/landing`, loaded as a user loads them; the answers were computed by
/// independent programs.
@Suite("Answers about the sample trips")
struct SeedAnswersTests {
  private let lake: TestLake
  private let reader: LakeReader

  init() throws {
    lake = try TestLake()
    let landing = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let memory = try #require(MemoryBudget(byteCount: 256 << 20))
    let receipt = try LoadJob(
      lake: lake.lake, paths: ["/\(landing)/lake/landing/trips.csv"],
      options: LoadOptions(memory: memory, threadCount: 1)
    ).run()
    #expect(receipt.stored == 100)
    reader = try LakeReader(lake.lake)
  }

  @Test func weeklyTripsAndAveragesByRegion() throws {
    let answer = try WeeklyAverage().answer(from: reader)
    #expect(answer.rows.map(\.name) == ["Hamburg", "Prague", "Turin"])
    #expect(
      answer.rows.map(\.tripsPerWeek) == [[5, 6, 5, 7, 5], [10, 8, 8, 5, 3], [8, 6, 6, 14, 4]])
    #expect(answer.rows.map(\.average) == [5.6, 6.8, 7.6])
    #expect(answer.explain.filesOpened == 0)
    let first = try #require(answer.rows.first?.weeks?.lowerBound)
    #expect(first.text == "2018-W18")
  }

  @Test func weeklyTripsOfEverything() throws {
    let row = try #require(try WeeklyAverage(grouping: .none).answer(from: reader).rows.first)
    #expect(row.tripsPerWeek == [23, 20, 19, 26, 12])
    #expect(row.average == 20)
  }

  struct BoxCase: Sendable {
    let west: Double
    let south: Double
    let east: Double
    let north: Double
    /// Trips by `BoxPlace.allCases`.
    let origin: Int
    let destination: Int
    let either: Int
    let both: Int
  }

  private static let boxCases = [
    BoxCase(
      west: 7.5415091, south: 45.091605, east: 10.0588964, north: 53.4948642, origin: 12,
      destination: 15, either: 24, both: 3),
    // The west edge is the smallest origin of Turin, to the last digit.
    BoxCase(
      west: 7.513035087952872, south: 44.976024665620514, east: 7.739760019780325,
      north: 45.13940102848316, origin: 38, destination: 33, either: 38, both: 33),
    BoxCase(
      west: 14.0, south: 49.9, east: 14.6, north: 50.2, origin: 28, destination: 26, either: 32,
      both: 22),
    BoxCase(
      west: 14.35, south: 50.02, east: 14.50, north: 50.11, origin: 10, destination: 12,
      either: 19, both: 3),
    BoxCase(
      west: 9.849758, south: 53.530411, east: 9.991550, north: 53.606563, origin: 1,
      destination: 2, either: 3, both: 0),
  ]

  @Test(arguments: boxCases)
  func boxes(_ expected: BoxCase) throws {
    let box = try #require(
      BoundingBox(
        west: expected.west, south: expected.south, east: expected.east, north: expected.north))
    let counts: [BoxPlace: Int] = [
      .origin: expected.origin, .destination: expected.destination, .either: expected.either,
      .both: expected.both,
    ]
    for (place, trips) in counts {
      let filter = TripFilter(boxes: [BoxCondition(box, at: place)])
      let row = try #require(
        try WeeklyAverage(filter: filter, grouping: .none).answer(from: reader).rows.first)
      #expect(row.trips == trips, "\(place)")
      // Weeks without a trip in the box count like all others.
      #expect(row.weekCount == 5)
      #expect(row.average == Double(trips) / 5)
      let area = Area(name: "box", box: box)
      let byArea = try WeeklyAverage(grouping: .area([area], at: place)).answer(from: reader)
      #expect(byArea.rows.map(\.tripsPerWeek) == [row.tripsPerWeek])
    }
  }

  @Test func averagesOverTheWeeksThatHaveTrips() throws {
    let box = try #require(
      BoundingBox(west: 7.5415091, south: 45.091605, east: 10.0588964, north: 53.4948642))
    let both = TripFilter(boxes: [BoxCondition(box, at: .both)])
    let row = try #require(
      try WeeklyAverage(filter: both, grouping: .none).answer(from: reader).rows.first)
    #expect(row.activeWeekCount == 2 && row.activeAverage == 1.5 && row.average == 0.6)
    let nowhere = try #require(
      BoundingBox(west: 9.849758, south: 53.530411, east: 9.991550, north: 53.606563))
    let empty = TripFilter(boxes: [BoxCondition(nowhere, at: .both)])
    let none = try #require(
      try WeeklyAverage(filter: empty, grouping: .none).answer(from: reader).rows.first)
    #expect(none.activeWeekCount == 0 && none.activeAverage == nil && none.average == 0)
  }

  @Test func regionsOfASourceAndTheLatestSource() throws {
    let tables = try SummaryTables(reader, SummaryRequest())
    let cheap = tables.sourceRegions.filter { $0.source == "cheap_mobile" }
    #expect(cheap.map(\.region) == ["Hamburg", "Prague", "Turin"])
    #expect(cheap.map(\.tally.trips) == [10, 13, 10])
    let commonest = tables.regions.sorted { $0.tally.trips > $1.tally.trips }.prefix(2)
    #expect(commonest.map(\.name) == ["Turin", "Prague"])
    let latest = tables.sourceRegions
      .filter { row in commonest.contains { $0.name == row.region } }
      .max { $0.tally.lastTime < $1.tally.lastTime }
    #expect(latest?.source == "pt_search_app")
    let lastTime = try #require(latest?.tally.lastTime)
    #expect(TimestampText.local(microseconds: lastTime, zone: .utc) == "2018-05-31 06:20:59")
    let latestOfAll = tables.sourceRegions.max { $0.tally.lastTime < $1.tally.lastTime }
    #expect(latestOfAll?.source == "baba_car" && latestOfAll?.region == "Hamburg")
  }

  @Test func summary() throws {
    let summary = LakeSummary(reader)
    #expect(summary.rowCount == 100 && summary.regions == ["Hamburg", "Prague", "Turin"])
    #expect(summary.fileCount == 15 && summary.partitionCount == 15)
    #expect(summary.snapshot == 1 && summary.zoneName == "UTC" && summary.byteCount > 0)
  }
}
