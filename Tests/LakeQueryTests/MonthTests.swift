import LakeTestSupport
import Testing
import TripModel

@testable import LakeQuery

/// Months of the date by the lake's clocks.
@Suite struct MonthTests {
  private static func trip(_ date: String, region: ByteString = "R", minute: Int = 0) throws
    -> TestTrip
  {
    let day = try #require(CivilDate(text: date)).dayNumber
    return TestTrip(
      region: region, origin: .init(14, 50), destination: nil,
      time: (Int64(day) * 1440 + Int64(minute)) * 60_000_000, source: "s")
  }

  private static func month(_ year: Int, _ month: Int) -> GroupedCount.Value {
    .month(CivilMonth(index: year * 12 + month - 1))
  }

  /// Data that cannot be read shows that nothing was.
  @Test func statisticsAreEnoughWhereTheTimesOfAFileAreOfOneMonth() throws {
    let lake = try TestLake()
    // The week from 2018-05-28 ends in June; the trips of this region lie in May.
    try lake.addUnreadable([
      Self.trip("2018-05-29"), Self.trip("2018-05-31", minute: 1439), Self.trip("2018-04-04"),
    ])
    let reader = try LakeReader(lake.lake)
    var query = GroupedCount(groupedBy: [.month, .region])
    query.facts = [.lastTime]
    let answer = try query.answer(from: reader)
    #expect(
      answer.rows.map(\.group) == [
        [Self.month(2018, 4), .name("R")], [Self.month(2018, 5), .name("R")],
      ])
    #expect(answer.rows.map(\.count) == [1, 2])
    #expect(answer.rows[1].lastTime == (try Self.trip("2018-05-31", minute: 1439).time))
    #expect(answer.explain.files.covered == 2 && answer.explain.reasons.isEmpty)
  }

  @Test func aFileOfTwoMonthsIsRead() throws {
    let lake = try TestLake()
    try lake.add([
      Self.trip("2018-05-31", minute: 1439), Self.trip("2018-06-01"), Self.trip("2018-05-21"),
    ])
    let answer = try GroupedCount(groupedBy: [.month]).answer(from: try LakeReader(lake.lake))
    #expect(answer.rows.map(\.group) == [[Self.month(2018, 5)], [Self.month(2018, 6)]])
    #expect(answer.rows.map(\.count) == [2, 1])
    #expect(answer.explain.files.covered == 1 && answer.explain.files.scanned == 1)
    #expect(answer.explain.reasons.map(\.text).contains("its trips may start in two months"))
  }

  @Test func texts() {
    for (index, text) in [(2018 * 12 + 4, "2018-05"), (11, "0000-12"), (-1, "-0001-12")] {
      #expect(CivilMonth(index: index).text == text)
    }
  }
}
