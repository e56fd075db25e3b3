import Testing
import TripModel

@Suite struct TimestampTextTests {
  @Test(arguments: [
    ("2018-05-28 09:03:40", 1_527_498_220_000_000), ("1970-01-01 00:00:00", 0),
    ("1969-12-31 23:59:59.999999", -1), ("2018-05-28 09:03:40.5", 1_527_498_220_500_000),
    ("2018-05-28 09:03:40.000001", 1_527_498_220_000_001),
    ("0001-01-01 00:00:00", -62_135_596_800_000_000),
    ("9999-12-31 23:59:59.999999", 253_402_300_799_999_999),
  ])
  func comesBack(text: String, microseconds: Int64) throws {
    let parsed = try #require(TimestampText.parse(text))
    #expect(parsed.instant(in: .utc).microseconds == microseconds)
    #expect(TimestampText.local(microseconds: microseconds, zone: .utc) == text)
  }

  @Test(arguments: [
    ("2018-05-28T09:03:40Z", 1_527_498_220), ("2018-05-28 09:03:40 UTC", 1_527_498_220),
    ("2018-05-28T09:03:40+02:00", 1_527_491_020), ("2018-05-28 09:03:40-05:30", 1_527_518_020),
    ("2018-05-28T09:03:40.000000Z", 1_527_498_220),
  ])
  func offsetsInTheTextWin(text: String, seconds: Int64) throws {
    let parsed = try #require(TimestampText.parse(text))
    let zone = TimeZoneRules(fixedOffsetSeconds: 3600)
    #expect(parsed.instant(in: zone).microseconds == seconds * 1_000_000)
  }

  @Test(arguments: [
    "2018-05-28", "2018-05-28 24:00:00", "2018-05-28 23:60:00", "2018-05-28 23:59:60",
    "2018-02-29 00:00:00", "0000-01-01 00:00:00", "10000-01-01 00:00:00",
    "2018-05-28 09:03:40.", "2018-05-28 09:03:40.1234567", "2018-05-28 09:03:40z",
    "2018-05-28 09:03:40 utc", "2018-05-28 09:03:40+2:00", "2018-05-28 09:03:40+24:00",
    "2018-05-28 09:03:40+02:60", "2018-05-28_09:03:40", "2018-05-28  9:03:40",
    "2018-05-28 09:03:40 ", " 2018-05-28 09:03:40", "2018-05-28 09:03", "",
  ])
  func refusedText(text: String) {
    #expect(TimestampText.parse(text) == nil)
  }

  @Test func clockChangesAreTold() throws {
    let oracle = try #require(TimeZoneOracle.all.first { $0.name == "Europe/Prague" })
    let zone = try oracle.rules()
    let gap = try #require(TimestampText.parse("2018-03-25 02:30:00")).instant(in: zone)
    #expect(gap.resolution == .gap)
    #expect(
      TimestampText.local(microseconds: gap.microseconds, zone: zone) == "2018-03-25 03:30:00")
    let overlap = try #require(TimestampText.parse("2018-10-28 02:30:00")).instant(in: zone)
    #expect(overlap.resolution == .overlap)
    let text = TimestampText.rfc3339(microseconds: overlap.microseconds, zone: zone)
    #expect(text == "2018-10-28T02:30:00+02:00")
  }

  @Test func rfc3339() {
    #expect(TimestampText.rfc3339(microseconds: -500_000) == "1969-12-31T23:59:59.5Z")
    let india = TimeZoneRules(fixedOffsetSeconds: 19_800)
    #expect(TimestampText.rfc3339(microseconds: 0, zone: india) == "1970-01-01T05:30:00+05:30")
    let west = TimeZoneRules(fixedOffsetSeconds: -12_600)
    #expect(TimestampText.rfc3339(microseconds: 0, zone: west) == "1969-12-31T20:30:00-03:30")
    // The local mean time of Prague has seconds, which RFC 3339 cannot write.
    let mean = TimeZoneRules(fixedOffsetSeconds: 3464)
    #expect(TimestampText.rfc3339(microseconds: 0, zone: mean) == "1970-01-01T00:00:00Z")
  }

  @Test(arguments: [Int64.min, Int64.max])
  func theWidestInstantsAreWritten(microseconds: Int64) {
    let text = TimestampText.rfc3339(microseconds: microseconds)
    #expect(["-290308-12-21T19:59:05.224192Z", "294247-01-10T04:00:54.775807Z"].contains(text))
  }

  @Test func everyFractionIsShortestAndComesBack() throws {
    for fraction in Int64(0)..<1_000_000 where fraction < 2000 || fraction % 997 == 0 {
      let text = TimestampText.local(microseconds: fraction, zone: .utc)
      #expect(text.hasSuffix("0") == (fraction == 0))
      #expect(TimestampText.parse(text)?.instant(in: .utc).microseconds == fraction)
    }
  }
}
