import Testing
import TripModel

@Suite struct CivilDateTests {
  @Test func everyDayComesBack() throws {
    let first = try #require(CivilDate(year: 1, month: 1, day: 1))
    let last = try #require(CivilDate(year: 9999, month: 12, day: 31))
    var previous = first
    for day in first.dayNumber...last.dayNumber {
      let date = CivilDate(dayNumber: day)
      guard date.dayNumber == day, date == first || follows(previous, date) else {
        Issue.record("day \(day) is \(date.text), after \(previous.text)")
        return
      }
      previous = date
    }
    #expect(previous == last)
  }

  @Test(arguments: [
    "2019-02-29", "1900-02-29", "2018-13-01", "2018-00-01", "2018-04-31", "2018-01-00",
    "0000-01-01", "2018-1-01", "18-01-01", "2018/01/01", "2018-01-01 ", "", "2018-01-0x",
    "-018-01-01", "+2018-01-01",
  ])
  func refusedText(text: String) {
    #expect(CivilDate(text: text) == nil)
  }

  @Test func leapDays() {
    #expect(CivilDate(text: "2000-02-29")?.dayNumber == 11_016)
    #expect(CivilDate(text: "2016-02-29") != nil)
    #expect(CivilDate(dayNumber: 0).text == "1970-01-01")
    #expect(CivilDate(dayNumber: -1).text == "1969-12-31")
  }

  @Test func yearsOutsideFourDigitsAreWritten() {
    #expect(CivilDate(dayNumber: -719_529).text == "-0001-12-31")
    #expect(CivilDate(dayNumber: 2_932_897).text == "10000-01-01")
  }

  /// Whether `next` is the day after `date`, by the rules of the calendar alone.
  private func follows(_ date: CivilDate, _ next: CivilDate) -> Bool {
    let isLastOfMonth = date.day == CivilDate.dayCount(ofMonth: date.month, year: date.year)
    let month = isLastOfMonth ? date.month % 12 + 1 : date.month
    let year = isLastOfMonth && date.month == 12 ? date.year + 1 : date.year
    return next.day == (isLastOfMonth ? 1 : date.day + 1) && next.month == month
      && next.year == year
  }
}
