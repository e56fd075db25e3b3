import Testing

@testable import TripModel

@Suite struct TimeZoneFileTests {
  @Test func theShippedUTCFile() throws {
    let zone = try TimeZoneRules(tzif: TimeZoneRules.utcFile)
    #expect(zone == .utc)
    #expect(zone.fixedOffsetSeconds == 0)
  }

  /// Cut at every length: refused, or the whole (the last byte is the footer's end).
  @Test(arguments: TimeZoneOracle.all)
  func everyPrefixIsRefused(oracle: TimeZoneOracle) throws {
    let bytes = try oracle.bytes()
    for count in 0..<bytes.count {
      #expect(throws: TimeZoneError.self) { try TimeZoneRules(tzif: Array(bytes[..<count])) }
    }
  }

  /// Any byte may be anything: the file is refused, or read as rules that answer without a trap.
  @Test func flippedBitsNeverTrap() throws {
    let oracle = try #require(TimeZoneOracle.all.first { $0.name == "Australia/Lord_Howe" })
    let bytes = try oracle.bytes()
    var refused = 0
    for bit in 0..<bytes.count * 8 {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << (bit % 8)
      guard let zone = try? TimeZoneRules(tzif: damaged) else {
        refused += 1
        continue
      }
      for microseconds in [Int64.min, -1, 0, 1_500_000_000_000_000, Int64.max] {
        let day = zone.localDayNumber(ofMicroseconds: microseconds)
        _ = zone.instant(ofLocalDay: max(-100_000_000, min(100_000_000, day)))
      }
    }
    #expect(refused > bytes.count)
  }

  @Test func wordsOfEveryKindNeverTrap() throws {
    let oracle = try #require(TimeZoneOracle.all.first { $0.name == "America/Nuuk" })
    let bytes = try oracle.bytes()
    for offset in 0...bytes.count - 4 {
      for word in [[0, 0, 0, 0], [0x7f, 255, 255, 255], [0x80, 0, 0, 0], [255, 255, 255, 255]] {
        var damaged = bytes
        damaged.replaceSubrange(offset..<offset + 4, with: word.map { UInt8($0) })
        guard let zone = try? TimeZoneRules(tzif: damaged) else { continue }
        _ = zone.instant(ofLocalSeconds: 1_500_000_000)
        _ = zone.instant(ofLocalSeconds: 1_500_000_000_000)
      }
    }
  }

  @Test(arguments: [
    ("CET-1CEST,M3.5.0,M10.5.0/3", 1_530_000_000, 7200),
    ("CET-1CEST,M3.5.0,M10.5.0/3", 1_515_000_000, 3600),
    ("<-03>3", 0, -10800),
    // Summer time all year: the changes of neighbouring years meet.
    ("EST5EDT,0/0,J365/25", 1_577_836_800, -14400),
    ("EST5EDT,0/0,J365/25", 1_577_854_800, -14400),
    ("EST5EDT,0/0,J365/25", 1_590_000_000, -14400),
    // South of the equator.
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", 1_515_000_000, 39600),
    ("XXX-1:30:15YYY-2,J60/0,300", 1_519_862_399, 7200),
    ("XXX-1:30:15YYY-2,J60/0,300", 1_519_856_984, 5415),
    // 29 February is not counted by J: day 60 is 1 March, in a leap year too.
    ("XXX-1:30:15YYY-2,J60/0,300", 1_582_977_600, 5415),
  ])
  func rulesWithoutTransitions(rule: String, seconds: Int64, offset: Int) throws {
    let zone = try TimeZoneRules(tzif: file(rule: rule))
    #expect(zone.offsetSeconds(atSeconds: seconds) == offset)
  }

  @Test(arguments: [
    "CE-1", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-25", "CET-1CEST,M13.5.0,M10.5.0",
    "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J365",
    "CET-1CEST,J1,366", "CET-1CEST,M3.5.0/168,M10.5.0", "CET-1 ", "<CET-1", "CET-1:60",
    "CET-1CEST,M3.5.0,M10.5.0/3x", "CET--1", "CET-1CEST,,M10.5.0", "<é>-1",
  ])
  func badRulesAreRefused(rule: String) {
    #expect(throws: TimeZoneError.self) { try TimeZoneRules(tzif: file(rule: rule)) }
  }

  @Test func aRuleThatContradictsTheLastTransitionIsRefused() throws {
    let oracle = try #require(TimeZoneOracle.all.first { $0.name == "Asia/Kathmandu" })
    var bytes = try oracle.bytes()
    let footer = try #require(bytes.dropLast().lastIndex(of: UInt8(ascii: "\n")))
    bytes.replaceSubrange(footer..., with: Array("\n<+0530>-5:30\n".utf8))
    let error = #expect(throws: TimeZoneError.self) { try TimeZoneRules(tzif: bytes) }
    #expect(error?.code == .badRule)
  }

  @Test(arguments: [-25 * 3600, 26 * 3600, Int32.max, .min])
  func anOffsetOfMoreThanADayIsRefused(offset: Int32) {
    var bytes = TimeZoneRules.utcFile
    // Behind the second header, at 54, there are no transitions: the first type begins at 98.
    bytes.replaceSubrange(
      98..<102, with: (0..<4).map { UInt8(truncatingIfNeeded: offset >> (24 - $0 * 8)) })
    let error = #expect(throws: TimeZoneError.self) { try TimeZoneRules(tzif: bytes) }
    #expect(error?.code == .outOfRange && error?.offset == 98)
  }

  @Test(arguments: ["Europe/Prague", "Etc/GMT+5", "UTC", "America/Argentina/Buenos_Aires"])
  func zoneNames(text: String) {
    #expect(ZoneName(text)?.text == text)
  }

  @Test(arguments: ["", "..", "../etc/passwd", "/etc", "a//b", "a/", "a/../b", "a\\b", "a b", "é"])
  func refusedZoneNames(text: String) {
    #expect(ZoneName(text) == nil)
  }

  /// A file without transitions, which leaves all to its rule.
  private func file(rule: String) -> [UInt8] {
    TimeZoneRules.utcFile.dropLast(6) + Array("\n\(rule)\n".utf8)
  }
}
