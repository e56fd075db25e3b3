import LakeBytes
import Testing
import TripModel

@testable import LakeBench

/// The answers counted from the generator against answers counted from the text of the same trips.
@Suite struct BenchAnswerTests {
  private static let rowCount: UInt64 = 60_000

  private static func tally(threadCount: Int = 2) throws -> BenchTally {
    try BenchTally(
      of: BenchData(rowCount: rowCount, fileCount: 1, seed: Bench.seed), threadCount: threadCount,
      isInterrupted: { false })
  }

  private static let trips = Result {
    try BenchText(rowCount: rowCount, fileCount: 1, threadCount: 2).trips
  }

  private func expect(
    _ question: BenchQuestion, _ member: String, by name: String? = nil,
    counts expected: [String: Int]
  ) throws {
    let answer = BenchAnswer(to: question, try Self.tally())
    var given: [String: Int] = [:]
    for row in answer.rows {
      let value = JSONValue.object(row)
      given[name.flatMap { value[$0]?.text } ?? "", default: 0] += Int(value[member]?.integer ?? -1)
    }
    #expect(given == expected)
  }

  private func count(_ isCounted: (BenchText.Trip) -> Bool) throws -> Int {
    try Self.trips.get().count(where: isCounted)
  }

  @Test func regions() throws {
    let regions = Dictionary(grouping: try Self.trips.get(), by: \.region).mapValues(\.count)
    try expect(.weeklyAll, "trips", by: "region", counts: regions)
    try expect(.weeklyOne, "trips", counts: ["": regions["London"] ?? 0])
  }

  @Test func boxes() throws {
    func isIn(_ place: (x: Double, y: Double), _ box: [Double]) -> Bool {
      place.x >= box[0] && place.x <= box[2] && place.y >= box[1] && place.y <= box[3]
    }
    let small = try count { isIn($0.origin, [13.386, 52.483, 13.454, 52.517]) }
    #expect(small > 10)
    try expect(.boxSmall, "trips", counts: ["": small])
    let half = try count { isIn($0.origin, [13.08, 52.33, 13.42, 52.67]) }
    #expect(half > small)
    try expect(.boxHalf, "trips", counts: ["": half])
    let wide = [-10.0, 38, 14, 54]
    let eight = try Self.trips.get().filter { isIn($0.origin, wide) && isIn($0.destination, wide) }
    var regions = Dictionary(grouping: eight, by: \.region).mapValues(\.count)
    #expect(regions.count > 8)
    for city in BenchCity.all { regions[city.name.displayText, default: 0] += 0 }
    try expect(.boxEight, "trips", by: "region", counts: regions)
  }

  @Test func sourcesAndHours() throws {
    let london = try Self.trips.get().filter { $0.region == "London" }
    try expect(
      .sourceHour, "count", by: "source",
      counts: Dictionary(grouping: london, by: \.source).mapValues(\.count))
    let answer = BenchAnswer(to: .sourceHour, try Self.tally())
    let morning = answer.rows.map { JSONValue.object($0) }.filter { $0["hour"]?.integer == 8 }
    let count = morning.reduce(0) { $0 + Int($1["count"]?.integer ?? 0) }
    #expect(count == london.count { $0.hour == 8 })
    let cheap = try Self.trips.get().filter { $0.source == "cheap_mobile" }
    try expect(
      .regionsOfSource, "count", by: "region",
      counts: Dictionary(grouping: cheap, by: \.region).mapValues(\.count))
  }

  /// A table of all groups, which the bench itself cannot afford.
  @Test func similarTrips() throws {
    func cell(_ degrees: Double) -> Int64 { Int64((degrees / 0.01).rounded(.down)) }
    var counts: [[Int64]: Int64] = [:]
    for trip in try Self.trips.get() {
      let places = [trip.origin.x, trip.origin.y, trip.destination.x, trip.destination.y]
      counts[places.map(cell) + [Int64(trip.hour)], default: 0] += 1
    }
    let largest = counts.sorted {
      $0.value != $1.value ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key)
    }
    let rows = BenchAnswer(to: .similar, try Self.tally()).rows
    #expect(
      rows.map { $0.compactMap(\.value.integer) } == largest.prefix(20).map { $0.key + [$0.value] })
    #expect(rows.first?.last?.value.integer ?? 0 > 1)
  }

  @Test func latestSources() throws {
    let trips = try Self.trips.get()
    let rows = BenchAnswer(to: .latestSource, try Self.tally()).rows.map { JSONValue.object($0) }
    #expect(rows.map { $0["region"]?.text } == ["London", "New York"])
    for row in rows {
      let region = trips.filter { $0.region == row["region"]?.text }
      #expect(row["count"]?.integer == Int64(region.count))
      let time = region.map(\.time).max()
      let sources = region.filter { $0.time == time }.map(\.source)
      #expect(row["latest_source"]?.text == sources.min())
    }
  }

  @Test func weeksAndAverages() throws {
    let row = JSONValue.object(BenchAnswer(to: .boxHalf, try Self.tally()).rows[0])
    #expect(row["weeks"]?.integer == 52)
    #expect(row["active_weeks"]?.integer == 52)
    #expect(row["average"]?.number == (row["trips"]?.number ?? 0) / 52)
  }

  @Test func theCountIsTheSameOnAnyNumberOfThreads() throws {
    for question in BenchQuestion.allCases {
      #expect(
        BenchAnswer(to: question, try Self.tally(threadCount: 1)).rows
          == BenchAnswer(to: question, try Self.tally(threadCount: 3)).rows)
    }
  }

  @Test(arguments: BenchQuestion.allCases)
  func aChangedAnswerIsSeen(question: BenchQuestion) throws {
    let answer = BenchAnswer(to: question, try Self.tally())
    let right = answer.rows.map { JSONValue.object($0 + [JSONMember("more", .null)]) }
    #expect(answer.isMet(by: right))
    #expect(!answer.isMet(by: Array(right.dropLast())))
    #expect(!answer.isMet(by: right + [.null]))
    for (index, member) in answer.rows[0].enumerated() {
      var row = answer.rows[0]
      row[index] = JSONMember(member.name, .number((member.value.number ?? 0) + 1))
      #expect(!answer.isMet(by: [.object(row)] + right.dropFirst()))
      row.remove(at: index)
      #expect(!answer.isMet(by: [.object(row)] + right.dropFirst()))
    }
  }
}
