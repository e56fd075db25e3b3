import Testing

@testable import TripModel

@Suite struct TimeZoneRulesTests {
  @Test(arguments: TimeZoneOracle.all)
  func offsetsArePythons(oracle: TimeZoneOracle) throws {
    let zone = try oracle.rules()
    for entry in oracle.offsets.entries {
      #expect(zone.offsetSeconds(atSeconds: entry[0]) == Int(entry[1]), "at \(entry[0])")
    }
  }

  @Test(arguments: TimeZoneOracle.all)
  func changesArePythonsAndThereIsNoOther(oracle: TimeZoneOracle) throws {
    let zone = try oracle.rules()
    let from: Int64 = -3_786_825_600
    let until: Int64 = 2_524_608_000
    let listed = zip(zone.starts, zone.offsets).filter { $0.0 >= from && $0.0 < until }
    let expected = oracle.changes.entries
    #expect(listed.map { [$0.0, Int64($0.1)] } == expected)
    for entry in expected {
      #expect(zone.offsetSeconds(atSeconds: entry[0]) == Int(entry[1]))
      #expect(zone.offsetSeconds(atSeconds: entry[0] - 1) != Int(entry[1]))
    }
  }

  @Test(arguments: TimeZoneOracle.all)
  func localTimesArePythons(oracle: TimeZoneOracle) throws {
    let zone = try oracle.rules()
    for entry in oracle.locals.split(whereSeparator: { $0 == ";" || $0 == "\n" }) {
      let parts = entry.split(separator: " ")
      let local = try #require(Int64(parts[0]))
      let (seconds, resolution) = zone.instant(ofLocalSeconds: local)
      #expect("\(seconds) \(resolution)" == "\(parts[1]) \(parts[2])", "local \(local)")
    }
  }

  /// Every instant's local time leads back to it, or to an earlier instant that shows the same.
  @Test(arguments: TimeZoneOracle.all)
  func localTimesLeadBack(oracle: TimeZoneOracle) throws {
    let zone = try oracle.rules()
    for seconds in stride(from: Int64(-4_000_000_000), to: 30_000_000_000, by: 104_729) {
      let local = seconds + Int64(zone.offsetSeconds(atSeconds: seconds))
      let (first, resolution) = zone.instant(ofLocalSeconds: local)
      #expect(first == seconds || (first < seconds && resolution == .overlap), "at \(seconds)")
      #expect(first + Int64(zone.offsetSeconds(atSeconds: first)) == local)
    }
  }

  @Test(arguments: TimeZoneOracle.all)
  func theRulesRepeatEvery400Years(oracle: TimeZoneOracle) throws {
    let zone = try oracle.rules()
    let cycle: Int64 = 146_097 * 86_400
    for seconds in stride(from: Int64(4_200_000_000), to: 4_250_000_000, by: 3601) {
      let offset = zone.offsetSeconds(atSeconds: seconds)
      for count in 1...19 {
        #expect(zone.offsetSeconds(atSeconds: seconds + Int64(count) * cycle) == offset)
      }
    }
  }

  @Test(arguments: TimeZoneOracle.all)
  func aDayBeginsWithItsFirstInstant(oracle: TimeZoneOracle) throws {
    let zone = try oracle.rules()
    for day in stride(from: -40_000, to: 60_000, by: 1) {
      let start = zone.instant(ofLocalDay: day)
      guard zone.localDayNumber(ofMicroseconds: start) >= day,
        zone.localDayNumber(ofMicroseconds: start - 1) < day
      else {
        Issue.record("day \(day) of \(oracle.name) does not begin at \(start)")
        return
      }
    }
  }

  @Test func anOmittedDayIsEmpty() throws {
    let apia = try #require(TimeZoneOracle.all.first { $0.name == "Pacific/Apia" }).rules()
    let omitted = try #require(CivilDate(text: "2011-12-30")).dayNumber
    #expect(apia.instant(ofLocalDay: omitted) == apia.instant(ofLocalDay: omitted + 1))
    let hours = (apia.instant(ofLocalDay: omitted) - apia.instant(ofLocalDay: omitted - 1))
    #expect(hours == 24 * 3_600_000_000)
  }

  @Test func weeksAreRangesOfInstants() throws {
    let prague = try #require(TimeZoneOracle.all.first { $0.name == "Europe/Prague" }).rules()
    let week = try #require(ISOWeek(text: "2018-W12"))
    let range = prague.instantRange(ofWeek: week)
    #expect(TimestampText.rfc3339(microseconds: range.lowerBound) == "2018-03-18T23:00:00Z")
    #expect(TimestampText.rfc3339(microseconds: range.upperBound) == "2018-03-25T22:00:00Z")
    #expect(prague.week(ofMicroseconds: range.lowerBound) == week)
    #expect(prague.week(ofMicroseconds: range.lowerBound - 1) < week)
    #expect(prague.week(ofMicroseconds: range.upperBound - 1) == week)
    #expect(prague.week(ofMicroseconds: range.upperBound) > week)
  }

  @Test(arguments: [
    (Int64(0), 0), (-1, -1), (-86_400_000_000, -1), (-86_400_000_001, -2), (86_399_999_999, 0),
    (Int64.max, 106_751_991), (Int64.min, -106_751_992),
  ])
  func instantsBefore1970AreRoundedDown(microseconds: Int64, day: Int) {
    #expect(TimeZoneRules.utc.localDayNumber(ofMicroseconds: microseconds) == day)
  }

  @Test func fixedOffsets() {
    let zone = TimeZoneRules(fixedOffsetSeconds: -5400)
    #expect(zone.fixedOffsetSeconds == -5400)
    #expect(zone.localDayNumber(ofMicroseconds: 5_400_000_000) == 0)
    #expect(zone.localDayNumber(ofMicroseconds: 5_399_999_999) == -1)
    #expect(zone.instant(ofLocalDay: 0) == 5_400_000_000)
  }
}

extension TimeZoneOracle {
  func bytes() throws -> [UInt8] {
    let digits = Array(file.utf8)
    return try stride(from: 0, to: digits.count, by: 2).map { index in
      let pair = String(decoding: digits[index..<index + 2], as: UTF8.self)
      return try #require(UInt8(pair, radix: 16))
    }
  }

  func rules() throws -> TimeZoneRules { try TimeZoneRules(tzif: bytes()) }
}

extension String {
  /// Numbers separated by spaces, entries by semicolons.
  fileprivate var entries: [[Int64]] {
    split(whereSeparator: { $0 == ";" || $0 == "\n" }).map { entry in
      entry.split(separator: " ").compactMap { Int64($0) }
    }
  }
}
