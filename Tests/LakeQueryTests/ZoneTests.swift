import LakeTestSupport
import Testing
import TripModel

@testable import LakeQuery

/// Weeks and days are those of the lake's zone, whatever its clocks do.
@Suite("Days and weeks of the lake's zone")
struct ZoneTests {
  @Test(arguments: [
    "CET-1CEST,M3.5.0,M10.5.0/3",
    // The clocks go back at one past midnight, so a local day ends, begins, and goes on.
    "NST3:30NDT,M3.2.0/0:01,M11.1.0/0:01",
    // A day's last hour is shown twice every Sunday night of the change.
    "XST0XDT,M3.2.1/0,M11.1.1/0:30",
    "<+14>-14", "<-12>12",
  ])
  func groupsByDayAndWeekEqualLoopsOverRows(rule: String) throws {
    let zoneData = TimeZoneRules.file(rule: rule)
    let zone = try TimeZoneRules(tzif: zoneData)
    var generator = TripGenerator(seed: 31)
    // Minutes around the changes of clocks and the borders of weeks of autumn 2018.
    let changes = ["2018-10-28", "2018-11-04", "2018-11-05", "2018-03-25", "2018-12-31"]
    let days = changes.compactMap { CivilDate(text: $0)?.dayNumber }
    var trips = generator.trips(800)
    for index in trips.indices where generator.random.chance(0.7) {
      let minute = Int64(generator.random.integer(in: -1500..<1500)) * 60_000_000
      trips[index].time = Int64(generator.pick(days)) * TripGenerator.day + minute
    }
    let lake = try TestLake(zoneName: "Test/Zone", zoneData: zoneData)
    try lake.add(trips)
    let reader = try LakeReader(lake.lake)
    var naive = NaiveAnswers(trips: trips, zone: zone)
    let groupings: [[GroupedCount.Key]] = [
      [.day], [.week, .region], [.week, .day, .source], [.hour], [.weekday], [.weekday, .hour],
      [.hour, .source, .week], [.region, .hour, .day, .weekday],
      [.month], [.month, .weekday, .source], [.region, .month, .week], [.hour, .month],
    ]
    for keys in groupings {
      let answer = try GroupedCount(groupedBy: keys).answer(from: reader)
      #expect(answer.rows == naive.groups(.all, by: keys))
    }
    for minutes in [1, 15, 45, 90, 480, 1440] {
      naive.slotMinutes = minutes
      for keys in [[GroupedCount.Key.slot], [.hour, .slot], [.source, .slot, .day]] {
        var query = GroupedCount(groupedBy: keys)
        query.slotMinutes = minutes
        let answer = try query.answer(from: reader)
        #expect(answer.rows == naive.groups(.all, by: keys), "\(minutes)")
      }
    }
    for _ in 0..<60 {
      let filter = generator.filter(trips)
      let answer = try GroupedCount(filter: filter, groupedBy: [.day, .hour]).answer(from: reader)
      #expect(answer.rows == naive.groups(filter, by: [.day, .hour]), "\(filter)")
    }
  }

  @Test func aDateAskedForBeginsAtLocalMidnight() throws {
    let zoneData = TimeZoneRules.file(rule: "CET-1CEST,M3.5.0,M10.5.0/3")
    // 22:30 UTC on Tuesday is half past midnight on Wednesday, in summer.
    let tuesday = try #require(CivilDate(text: "2018-05-15")).dayNumber
    let times: [Int64] = [21 * 60 + 30, 22 * 60, 22 * 60 + 30]
    let trips = times.map { minutes in
      TestTrip(
        region: "Prague", origin: .init(14, 50), destination: nil,
        time: Int64(tuesday) * TripGenerator.day + minutes * 60_000_000, source: "a")
    }
    let lake = try TestLake(zoneName: "Europe/Prague", zoneData: zoneData)
    try lake.add(trips)
    let reader = try LakeReader(lake.lake)
    let from = try WeeklyAverage(firstDay: tuesday + 1).answer(from: reader)
    #expect(from.rows.map(\.trips) == [2])
    let until = try WeeklyAverage(lastDay: tuesday).answer(from: reader)
    #expect(until.rows.map(\.trips) == [1])
  }
}
