import LakeQuery
import LakeTestSupport
import Testing
import TripModel

@testable import LakeSQL

/// Conditions that the engine gets answer as they do on an ordinary table of the same rows.
@Suite struct PushdownTests {
  @Test(arguments: [
    ("UTC0", 1), ("CET-1CEST,M3.5.0,M10.5.0/3", 2),
    // The clocks go back at one past midnight, so a local day ends, begins, and goes on.
    ("NST3:30NDT,M3.2.0/0:01,M11.1.0/0:01", 3), ("<+14>-14", 4), ("<-12>12", 5),
  ])
  func pushedConditionsEqualChecks(rule: String, seed: Int) throws {
    let lake = try SQLLake(seed: UInt64(seed), count: 3000, zone: rule)
    let connection = try lake.connection()
    _ = try connection.rows("CREATE TABLE plain AS SELECT rowid AS number, * FROM trips")
    var random = SeededRandom(seed: UInt64(100 + seed))
    for number in 0..<150 {
      let conditions = (0..<random.integer(in: 1..<4)).map { _ in condition(&random, lake.trips) }
      let columns = [
        "region, start_time, source, origin_x, destination_y", "count(*)", "number", "week",
      ][random.integer(in: 0..<4)]
      let text = conditions.joined(separator: random.chance(0.2) ? " OR " : " AND ")
      func rows(_ columns: String, _ table: String) throws -> [[ResultValue]] {
        try connection.rows("SELECT \(columns) FROM \(table) WHERE \(text)")
      }
      let pushed = try rows(columns == "number" ? "rowid" : columns, "trips")
      let checked = try rows(columns, "plain")
      #expect(
        pushed.map { $0.map(\.text) }.sorted { $0.lexicographicallyPrecedes($1) }
          == checked.map { $0.map(\.text) }.sorted { $0.lexicographicallyPrecedes($1) },
        "seed \(seed), query \(number): \(columns) where \(text)")
    }
  }

  private func condition(
    _ random: inout SeededRandom, _ trips: [TestTrip]
  ) -> String {
    let trip = trips[random.integer(in: 0..<trips.count)]
    func quoted(_ name: String) -> String {
      "'\(name.reduce(into: "") { $0 += $1 == "'" ? "''" : String($1) })'"
    }
    let sign = ["=", "<", "<=", ">", ">=", "IS"][random.integer(in: 0..<6)]
    switch random.integer(in: 0..<10) {
    case 0: return "region \(sign) \(quoted(trip.region.displayText))"
    case 1:
      let names = [trip.region, "Nowhere", trips[0].region].map { quoted($0.displayText) }
      return "region IN (\(names.joined(separator: ", ")))"
    case 2: return "source \(sign) \(quoted(trip.source.displayText))"
    case 3: return "source IN ('A', 'žž', \(quoted(trip.source.displayText)), NULL)"
    case 4:
      let week = TimeZoneRules.utc.week(ofMicroseconds: trip.time).text
      let texts = [week, String(week.dropLast()), "2018-W9", "2018-W53", "x", "2018"]
      return "week \(sign) \(quoted(texts[random.integer(in: 0..<texts.count)]))"
    case 5:
      let shift = Int64(random.integer(in: -14..<15)) * 3_600_000_000
      return "start_time \(sign) \(quoted(time(trip.time + shift, &random)))"
    case 6: return "start_time_epoch_us \(sign) \(trip.time)\(random.chance(0.3) ? ".5" : "")"
    case 7: return "origin_x BETWEEN \(trip.origin.x - 2) AND \(trip.origin.x)"
    case 8:
      let values = ["\(trip.origin.x)", "NULL", "'1'", "200", "-1e300", "'x'", "x'00'"]
      let value = values[random.integer(in: 0..<values.count)]
      let column = ["origin_x", "origin_y", "destination_x", "region"][random.integer(in: 0..<4)]
      return "\(column) \(sign) \(value)"
    default: return "destination_y \(sign) \(trip.destination?.y ?? 0)"
    }
  }

  /// A text near an instant, whole, cut, or not quite a time.
  private func time(_ time: Int64, _ random: inout SeededRandom) -> String {
    let text = TimestampText.local(microseconds: time, zone: .utc)
    switch random.integer(in: 0..<7) {
    case 0: return text
    case 1: return String(text.prefix(10))
    case 2: return String(text.prefix(16))
    case 3: return String(text.prefix(random.integer(in: 0..<text.count)))
    case 4: return text.prefix(10) + "T" + text.dropFirst(11)
    case 5: return text + "0"
    default: return text.prefix(10) + " 23:59:59.999999"
    }
  }

  @Test func thePlanIsShownAndReadsOnlyWhatMayMatch() throws {
    let lake = try SQLLake(seed: 9, count: 3000, zone: "UTC0")
    let session = try lake.session()
    let plan = try session.rows(
      """
      EXPLAIN QUERY PLAN SELECT count(*) FROM trips
      WHERE region = 'Turin' AND week >= '2018-W40' AND origin_x BETWEEN 1 AND 2
      """)
    #expect(plan[0][3].text.hasSuffix(":region= week>= origin_x range; columns 1"))
    _ = session.takeExplain()
    let count = try session.rows("SELECT count(*) FROM trips WHERE region IN ('Turin', 'Prague')")
    let wanted = lake.trips.count { ["Turin", "Prague"].contains($0.region) }
    #expect(count == [[.integer(Int64(wanted))]])
    let explain = session.takeExplain()
    #expect(explain.filesOpened == 0 && explain.pagesDecoded == 0)
    #expect(explain.files.covered > 0 && explain.files.skipped > 0)
    #expect(explain.rowsMatched == wanted)
  }

  /// The same filter through SQL and through the engine itself reads the same.
  @Test func countsOfBlocksEqualThoseOfARowScan() throws {
    let lake = try SQLLake(seed: 10, count: 3000, zone: "UTC0")
    let session = try lake.session()
    let box = try #require(BoundingBox(west: -3, south: -90, east: 2, north: 90))
    let filter = TripFilter(
      regions: ["Prague"], sources: ["A", "baba_car"], boxes: [BoxCondition(box, at: .origin)])
    let scan = RowScan(filter: filter, columns: [.originX, .source])
    let direct = try scan.run(on: lake.reader) { _ in }
    let rows = try session.rows(
      """
      SELECT origin_x FROM trips
      WHERE region = 'Prague' AND source IN ('A', 'baba_car') AND origin_x BETWEEN -3 AND 2
      """)
    #expect(rows.count == direct.rowsMatched)
    #expect(session.takeExplain() == direct)
    #expect(direct.blocks.skipped > 0)
  }
}
