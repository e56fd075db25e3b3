import LakeColumns
import LakeStore
import LakeTestSupport
import Testing
import TripModel

@testable import LakeQuery

/// Every answer equals a loop over the rows, whatever was pruned, and however rows lie in blocks and files.
@Suite("Scans equal loops over rows")
struct ScanLawTests {
  /// One seed's trips in a lake, and the answers by definition.
  struct Sample {
    let reader: LakeReader
    let naive: NaiveAnswers
    var generator: TripGenerator
    let lake: TestLake

    init(seed: UInt64, count: Int, blockRowCount: Int = 64, filesPerPartition: Int = 1) throws {
      generator = TripGenerator(seed: seed)
      var naive = NaiveAnswers(trips: generator.trips(count))
      naive.grid = CellGrid(size: 0.5) ?? .usual
      self.naive = naive
      lake = try TestLake()
      try lake.add(
        naive.trips, blockRowCount: blockRowCount, filesPerPartition: filesPerPartition)
      reader = try LakeReader(lake.lake)
    }
  }

  @Test(arguments: [
    (seed: 1, count: 1, filters: 50), (seed: 2, count: 40, filters: 200),
    (seed: 3, count: 1500, filters: 800), (seed: 4, count: 5000, filters: 300),
  ])
  func countsOfRandomFilters(seed: UInt64, count: Int, filters: Int) throws {
    var sample = try Sample(seed: seed, count: count, filesPerPartition: Int(seed % 3) + 1)
    var hitCount = 0
    for number in 0..<filters {
      let filter = sample.generator.filter(sample.naive.trips)
      let expected = sample.naive.matching(filter).count
      let answer = try GroupedCount(filter: filter, groupedBy: []).answer(from: sample.reader)
      #expect(answer.rows[0].count == expected, "seed \(seed), filter \(number): \(filter)")
      #expect(answer.explain.rowsMatched == expected)
      let files = answer.explain.files
      #expect(files.considered == sample.reader.manifest.fileCount)
      #expect(files.considered == files.skipped + files.covered + files.scanned)
      #expect(files.scanned == answer.explain.filesOpened)
      hitCount += expected > 0 ? 1 : 0
    }
    #expect(count == 1 || hitCount > filters / 5, "the filters match too little to test anything")
  }

  @Test(arguments: [5, 6])
  func groupsOfRandomFilters(seed: UInt64) throws {
    var sample = try Sample(seed: seed, count: 2500)
    for number in 0..<150 {
      let filter = sample.generator.filter(sample.naive.trips)
      let keys = GroupedCount.Key.allCases.shuffled(using: &sample.generator.random)
        .prefix(sample.generator.random.integer(in: 0..<5))
      var query = GroupedCount(filter: filter, groupedBy: Array(keys))
      query.grid = sample.naive.grid
      let answer = try query.answer(from: sample.reader)
      #expect(
        answer.rows == sample.naive.groups(filter, by: Array(keys)),
        "seed \(seed), filter \(number): \(filter) by \(keys)")
    }
  }

  @Test(arguments: [21, 22])
  func factsOfRandomGroups(seed: UInt64) throws {
    var sample = try Sample(seed: seed, count: 2500, filesPerPartition: 2)
    var (tieCount, unopenedCount) = (0, 0)
    for number in 0..<120 {
      let filter = sample.generator.filter(sample.naive.trips)
      let keys = GroupedCount.Key.allCases.filter { !$0.isCell }
        .shuffled(using: &sample.generator.random)
        .prefix(sample.generator.random.integer(in: 0..<3))
      var query = GroupedCount(filter: filter, groupedBy: Array(keys))
      query.facts = GroupedCount.Fact.allCases
      let expected = sample.naive.facts(filter, by: Array(keys))
      let answer = try query.answer(from: sample.reader)
      #expect(answer.rows == expected, "seed \(seed), filter \(number): \(filter) by \(keys)")
      query.facts = [.lastTime]
      let times = try query.answer(from: sample.reader).rows
      #expect(times.map(\.lastTime) == expected.map(\.lastTime))
      #expect(times.allSatisfy { $0.latestSource == nil })
      unopenedCount += answer.explain.filesOpened == 0 && answer.explain.rowsMatched > 0 ? 1 : 0
      for row in expected {
        let last = sample.naive.matching(filter).filter { $0.time == row.lastTime }
        tieCount += Set(last.map(\.source)).count > 1 ? 1 : 0
      }
    }
    #expect(tieCount > 20 && unopenedCount > 0, "\(tieCount), \(unopenedCount)")
  }

  @Test func theLargestOfRandomGroups() throws {
    var sample = try Sample(seed: 9, count: 2500)
    var tieCount = 0
    for number in 0..<100 {
      let filter = sample.generator.filter(sample.naive.trips)
      let keys = GroupedCount.Key.allCases.shuffled(using: &sample.generator.random)
        .prefix(sample.generator.random.integer(in: 1..<4))
      var query = GroupedCount(filter: filter, groupedBy: Array(keys))
      query.grid = sample.naive.grid
      query.minimumCount = sample.generator.random.integer(in: 1..<5)
      let kept = sample.naive.groups(filter, by: Array(keys))
        .filter { $0.count >= query.minimumCount }
      #expect(try query.answer(from: sample.reader).rows == kept, "\(number)")
      let top = sample.generator.random.integer(in: 1..<20)
      query.top = top
      // Largest first, and among equals the place they had.
      let ranked = kept.enumerated().sorted {
        ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
      }
      .prefix(top).map(\.element)
      #expect(try query.answer(from: sample.reader).rows == ranked, "\(number)")
      tieCount += zip(ranked, ranked.dropFirst()).count { $0.count == $1.count }
    }
    #expect(tieCount > 50)
  }

  @Test func rowsOfRandomFilters() throws {
    var sample = try Sample(seed: 7, count: 6000)
    for number in 0..<60 {
      let filter = sample.generator.filter(sample.naive.trips)
      let rows = try rows(filter, sample.reader)
      #expect(
        rows.sorted() == sample.naive.matching(filter).map(\.bitText).sorted(),
        "filter \(number): \(filter)")
    }
    #expect(try rows(.all, sample.reader).sorted() == sample.naive.trips.map(\.bitText).sorted())
  }

  /// Rows as their bits, gathered from batches.
  private func rows(_ filter: TripFilter, _ reader: LakeReader) throws -> [String] {
    var texts: [String] = []
    let explain = try RowScan(filter: filter).run(on: reader) { batch in
      #expect(batch.rowCount > 0)
      let columns = batch.columns
      func number(_ index: Int, _ row: Int) -> UInt64? {
        let column = columns[index]
        return column.isValid(row: row) ? column.words[row] : nil
      }
      for row in 0..<batch.rowCount {
        let destination = number(2, row).flatMap { x in number(3, row).map { "\(x),\($0)" } }
        let origin = "\(columns[0].words[row]),\(columns[1].words[row])"
        let source = columns[5].dictionary[Int(columns[5].words[row])]
        let time = Int64(bitPattern: columns[4].words[row])
        texts.append("\(origin) \(destination ?? "-") \(time) \(source.displayText)")
      }
    }
    #expect(explain.rowsMatched == texts.count)
    return texts
  }

  /// A row's number leads to the same row whatever the filter; without columns only rows are counted.
  @Test func rowNumbersOfRandomFilters() throws {
    var sample = try Sample(seed: 9, count: 6000)
    var scan = RowScan(columns: [.startTime])
    scan.keepsRowNumbers = true
    var times: [RowPlace: UInt64] = [:]
    _ = try scan.run(on: sample.reader) { batch in
      for row in 0..<batch.rowCount { times[RowPlace(batch, row)] = batch.columns[0].words[row] }
    }
    #expect(times.count == sample.naive.trips.count)
    for number in 0..<40 {
      scan.filter = sample.generator.filter(sample.naive.trips)
      var places: Set<RowPlace> = []
      _ = try scan.run(on: sample.reader) { batch in
        for row in 0..<batch.rowCount {
          places.insert(RowPlace(batch, row))
          #expect(times[RowPlace(batch, row)] == batch.columns[0].words[row])
        }
      }
      scan.columns = []
      var counted: Set<RowPlace> = []
      let explain = try scan.run(on: sample.reader) { batch in
        for row in 0..<batch.rowCount { counted.insert(RowPlace(batch, row)) }
      }
      scan.columns = [.startTime]
      #expect(counted == places, "filter \(number): \(scan.filter)")
      #expect(explain.rowsMatched == places.count)
    }
  }

  private struct RowPlace: Hashable {
    let file: Int
    let row: Int

    init(_ batch: RowBatch, _ row: Int) {
      file = batch.file
      self.row = batch.rowNumber(of: row)
    }
  }

  @Test func twoThreadsAnswerAsOne() throws {
    var sample = try Sample(seed: 8, count: 110_000, blockRowCount: 4096)
    for _ in 0..<4 {
      var filter = sample.generator.filter(sample.naive.trips)
      filter.regions = nil
      filter.weeks = nil
      filter.time = .always
      let one = try GroupedCount(filter: filter, groupedBy: [.day, .source], threadCount: 1)
        .answer(from: sample.reader)
      let two = try GroupedCount(filter: filter, groupedBy: [.day, .source], threadCount: 2)
        .answer(from: sample.reader)
      #expect(one == two)
      #expect(one.rows.reduce(0) { $0 + $1.count } == sample.naive.matching(filter).count)
    }
  }

  /// Two damaged files: whichever a thread meets first, the error is that of the first.
  @Test func errorsDoNotDependOnThreads() throws {
    let sample = try Sample(seed: 10, count: 120_000, blockRowCount: 4096)
    let manifest = sample.reader.manifest
    let bySize = (0..<manifest.fileCount).sorted {
      manifest.rowCount(ofFile: $0) > manifest.rowCount(ofFile: $1)
    }
    let files = try manifest.entries()
    for file in bySize.prefix(3) {
      let path = sample.lake.lake.path + "/" + files[file].path.text
      TestLake.flipByte(at: manifest.byteCount(ofFile: file) - 100, ofFile: path)
    }
    let first = files[try #require(bySize.prefix(3).min())].path.text
    for threadCount in [1, 2, 3, 2, 3] {
      #expect {
        try GroupedCount(groupedBy: [.hour, .source], threadCount: threadCount)
          .answer(from: sample.reader)
      } throws: { error in
        let error = error as? StoreError
        return error?.code == .damaged && error?.path == first
      }
    }
  }

  /// Block sizes around the number of rows: no row may fall between two blocks.
  @Test(arguments: [1, 63, 64, 65, 127, 128, 129, 191, 192, 193])
  func rowsAroundTheBordersOfBlocks(count: Int) throws {
    let trips = (0..<count).map { row in
      TestTrip(
        region: "Prague", origin: .init(14, 50 + Double(row) / 1000),
        destination: .init(14, 50 - Double(row) / 1000), time: Int64(row), source: "a")
    }
    let lake = try TestLake()
    try lake.add(trips)
    let reader = try LakeReader(lake.lake)
    let naive = NaiveAnswers(trips: trips)
    let borders = [0, 1, 62, 63, 64, 65, 126, 127, 128, 129, 191, 192]
    for start in borders where start < count {
      for end in [start, start + 1, start + 63, start + 64, start + 65] {
        let times = TripFilter(time: TimeRange(start: Int64(start), end: Int64(end)))
        let counted = try GroupedCount(filter: times, groupedBy: []).answer(from: reader)
        #expect(counted.rows[0].count == max(0, min(end, count) - start))
      }
      for place in BoxPlace.allCases {
        let y = 50 + Double(start) / 1000
        let box = try #require(BoundingBox(west: 14, south: 49, east: 14, north: y))
        let filter = TripFilter(boxes: [BoxCondition(box, at: place)])
        let answer = try GroupedCount(filter: filter, groupedBy: []).answer(from: reader)
        #expect(answer.rows[0].count == naive.matching(filter).count)
      }
    }
  }

  @Test func blocksThatTheFilterCoversAreNotRead() throws {
    // Five blocks of 64 rows; times ascend with the rows.
    let trips = (0..<320).map { row in
      TestTrip(
        region: "Prague", origin: .init(14, 50), destination: nil, time: Int64(row), source: "a")
    }
    let lake = try TestLake()
    try lake.add(trips)
    let reader = try LakeReader(lake.lake)
    let filter = TripFilter(time: TimeRange(start: 70, end: 300))
    let explain = try GroupedCount(filter: filter, groupedBy: []).answer(from: reader).explain
    #expect(explain.filesOpened == 1)
    #expect(explain.blocks == ScanExplain.Level(considered: 5, skipped: 1, covered: 2, scanned: 2))
    #expect(explain.pagesDecoded == 2)
    #expect(explain.bytesRead > 0)
    #expect(explain.rowsMatched == 230 && explain.rowsConsidered == 320)
    #expect(explain.reasons.map(\.count) == [1, 2])
  }

  @Test func onlyThePagesOfTheConditionsAreDecoded() throws {
    let trips = (0..<64).map { row -> TestTrip in
      let point = TestTrip.Point(Double(row), 50 + Double(row) / 100)
      let source: ByteString = row % 2 == 0 ? "a" : "b"
      return TestTrip(
        region: "Prague", origin: point, destination: point, time: Int64(row), source: source)
    }
    let lake = try TestLake()
    try lake.add(trips)
    let reader = try LakeReader(lake.lake)
    func pages(_ filter: TripFilter) throws -> Int {
      try GroupedCount(filter: filter, groupedBy: []).answer(from: reader).explain.pagesDecoded
    }
    let half = try #require(BoundingBox(west: 0, south: 0, east: 30.5, north: 90))
    // All rows lie between south and north, so only longitudes are looked at.
    #expect(try pages(TripFilter(boxes: [BoxCondition(half, at: .origin)])) == 1)
    #expect(try pages(TripFilter(boxes: [BoxCondition(half, at: .both)])) == 2)
    let corner = try #require(BoundingBox(west: 0, south: 0, east: 30.5, north: 50.205))
    #expect(try pages(TripFilter(boxes: [BoxCondition(corner, at: .origin)])) == 2)
    #expect(try pages(TripFilter(boxes: [BoxCondition(corner, at: .either)])) == 4)
    // No longitude lies between two rows, so latitudes are not looked at.
    let between = try #require(BoundingBox(west: 30.2, south: 0, east: 30.8, north: 50.205))
    #expect(try pages(TripFilter(boxes: [BoxCondition(between, at: .both)])) == 1)
    #expect(try pages(TripFilter(sources: ["a"])) == 0)
    #expect(try pages(TripFilter(sources: ["a"], boxes: [BoxCondition(half, at: .origin)])) == 2)
    // Nothing is left after the first condition, so the second is not looked at.
    let early = TripFilter(
      time: TimeRange(start: 5, end: 6), sources: ["a"], boxes: [BoxCondition(half, at: .origin)])
    #expect(try pages(early) == 2)
  }

  @Test func damagedPagesAreErrorsAndNeverSmallerAnswers() throws {
    let trips = (0..<64).map { row in
      TestTrip(
        region: "Prague", origin: .init(Double(row) * 1.1, 50), destination: nil,
        time: Int64(row), source: "a")
    }
    let lake = try TestLake()
    try lake.add(trips)
    let reader = try LakeReader(lake.lake)
    let path = try lake.lake.path + "/" + reader.manifest.entries()[0].path.text
    TestLake.flipByte(at: 200, ofFile: path)
    let box = try #require(BoundingBox(west: 0, south: 0, east: 30.5, north: 90))
    let filter = TripFilter(boxes: [BoxCondition(box, at: .origin)])
    #expect {
      try GroupedCount(filter: filter, groupedBy: []).answer(from: reader)
    } throws: {
      ($0 as? StoreError)?.code == .damaged
    }
    // What needs no page is still answered.
    #expect(try GroupedCount(groupedBy: []).answer(from: reader).rows[0].count == 64)
  }

  @Test(
    "Damaged extents and names of files are an error of questions that use them, and of no other",
    arguments: [8, 9] as [UInt8])
  func damagedExtentsAndNames(section: UInt8) throws {
    let lake = try TestLake()
    try lake.add(
      (0..<64).map {
        TestTrip(region: "Prague", origin: .init(14, 50), destination: nil, time: $0, source: "a")
      })
    try lake.damageManifest(section: section, at: 3)
    let reader = try LakeReader(lake.lake)
    #expect(
      try GroupedCount(groupedBy: [.region, .week]).answer(from: reader).rows.map(\.count) == [64])
    #expect(try GroupedCount(groupedBy: [.source]).answer(from: reader).rows.map(\.count) == [64])
    let box = BoxCondition(
      try #require(BoundingBox(west: 0, south: 0, east: 30, north: 90)), at: .origin)
    let inBox = GroupedCount(filter: TripFilter(boxes: [box]), groupedBy: [])
    if section == 8 {
      #expect(throws: StoreError.self) { try inBox.answer(from: reader) }
      #expect(try GroupedCount(groupedBy: [.hour]).answer(from: reader).rows.map(\.count) == [64])
    } else {
      #expect(try inBox.answer(from: reader).rows.map(\.count) == [64])
      #expect(throws: StoreError.self) { try GroupedCount(groupedBy: [.hour]).answer(from: reader) }
    }
    #expect(throws: StoreError.self) { try reader.manifest.entries() }
    #expect(try lake.lake.verify().damages.map(\.code) == [.damaged])
  }

  @Test(
    "Damaged statistics of sources are an error of every question that uses them, and of no other")
  func damagedSourceStatistics() throws {
    let lake = try TestLake.withDamagedSourceStatistics(tripCount: 64)
    let reader = try LakeReader(lake.lake)
    let box = BoxCondition(
      try #require(BoundingBox(west: 0, south: 0, east: 30.5, north: 90)), at: .origin)
    let comparison = ColumnComparison(column: .source, .text(.equal, "a"))
    let latest = {
      var question = GroupedCount(groupedBy: [.region])
      question.facts = [.latestSource]
      return question
    }()
    for question in [
      GroupedCount(filter: TripFilter(sources: ["a"]), groupedBy: []),
      GroupedCount(filter: TripFilter(sources: ["a"], boxes: [box]), groupedBy: [.hour]),
      GroupedCount(
        filter: TripFilter(time: TimeRange(start: 5, end: 9)), groupedBy: []),
      GroupedCount(filter: TripFilter(comparisons: [comparison]), groupedBy: []),
      GroupedCount(groupedBy: [.source]), latest,
    ] {
      #expect { try question.answer(from: reader) } throws: {
        ($0 as? StoreError)?.code == .damaged
      }
    }
    #expect { try SummaryTables(reader, SummaryRequest()) } throws: {
      ($0 as? StoreError)?.code == .damaged
    }
    for question in [
      GroupedCount(groupedBy: [.region]), GroupedCount(groupedBy: [.hour]),
      GroupedCount(filter: TripFilter(boxes: [box]), groupedBy: []),
    ] {
      #expect(try question.answer(from: reader).rows.map(\.count) == [64])
    }
    #expect(try WeeklyAverage().answer(from: reader).rows.count == 1)
  }
}
