import LakeTestSupport
import Testing
import TripModel

@testable import LakeQuery

/// Weekly averages over lakes whose data files cannot be read: the manifest alone must answer.
@Suite("Weekly averages from the manifest")
struct WeeklyAverageTests {
  static let day: Int64 = 86_400_000_000

  /// A trip at noon UTC of a day.
  private func trip(
    _ region: ByteString, _ date: String, source: ByteString = "app"
  ) throws -> TestTrip {
    let dayNumber = try #require(CivilDate(text: date)).dayNumber
    return TestTrip(
      region: region, origin: .init(14, 50), destination: .init(14, 50),
      time: Int64(dayNumber) * Self.day + Self.day / 2, source: source)
  }

  private func reader(_ trips: [TestTrip]) throws -> LakeReader {
    let lake = try TestLake()
    if !trips.isEmpty { try lake.addUnreadable(trips) }
    return try LakeReader(lake.lake)
  }

  private func week(_ text: String) throws -> ISOWeek { try #require(ISOWeek(text: text)) }

  /// Prague: two trips in W18, none in W19, one in W20. Turin: three in W19. Nothing else.
  private func sample() throws -> LakeReader {
    try reader([
      trip("Prague", "2018-04-30"), trip("Prague", "2018-05-06", source: "web"),
      trip("Prague", "2018-05-16"), trip("Turin", "2018-05-09"), trip("Turin", "2018-05-10"),
      trip("Turin", "2018-05-11", source: "web"),
    ])
  }

  @Test func eachRegionCountsItsOwnWeeksAndZeroWeeksCount() throws {
    let answer = try WeeklyAverage().answer(from: sample())
    #expect(answer.rows.map(\.name) == ["Prague", "Turin"])
    let (prague, turin) = (answer.rows[0], answer.rows[1])
    #expect(prague.trips == 3 && prague.weekCount == 3 && prague.activeWeekCount == 2)
    #expect(prague.average == 1 && prague.activeAverage == 1.5)
    #expect(prague.tripsPerWeek == [2, 0, 1])
    #expect(prague.weeks == (try week("2018-W18")...week("2018-W20")))
    #expect(turin.trips == 3 && turin.weekCount == 1 && turin.average == 3)
    #expect(answer.explain.filesOpened == 0)
    #expect(answer.explain.files.covered == 3)
  }

  @Test func theRowOfEverythingCountsTheWeeksOfTheSnapshot() throws {
    let reader = try sample()
    let row = try #require(try WeeklyAverage(grouping: .none).answer(from: reader).rows.first)
    #expect(row.name == nil)
    #expect(row.trips == 6 && row.weekCount == 3 && row.activeWeekCount == 3 && row.average == 2)
    let turin = try #require(
      try WeeklyAverage(filter: TripFilter(regions: ["Turin"]), grouping: .none)
        .answer(from: reader).rows.first)
    #expect(turin.weekCount == 1)
    let two = try #require(
      try WeeklyAverage(filter: TripFilter(regions: ["Turin", "Prague"]), grouping: .none)
        .answer(from: reader).rows.first)
    #expect(two.weekCount == 3)
  }

  @Test func aFilterDoesNotChangeWhichWeeksCount() throws {
    let reader = try sample()
    let web = try WeeklyAverage(filter: TripFilter(sources: ["web"])).answer(from: reader)
    #expect(web.rows.map(\.trips) == [1, 1])
    #expect(web.rows.map(\.weekCount) == [3, 1])
    #expect(web.rows[0].tripsPerWeek == [1, 0, 0])
    #expect(web.explain.filesOpened == 0)
    let none = try WeeklyAverage(filter: TripFilter(sources: ["unheard of"])).answer(from: reader)
    #expect(none.rows.map(\.trips) == [0, 0])
    #expect(none.rows.map(\.weekCount) == [3, 1])
    #expect(none.rows.map(\.average) == [0, 0])
    #expect(none.rows.map(\.activeAverage) == [nil, nil])
  }

  @Test func weeksAskedForReplaceEitherEnd() throws {
    let reader = try sample()
    let (w17, w19, w22) = (try week("2018-W17"), try week("2018-W19"), try week("2018-W22"))
    let both = try WeeklyAverage(firstDay: w17.firstDayNumber, lastDay: w22.lastDayNumber)
      .answer(from: reader)
    #expect(both.rows.map(\.weekCount) == [6, 6])
    #expect(both.rows[0].tripsPerWeek == [0, 2, 0, 1, 0, 0])
    let from = try WeeklyAverage(firstDay: w19.firstDayNumber).answer(from: reader)
    #expect(from.rows.map(\.tripsPerWeek) == [[0, 1], [3]])
    let to = try WeeklyAverage(lastDay: w19.lastDayNumber).answer(from: reader)
    #expect(to.rows.map(\.tripsPerWeek) == [[2, 0], [3]])
    let late = try WeeklyAverage(firstDay: w22.firstDayNumber).answer(from: reader)
    #expect(late.rows.map(\.weekCount) == [0, 0])
    #expect(late.rows.map(\.average) == [nil, nil])
    for answer in [both, from, to, late] { #expect(answer.explain.filesOpened == 0) }
  }

  @Test func aDateInsideAWeekCutsTripsAndTheWeekStillCountsAsOne() throws {
    // The times of the statistics decide these dates, so the manifest still suffices.
    let reader = try sample()
    let sunday = try #require(CivilDate(text: "2018-05-06")).dayNumber
    let from = try WeeklyAverage(filter: TripFilter(regions: ["Turin"]), firstDay: sunday)
      .answer(from: reader)
    #expect(from.rows[0].weekCount == 2 && from.rows[0].trips == 3)
    #expect(from.rows[0].isFirstWeekPartial)
    let wednesday = try #require(CivilDate(text: "2018-05-16")).dayNumber
    let prague = TripFilter(regions: ["Prague"])
    let before = try WeeklyAverage(filter: prague, lastDay: wednesday - 1).answer(from: reader)
    #expect(before.rows[0].tripsPerWeek == [2, 0, 0])
    #expect(before.rows[0].isLastWeekPartial)
    let until = try WeeklyAverage(filter: prague, lastDay: wednesday).answer(from: reader)
    #expect(until.rows[0].tripsPerWeek == [2, 0, 1])
  }

  @Test func partialWeeksAreFlagged() throws {
    let reader = try sample()
    let rows = try WeeklyAverage().answer(from: reader).rows
    // Prague begins on a Monday and ends on a Wednesday, Turin from Wednesday to Friday.
    #expect(rows.map(\.isFirstWeekPartial) == [false, true])
    #expect(rows.map(\.isLastWeekPartial) == [true, true])
    let wide = try WeeklyAverage(
      firstDay: week("2018-W17").firstDayNumber, lastDay: week("2018-W22").lastDayNumber
    ).answer(from: reader).rows
    #expect(wide.map(\.isFirstWeekPartial) == [false, false])
    #expect(wide.map(\.isLastWeekPartial) == [false, false])
    let same = try WeeklyAverage(firstDay: week("2018-W18").firstDayNumber).answer(from: reader)
    #expect(same.rows.map(\.isFirstWeekPartial) == [false, false])
  }

  @Test func weeksAreCountedAcrossTheEndsOfYears() throws {
    let reader = try reader([
      trip("Prague", "2018-12-30"), trip("Prague", "2018-12-31"), trip("Prague", "2021-01-03"),
      trip("Prague", "2021-01-04"),
    ])
    let row = try #require(try WeeklyAverage().answer(from: reader).rows.first)
    #expect(row.weeks == (try week("2018-W52")...week("2021-W01")))
    // 52 weeks of 2019, 53 of 2020, and one at each end.
    #expect(row.weekCount == 107)
    #expect(row.activeWeeks.map(\.week.text) == ["2018-W52", "2019-W01", "2020-W53", "2021-W01"])
    #expect(row.tripsPerWeek.reduce(0, +) == 4)
  }

  @Test func namedRegionsInByteOrderOnceEach() throws {
    let reader = try sample()
    let rows = try WeeklyAverage(filter: TripFilter(regions: ["Turin", "Prague", "Turin"]))
      .answer(from: reader).rows
    #expect(rows.map(\.name) == ["Prague", "Turin"])
    #expect(try WeeklyAverage(filter: TripFilter(regions: [])).answer(from: reader).rows.isEmpty)
  }

  @Test func unknownRegionsAndEmptyRangesAreErrors() throws {
    let reader = try sample()
    for grouping in [WeeklyAverage.Grouping.region, .none] {
      #expect {
        try WeeklyAverage(filter: TripFilter(regions: ["Pargue"]), grouping: grouping)
          .answer(from: reader)
      } throws: { error in
        let error = error as? QueryError
        return error?.code == .unknownRegion && error?.suggestions == ["Prague"]
      }
    }
    #expect {
      try WeeklyAverage(firstDay: 1, lastDay: 0).answer(from: reader)
    } throws: {
      ($0 as? QueryError)?.code == .emptyWeekRange
    }
  }

  @Test func anEmptyLakeHasNoRegionsAndOneRowOfNothing() throws {
    let reader = try reader([])
    #expect(try WeeklyAverage().answer(from: reader).rows.isEmpty)
    let row = try #require(try WeeklyAverage(grouping: .none).answer(from: reader).rows.first)
    #expect(row.trips == 0 && row.weekCount == 0 && row.average == nil)
    let asked = try WeeklyAverage(grouping: .none, firstDay: 0, lastDay: 20).answer(from: reader)
    #expect(asked.rows[0].weekCount == 4 && asked.rows[0].average == 0)
    let summary = LakeSummary(reader)
    #expect(summary.rowCount == 0 && summary.firstTime == nil && summary.regions.isEmpty)
  }

  @Test func boxesThatTheExtentsDecideNeedNoFile() throws {
    let reader = try sample()
    let around = try #require(BoundingBox(west: 14, south: 50, east: 14, north: 50))
    let beside = try #require(BoundingBox(west: 15, south: 50, east: 16, north: 50))
    let areas = [Area(name: "in", box: around), Area(name: "out", box: beside)]
    for place in BoxPlace.allCases {
      let answer = try WeeklyAverage(grouping: .area(areas, at: place)).answer(from: reader)
      #expect(answer.rows.map(\.trips) == [6, 0])
      #expect(answer.rows.map(\.weekCount) == [3, 3])
      #expect(answer.explain.filesOpened == 0)
    }
  }

  @Test func aFileThatIsNeededAndUnreadableIsAnError() throws {
    let reader = try reader([trip("Prague", "2018-04-30"), trip("Prague", "2018-05-06")])
    let noon = try trip("Prague", "2018-05-06").time
    let filter = TripFilter(time: TimeRange(start: noon, end: nil))
    #expect(throws: (any Error).self) { try WeeklyAverage(filter: filter).answer(from: reader) }
    #expect(throws: (any Error).self) {
      try GroupedCount(groupedBy: [.day]).answer(from: reader)
    }
    #expect(throws: (any Error).self) { try RowScan().run(on: reader) { _ in } }
  }
}
