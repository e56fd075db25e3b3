import LakeBytes
import LakeExport
import LakeQuery
import Testing
import TripModel

@Suite struct SummaryExportTests {
  let folder: ExportFolder

  init() throws {
    folder = try ExportFolder()
  }

  @Test func viewsAnswerTheirQuestions() throws {
    _ = try SampleTables.threeRegions.export().write(to: folder.target)
    let latest = try rows(
      "SELECT * FROM latest_source_of_two_commonest_regions", in: folder.target)
    #expect(
      latest == [
        [
          .text("pt_search_app"), .text("Turin"), .text("1970-01-31 00:00:00.000001"),
          .integer(30 * SampleTables.day + 1),
        ]
      ])
    let regions = try rows("SELECT region, trips FROM regions_of_cheap_mobile", in: folder.target)
    #expect(regions == [[.text("Turin"), .integer(5)], [.text("Prague"), .integer(4)]])
  }

  @Test func latestSourceTakesTheSmallerNameOnATie() throws {
    var sample = SampleTables()
    for source: ByteString in ["b", "a", "c"] { sample.add("Turin", source, 5) }
    sample.add("Prague", "d", 4)
    sample.add("Aachen", "latest", 9)
    sample.add("Prague", "d", 3)
    sample.add("Aachen", "latest", 1)
    // Aachen and Prague have two trips each; the smaller name is the second commonest.
    sample.add("Turin", "a", 9)
    _ = try sample.export().write(to: folder.target)
    let latest = try rows(
      "SELECT source, region FROM latest_source_of_two_commonest_regions", in: folder.target)
    #expect(latest == [[.text("a"), .text("Turin")]])
  }

  @Test func averagesCountWeeksWithoutTrips() throws {
    _ = try SampleTables.threeRegions.export().write(to: folder.target)
    let averages = try rows(
      """
      SELECT report, name, region, area, trips, weeks, active_weeks, average, active_average
      FROM weekly_average ORDER BY report, name
      """, in: folder.target)
    // The area has the lake's weeks, 1970-W01 (of days 0 to 3) to 1970-W07 (of day 40).
    // Turin: days 0 to 4 of 1970 (Thursday to Monday, two weeks) and day 30, in the fifth week.
    #expect(
      averages == [
        [
          .text("area"), .text("Prague centre"), .null, .text("Prague centre"), .integer(0),
          .integer(7), .integer(0), .real(0), .null,
        ],
        [
          .text("region"), .text("Hamburg"), .text("Hamburg"), .null, .integer(1), .integer(1),
          .integer(1), .real(1), .real(1),
        ],
        [
          .text("region"), .text("Prague"), .text("Prague"), .null, .integer(4), .integer(1),
          .integer(1), .real(4), .real(4),
        ],
        [
          .text("region"), .text("Turin"), .text("Turin"), .null, .integer(6), .integer(5),
          .integer(3), .real(1.2), .real(2),
        ],
      ])
  }

  @Test func timesHaveTwins() throws {
    var sample = SampleTables()
    // 2018-12-31 23:59:59.5 UTC, a Monday of ISO week 2019-W01.
    sample.add("Prague", "app", 1_546_300_799_500_000)
    _ = try sample.export(zone: TimeZoneRules(fixedOffsetSeconds: 3600)).write(to: folder.target)
    let regions = try rows("SELECT first, first_epoch_us FROM regions", in: folder.target)
    #expect(regions == [[.text("2019-01-01 00:59:59.5"), .integer(1_546_300_799_500_000)]])
    let weeks = try rows(
      """
      SELECT week, iso_year, iso_week, week_start, week_start_epoch_us,
        date(week_start_epoch_us / 1000000, 'unixepoch') = week_start
      FROM weekly_trips
      """, in: folder.target)
    #expect(
      weeks == [
        [
          .text("2019-W01"), .integer(2019), .integer(1), .text("2018-12-31"),
          .integer(17_896 * SampleTables.day), .integer(1),
        ]
      ])
  }

  @Test func metaSaysWhereTheRowsComeFrom() throws {
    let receipt = try SampleTables.threeRegions.export(
      at: 1_500_000, filter: "region = Turin", areasAt: .either
    )
    .write(to: folder.target)
    let meta = try rows("SELECT * FROM _triplake_meta", in: folder.target)
    let digest = try #require(meta.first?.dropFirst(12).first.flatMap(text))
    #expect(Digest128(hexadecimal: Array(digest.utf8)) != nil)
    #expect(
      meta == [
        [
          .integer(7), .text("00000000000000010000000000000002"),
          .text("1970-01-01T00:00:01.5Z"), .integer(1_500_000), .text("00ff"), .text("UTC"),
          .text("region = Turin"), .text("either"), .integer(1), .null, .null, .null,
          .text(digest), .text("9.8.7"), .integer(2),
        ]
      ])
    #expect(receipt.snapshot == 7)
    #expect(receipt.byteCount == (try folder.read("trips.db")).count)
  }

  private func text(_ value: SQLValue) -> String? {
    if case .text(let bytes) = value { String(decoding: bytes, as: UTF8.self) } else { nil }
  }

  @Test func anEmptyLakeHasEmptyTables() throws {
    var sample = SampleTables()
    sample.areas = SampleTables.threeRegions.areas
    _ = try sample.export().write(to: folder.target)
    let averages = try rows(
      "SELECT name, trips, weeks, average, active_average FROM weekly_average", in: folder.target)
    #expect(averages == [[.text("Prague centre"), .integer(0), .integer(0), .null, .null]])
    #expect(try rows("SELECT * FROM regions", in: folder.target).isEmpty)
    #expect(
      try rows("SELECT * FROM latest_source_of_two_commonest_regions", in: folder.target).isEmpty)
  }

  @Test func theSameSnapshotGivesTheSameBytes() throws {
    _ = try SampleTables.threeRegions.export(at: 1).write(to: folder.target)
    let first = try folder.read("trips.db")
    _ = try SampleTables.threeRegions.export(at: 2).write(to: folder.target)
    #expect(try folder.read("trips.db") != first)
    _ = try SampleTables.threeRegions.export(at: 1).write(to: folder.target)
    #expect(try folder.read("trips.db") == first)
    #expect(try rows("SELECT * FROM source_regions", in: folder.target).count == 4)
  }

  @Test(arguments: [
    ByteString("Robert'); DROP TABLE regions; --"), ByteString("\"double\""), ByteString("a\0b"),
    ByteString(""), ByteString("Ústí nad Labem"), ByteString("e\u{301}"), ByteString("\u{e9}"),
    ByteString("]]>;\n\r\t"), ByteString("?1"), ByteString(":name"),
  ])
  func namesComeBackByteForByte(name: ByteString) throws {
    var sample = SampleTables()
    sample.add(name, name, 0)
    sample.add("other", "other", 0)
    if let box = SampleTables.threeRegions.areas.first?.box {
      sample.areas = [.init(name: name, box: box)]
    }
    _ = try sample.export().write(to: folder.target)
    let hostile: [SQLValue] = [.text(name.bytes)]
    #expect(try rows("SELECT region FROM regions", in: folder.target).contains(hostile))
    #expect(try rows("SELECT source FROM sources", in: folder.target).contains(hostile))
    #expect(try rows("SELECT area FROM areas", in: folder.target) == [hostile])
    #expect(try rows("SELECT count(*) FROM regions", in: folder.target) == [[.integer(2)]])
    #expect(try rows("PRAGMA integrity_check", in: folder.target) == [[.text("ok")]])
  }

  @Test func bytesDecideWhetherNamesAreEqual() throws {
    var sample = SampleTables()
    // The same letter composed and decomposed, and names that differ after a zero byte alone.
    for name: ByteString in ["e\u{301}", "\u{e9}", "a\0b", "a\0c", "a", "A"] {
      sample.add(name, "app", 0)
    }
    _ = try sample.export().write(to: folder.target)
    #expect(try rows("SELECT count(*) FROM regions", in: folder.target) == [[.integer(6)]])
  }
}
