import Testing
import TripModel

@Suite struct ISOWeekTests {
  @Test(arguments: ISOWeekOracle.all)
  func everyDayHasPythonsWeek(oracle: ISOWeekOracle) throws {
    let first = try #require(CivilDate(year: oracle.years.lowerBound, month: 1, day: 1))
    let last = try #require(CivilDate(year: oracle.years.upperBound, month: 12, day: 31))
    let days = first.dayNumber...last.dayNumber
    #expect(days.count == oracle.dayCount)
    var digest: UInt64 = 0xcbf2_9ce4_8422_2325
    // A week is asked for its numbers once, on the first of its days.
    var week = ISOWeek(dayNumber: first.dayNumber)
    var number = UInt64(week.year * 64 + week.week) * 8
    for day in days {
      let current = ISOWeek(dayNumber: day)
      if current != week {
        week = current
        number = UInt64(week.year * 64 + week.week) * 8
      }
      let weekday = UInt64(day - week.firstDayNumber + 1)
      digest = (digest ^ (number + weekday)) &* 0x100_0000_01b3
    }
    #expect(digest == oracle.digest)
  }

  @Test func theOracleCoversAllYears() {
    #expect(ISOWeekOracle.all.map(\.dayCount).reduce(0, +) == 3_652_059)
    #expect(ISOWeekOracle.all.first?.years.lowerBound == 1)
    #expect(ISOWeekOracle.all.last?.years.upperBound == 9999)
    for (left, right) in zip(ISOWeekOracle.all, ISOWeekOracle.all.dropFirst()) {
      #expect(left.years.upperBound + 1 == right.years.lowerBound)
    }
  }

  @Test(arguments: [
    ("2018-12-31", "2019-W01"), ("2021-01-03", "2020-W53"), ("2016-01-03", "2015-W53"),
    ("2024-12-30", "2025-W01"), ("2027-01-01", "2026-W53"), ("1970-01-01", "1970-W01"),
    ("1969-12-28", "1969-W52"), ("0001-01-01", "0001-W01"), ("9999-12-31", "9999-W52"),
  ])
  func daysAtTheYearsEdge(date: String, week: String) throws {
    let day = try #require(CivilDate(text: date))
    #expect(day.text == date)
    #expect(ISOWeek(dayNumber: day.dayNumber).text == week)
  }

  @Test func textComesBack() throws {
    for index in Int32(-102_000)...102_000 where index % 7 == 0 || abs(index) < 3000 {
      let week = ISOWeek(index: index)
      #expect(ISOWeek(text: week.text) == week)
    }
  }

  @Test(arguments: [
    "2021-W53", "2018-W00", "2018-W54", "0000-W01", "2018-w22", "2018W22", "2018-W2", "2018-W022",
    " 2018-W22", "2018-W22 ", "2018-22", "", "+018-W22", "2018-W+2", "20180-W22",
  ])
  func refusedText(text: String) {
    #expect(ISOWeek(text: text) == nil)
  }
}
