import LakeTestSupport
import Testing
import TripModel

@testable import LakeQuery

@Suite("Summary tables and status")
struct SummaryTablesTests {
  /// More sources than a manifest counts for a file, so that the rows must be read.
  private func trips(sourceCount: Int) -> [TestTrip] {
    var generator = TripGenerator(seed: 11)
    return generator.trips(1500).enumerated().map { index, trip in
      var trip = trip
      trip.source = ByteString("source \(index % sourceCount)")
      return trip
    }
  }

  @Test(arguments: [3, 70])
  func tablesEqualLoopsOverRows(sourceCount: Int) throws {
    let trips = trips(sourceCount: sourceCount)
    let lake = try TestLake()
    try lake.add(trips, filesPerPartition: 2)
    let reader = try LakeReader(lake.lake)
    let naive = NaiveAnswers(trips: trips)
    let tables = try SummaryTables(reader, SummaryRequest())

    let regions = Dictionary(grouping: trips, by: \.region).sorted { $0.key < $1.key }
    #expect(tables.regions.map(\.name) == regions.map(\.key))
    #expect(tables.regions.map(\.tally) == regions.map { tally($0.value) })
    #expect(tables.regions.map(\.firstWeek) == regions.map { $0.value.map(naive.week).min() })
    #expect(tables.regions.map(\.lastWeek) == regions.map { $0.value.map(naive.week).max() })

    let sources = Dictionary(grouping: trips, by: \.source).sorted { $0.key < $1.key }
    #expect(tables.sources.map(\.name) == sources.map(\.key))
    #expect(tables.sources.map(\.tally) == sources.map { tally($0.value) })

    let weekly = naive.groups(.all, by: [.region, .week, .source])
    #expect(
      tables.weeklyTrips.map { [.name($0.region), .week($0.week), .name($0.source)] }
        == weekly.map(\.group))
    #expect(tables.weeklyTrips.map(\.trips) == weekly.map(\.count))

    let pairs = naive.groups(.all, by: [.source, .region])
    #expect(
      tables.sourceRegions.map { [.name($0.source), .name($0.region)] } == pairs.map(\.group))
    for row in tables.sourceRegions {
      let own = trips.filter { $0.source == row.source && $0.region == row.region }
      #expect(row.tally == tally(own))
    }
    #expect(tables.regionAverages == (try WeeklyAverage().answer(from: reader).rows))
  }

  @Test func filesOfManySourcesAreReadAndOthersAreNot() throws {
    let few = try TestLake()
    try few.addUnreadable(trips(sourceCount: 64))
    #expect(try SummaryTables(LakeReader(few.lake), SummaryRequest()).sources.count == 64)
    let filter = TripFilter(sources: ["source 7"])
    let counted = try GroupedCount(filter: filter, groupedBy: [.source, .region])
      .answer(from: LakeReader(few.lake))
    #expect(counted.explain.filesOpened == 0)
    #expect(counted.rows.reduce(0) { $0 + $1.count } == (1500 + 63 - 7) / 64)
    let many = try TestLake()
    try many.addUnreadable(
      (0..<65).map { number in
        TestTrip(
          region: "Prague", origin: .init(14, 50), destination: nil, time: 0,
          source: ByteString("source \(number)"))
      })
    #expect(throws: (any Error).self) { try SummaryTables(LakeReader(many.lake), SummaryRequest()) }
  }

  private func tally(_ trips: [TestTrip]) -> SummaryTables.Tally {
    SummaryTables.Tally(
      trips: trips.count, firstTime: trips.map(\.time).min() ?? 0,
      lastTime: trips.map(\.time).max() ?? 0)
  }

  @Test func statusCountsPartitionsOnce() throws {
    let trips = trips(sourceCount: 3)
    let lake = try TestLake()
    try lake.add(trips, filesPerPartition: 2)
    try lake.add(Array(trips.prefix(10)))
    let reader = try LakeReader(lake.lake)
    let naive = NaiveAnswers(trips: trips)
    let summary = LakeSummary(reader)
    #expect(summary.rowCount == 1510)
    #expect(summary.partitionCount == naive.groups(.all, by: [.region, .week]).count)
    #expect(summary.fileCount > summary.partitionCount)
    #expect(summary.firstTime == trips.map(\.time).min())
    #expect(summary.lastTime == trips.map(\.time).max())
    #expect(summary.snapshot == 2)
  }
}
