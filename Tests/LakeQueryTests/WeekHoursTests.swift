import LakeTestSupport
import Testing
import TripModel

@testable import LakeQuery

@Suite("Hours of the week")
struct WeekHoursTests {
  /// Skip only where no instant matches, cover only where all do; decided in both ways often.
  @Test(arguments: [
    "UTC0", "<+0545>-5:45", "CET-1CEST,M3.5.0,M10.5.0/3", "NST3:30NDT,M3.2.0,M11.1.0",
  ])
  func verdictsAreProofs(rule: String) throws {
    let zone = try TimeZoneRules(rule: rule)
    var generator = TripGenerator(seed: 41)
    let naive = NaiveAnswers(trips: [], zone: zone)
    let minute: Int64 = 60_000_000
    var seen: [PruningVerdict: Int] = [:]
    for number in 0..<600 {
      let filter = TripFilter(weekHours: generator.weekHours())
      let condition = ClockCondition(try #require(filter.weekHours), zone: zone)
      // Within days of a change of clocks (2018-10-28 and 2018-03-25), or before 1970.
      let day = generator.pick([17_832, 17_615, -40]) + generator.random.integer(in: -2..<3)
      let first = Int64(day * 1440 + generator.random.integer(in: 0..<1440)) * minute
      let length = generator.pick([0, 30, 200, 2000, 11_000])
      let minutes = (0...length).map { first + Int64($0) * minute }
      let verdict = condition.verdict(first: first, last: try #require(minutes.last))
      let matches = minutes.map { time in
        naive.matches(
          TestTrip(
            region: "a", origin: .init(0, 0), destination: nil, time: time, source: "a"), filter)
      }
      seen[verdict, default: 0] += 1
      switch verdict {
      case .skip: #expect(!matches.contains(true), "\(rule), \(number): \(filter)")
      case .cover: #expect(!matches.contains(false), "\(rule), \(number): \(filter)")
      case .scan: continue
      }
    }
    #expect(seen[.skip, default: 0] > 60 && seen[.cover, default: 0] > 60, "\(seen)")
    #expect(seen[.scan, default: 0] > 60, "\(seen)")
    let none = ClockCondition(WeekHours(hours: []), zone: zone)
    #expect(none.verdict(first: .min / 4, last: .max / 4) == .skip)
    let all = ClockCondition(WeekHours(), zone: zone)
    #expect(all.verdict(first: .min / 4, last: .max / 4) == .cover)
    #expect(all.verdict(first: 1, last: 0) == .scan)
  }

  @Test func blocksOfOtherHoursAreNotRead() throws {
    // Five blocks of 64 rows, one row a minute from Thursday 00:00.
    let trips = (0..<320).map { row in
      TestTrip(
        region: "Prague", origin: .init(14, 50), destination: nil, time: Int64(row) * 60_000_000,
        source: "a")
    }
    let lake = try TestLake()
    try lake.add(trips)
    let reader = try LakeReader(lake.lake)
    let filter = TripFilter(weekHours: WeekHours(hours: [2, 3], weekdays: [4]))
    let answer = try GroupedCount(filter: filter, groupedBy: []).answer(from: reader)
    #expect(answer.rows[0].count == 120)
    let blocks = answer.explain.blocks
    #expect(blocks == ScanExplain.Level(considered: 5, skipped: 2, covered: 1, scanned: 2))
    let friday = TripFilter(weekHours: WeekHours(weekdays: [5]))
    let explain = try GroupedCount(filter: friday, groupedBy: [.hour]).answer(from: reader).explain
    #expect(explain.filesOpened == 0 && explain.rowsMatched == 0)
  }

  @Test func constantOffsetsEqualThoseOfEveryInstant() throws {
    let zone = try TimeZoneRules(rule: "CET-1CEST,M3.5.0,M10.5.0/3")
    let hour: Int64 = 3_600_000_000
    // The change of 2018-10-28 01:00 UTC.
    let change = Int64(17_832 * 24 + 1) * hour
    #expect(zone.constantOffsetSeconds(from: change - hour, through: change - 1) == 7200)
    #expect(zone.constantOffsetSeconds(from: change, through: change + hour) == 3600)
    #expect(zone.constantOffsetSeconds(from: change - 1, through: change) == nil)
    #expect(zone.constantOffsetSeconds(from: change, through: change - hour) == nil)
    #expect(TimeZoneRules.utc.constantOffsetSeconds(from: .min, through: .max) == 0)
  }
}
