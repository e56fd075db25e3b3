import LakeTestSupport
import Testing
import TripModel

@testable import LakeIngest

/// Times of known days against those that calendar and zones give one by one.
@Suite struct KnownDaysTests {
  private static let prague = "CET-1CEST,M3.5.0,M10.5.0/3"
  /// Clocks are put back over midnight, into the day before.
  private static let midnight = "AAA-1BBB,M3.5.0/0,M10.5.1/0"
  private static let newYork = "EST5EDT,M3.2.0,M11.1.0"

  private func read(_ text: String, _ days: KnownDays) -> TripTime? {
    let time = PaddedText(text).withPointers { start, end -> TripTime? in
      var time = TripTime(instant: 0, week: 0)
      return days.read(start, end: end, into: &time) ? time : nil
    }
    return time ?? nil
  }

  private func learn(_ text: String, _ days: KnownDays) {
    _ = PaddedText(text).withPointers { start, end in days.learn(start, end: end) }
  }

  private func expected(
    _ text: String, _ zone: TimeZoneRules, _ lakeZone: TimeZoneRules
  ) -> TripTime? {
    let clock = InputClock(zone: zone, layouts: [.iso])
    let time = PaddedText(text).withPointers { start, end -> TripTime? in
      var instant: Int64 = 0
      guard clock.parse(start, end, into: &instant) != nil else { return nil }
      return TripTime(instant: instant, week: lakeZone.week(ofMicroseconds: instant).index)
    }
    return time ?? nil
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// The days of some years, as texts.
  private func dates(_ years: ClosedRange<Int>) throws -> [String] {
    let first = try #require(CivilDate(year: years.lowerBound, month: 1, day: 1)).dayNumber
    let last = try #require(CivilDate(year: years.upperBound, month: 12, day: 31)).dayNumber
    return (first...last).map { day in
      let date = CivilDate(dayNumber: day)
      return "\(date.year)-\(two(date.month))-\(two(date.day))"
    }
  }

  @Test func nothingIsNoDay() {
    let days = KnownDays(lakeZone: .utc)
    #expect(read(String(repeating: "\0", count: 11) + "12:00:00", days) == nil)
  }

  /// Of 731 days those are not plain on which a clock changes, and those that lie in two weeks of the lake: a day a week
  /// where its zone is another.
  @Test(
    arguments: [
      ("UTC0", "UTC0", 731), (prague, prague, 727), (midnight, midnight, 727),
      (newYork, prague, 623), ("UTC0", newYork, 623),
    ])
  func everyDayIsReadAsOneByOne(_ rule: String, _ lakeRule: String, _ plainCount: Int) throws {
    let zone = try TimeZoneRules(rule: rule)
    let lakeZone = try TimeZoneRules(rule: lakeRule)
    let days = KnownDays(lakeZone: lakeZone)
    days.prepare(zone)
    var known = 0
    for date in try dates(2019...2020) {
      #expect(read("\(date) 12:00:00", days) == nil)
      learn("\(date) 12:00:00", days)
      let noon = read("\(date) 12:00:00", days)
      known += noon == nil ? 0 : 1
      for hour in 0..<24 {
        for rest in [":00:00", ":29:59", ":59:59", ":59:59.999999", ":30:00Z", ":30:00.5-11:30"] {
          let text = "\(date) \(two(hour))\(rest)"
          let time = read(text, days)
          guard noon == nil ? time == nil : time == expected(text, zone, lakeZone) else {
            Issue.record("\(text): \(String(describing: time))")
            return
          }
        }
      }
    }
    #expect(known == plainCount)
  }

  @Test(arguments: [
    "2018-05-28 24:00:00", "2018-05-28 09:60:00", "2018-05-28 09:03:60", "2018-05-28 9:03:40x",
    "2018-05-28 09:03:4", "2018-05-28 09;03:40", "2018-05-28 09:03:4:", "2018-05-28 0/:03:40",
    "2018-05-28 09:03:40.", "2018-05-28 09:03:40 CET", "2018-05-28T09:03:40", " 018-05-28 09:03:40",
    "2018-05-28 09:03:4\u{c0}", "2018-05-28\t09:03:40", "2018-05-29 09:03:40", "",
  ])
  func otherTextsOfTheDayAreLeft(_ text: String) {
    let days = KnownDays(lakeZone: .utc)
    learn("2018-05-28 00:00:00", days)
    #expect(read("2018-05-28 09:03:40", days)?.instant == 1_527_498_220_000_000)
    #expect(read(text, days) == nil)
  }

  @Test func anotherClockHasOtherDays() throws {
    let days = KnownDays(lakeZone: .utc)
    learn("2018-05-29 00:00:00", days)
    days.prepare(try TimeZoneRules(rule: Self.prague))
    #expect(read("2018-05-29 09:03:40", days) == nil)
    learn("2018-05-29 00:00:00", days)
    #expect(read("2018-05-29 09:03:40", days)?.instant == 1_527_577_420_000_000)
  }

  @Test func theEndsOfTimeAreNotPlain() {
    let days = KnownDays(lakeZone: .utc)
    days.prepare(TimeZoneRules(fixedOffsetSeconds: 3600))
    for date in ["0001-01-01", "9999-12-31"] {
      learn("\(date) 12:00:00", days)
    }
    #expect(read("0001-01-01 12:00:00", days) == nil)
    #expect(read("9999-12-31 12:00:00", days) != nil)
    #expect(read("9999-12-31 23:59:59-12:00", days) == nil)
  }
}
