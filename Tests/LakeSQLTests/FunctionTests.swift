import LakeQuery
import LakeTestSupport
import Testing
import TripModel

@testable import LakeSQL

@Suite struct FunctionTests {
  @Test func weeklyIsWhatTheEngineAnswers() throws {
    let lake = try SQLLake(seed: 30, count: 800, zone: "CET-1CEST,M3.5.0,M10.5.0/3")
    let session = try lake.session()
    func rows(_ query: WeeklyAverage) throws -> [[ResultValue]] {
      try query.answer(from: lake.reader).rows.map { row in
        [
          row.name.map { .text($0.bytes) } ?? .null, .integer(Int64(row.trips)),
          .integer(Int64(row.weekCount)), .integer(Int64(row.activeWeekCount)),
          row.average.map { .real($0) } ?? .null, row.activeAverage.map { .real($0) } ?? .null,
        ]
      }
    }
    #expect(try session.rows("SELECT * FROM weekly") == rows(WeeklyAverage()))
    let turin = WeeklyAverage(filter: TripFilter(regions: ["Turin"]))
    #expect(try session.rows("SELECT * FROM weekly('Turin')") == rows(turin))
    let joined = try session.rows(
      "SELECT w.* FROM regions r, weekly(r.region) w WHERE r.region = 'Turin'")
    #expect(try joined == rows(turin))
    let box = try #require(BoundingBox(west: -3, south: -2, east: 4, north: 3))
    let boxed = WeeklyAverage(
      filter: TripFilter(sources: ["A"], boxes: [BoxCondition(box, at: .either)]),
      grouping: .none, firstDay: CivilDate(text: "2018-03-25")?.dayNumber,
      lastDay: ISOWeek(text: "2018-W44").map { $0.firstDayNumber + 6 })
    let sql = """
      SELECT * FROM weekly(NULL, '-3,-2,4,3', 'either', '2018-03-25', '2018-W44')
      WHERE source = 'A'
      """
    #expect(try session.rows(sql) == rows(boxed))
  }

  /// A lake without routes has all trips of a region in its row without one.
  @Test func weeklyByRouteAddsUpToWeekly() throws {
    let lake = try SQLLake(seed: 33, count: 400, zone: "UTC0")
    let session = try lake.session()
    let numbers = "trips, weeks, active_weeks, average"
    let routes = try session.rows(
      "SELECT name, \(numbers) FROM weekly_by_route WHERE route IS NULL AND origin_x IS NULL")
    #expect(try routes == session.rows("SELECT name, \(numbers) FROM weekly"))
    let one = try session.rows("SELECT name FROM weekly_by_route('Turin')")
    #expect(one == [[.text(Array("Turin".utf8))]])
  }

  @Test func groupsAreThoseOfTheEngine() throws {
    let lake = try SQLLake(seed: 31, count: 800, zone: "UTC0")
    let session = try lake.session()
    var query = GroupedCount.similarTrips(TripFilter(regions: ["Prague"]))
    query.grid = try #require(CellGrid(size: 5))
    query.slotMinutes = 720
    let wanted = try query.answer(from: lake.reader).rows.map { Int64($0.count) }
    let found = try session.rows(
      "SELECT trips FROM groups('5', 720) WHERE region = 'Prague'")
    #expect(found == wanted.map { [.integer($0)] })
    let sum = try session.rows("SELECT sum(trips) FROM groups('geohash:2', 60, NULL, NULL, 1)")
    #expect(sum == [[.integer(800)]])
    let top = try session.rows("SELECT count(*), min(trips) >= 2 FROM groups('5', 720, 4, 2)")
    #expect(top == [[.integer(4), .integer(1)]])
  }

  @Test(arguments: [
    "weekly(NULL, '1,2')", "weekly(NULL, '0,0,1,1', 'middle')", "weekly(1)", "groups('x')",
    "groups('1', 7)", "groups('1', 60, 0)", "weekly(NULL, NULL, NULL, '2018-W54')",
    "weekly(NULL, NULL, NULL, NULL, NULL, NULL, 'Nowhere')",
  ])
  func wrongArgumentsAreNamed(call: String) throws {
    let session = try SQLLake(seed: 32, count: 50, zone: "UTC0").session()
    let error = try #require(throws: SQLError.self) { try session.rows("SELECT * FROM \(call)") }
    #expect(error.message.contains("the argument"), "\(error.message)")
  }

  @Test func anUnknownRegionIsTheEnginesError() throws {
    let session = try SQLLake(seed: 32, count: 50, zone: "UTC0").session()
    let error = try #require(throws: QueryError.self) {
      try session.rows("SELECT * FROM weekly('Pragu')")
    }
    #expect(error.suggestions == ["Prague"])
  }
}
