import Testing
import TripModel

@testable import LakeIngest

@Suite struct TimestampKernelsTests {
  private func parse(_ text: String) -> TimestampReading? {
    let parsed = PaddedText(text).withPointers { start, end -> TimestampReading? in
      var result = TimestampReading(microseconds: 0, offsetSeconds: nil)
      return TimestampKernels.parse(start, end: end, into: &result) ? result : nil
    }
    return parsed ?? nil
  }

  @Test(
    arguments: [
      ("1970-01-01 00:00:00", 0, nil),
      ("1970-01-01T00:00:01", 1_000_000, nil),
      ("2018-05-28 09:03:40", 1_527_498_220_000_000, nil),
      ("2018-05-28 09:03:40.5", 1_527_498_220_500_000, nil),
      ("2018-05-28 09:03:40.123456", 1_527_498_220_123_456, nil),
      ("2018-05-28 09:03:40.123456789", 1_527_498_220_123_456, nil),
      ("2018-05-28T09:03:40Z", 1_527_498_220_000_000, 0),
      ("2018-05-28 09:03:40 UTC", 1_527_498_220_000_000, 0),
      ("2018-05-28T09:03:40+02:00", 1_527_498_220_000_000, 7200),
      ("2018-05-28T09:03:40.25-0330", 1_527_498_220_250_000, -12_600),
      ("2018-05-28T09:03:40+05", 1_527_498_220_000_000, 18_000),
      ("1969-12-31 23:59:59.999999", -1, nil),
      ("0001-01-01 00:00:00", -62_135_596_800_000_000, nil),
      ("9999-12-31 23:59:59", 253_402_300_799_000_000, nil),
      ("2020-02-29 12:00:00", 1_582_977_600_000_000, nil),
    ] as [(String, Int64, Int32?)])
  func reads(_ text: String, _ microseconds: Int64, _ offset: Int32?) {
    let parsed = parse(text)
    #expect(parsed?.microseconds == microseconds)
    #expect(parsed?.offsetSeconds == offset)
  }

  @Test(arguments: [
    "", "2018-05-28", "2018-05-28 09:03", "2018-05-28 9:03:40", "2018-05-28 24:00:00",
    "2018-05-28 09:60:00", "2018-05-28 09:03:60", "2019-02-29 00:00:00", "2018-04-31 00:00:00",
    "2018-13-01 00:00:00", "2018-00-01 00:00:00", "2018-01-00 00:00:00", "0000-01-01 00:00:00",
    "2018-05-28 09:03:40.", "2018-05-28 09:03:40.1234567890", "2018-05-28 09:03:40 CET",
    "2018-05-28 09:03:40+24:00", "2018-05-28 09:03:40+1", "2018/05/28 09:03:40",
    "+2018-05-28 09:03:40", "10000-01-01 00:00:00", "2018-05-28_09:03:40", "2O18-05-28 09:03:40",
    "2018-05-28 09:03:40Zx", "2018-05-28 09:03:4a",
  ])
  func refuses(_ text: String) {
    #expect(parse(text) == nil)
  }

  @Test func readsEveryDayAsTheCalendarSays() throws {
    let last = try #require(CivilDate(year: 9999, month: 12, day: 31)).dayNumber
    #if DEBUG
      let step = 997
    #else
      let step = 1
    #endif
    for day in stride(from: -719_162, through: last, by: step) {
      let date = CivilDate(dayNumber: day)
      let year = String(repeating: "0", count: 4 - String(date.year).count) + String(date.year)
      let text =
        "\(year)-\(date.month < 10 ? "0" : "")\(date.month)-\(date.day < 10 ? "0" : "")\(date.day)"
      let parsed = parse(text + " 00:00:00")
      guard parsed?.microseconds == Int64(day) * 86_400_000_000 else {
        Issue.record("\(text)")
        return
      }
    }
    #expect(parse("9999-12-31 00:00:00") != nil)
  }
}
