import LakeExport
import LakeQuery
import LakeStore
import LakeTestSupport
import Testing
import TripModel

@testable import LakeSQL

@Suite struct SummaryTableTests {
  /// Every table of an export is there with the same columns and rows, and every view gives rows.
  @Test func tablesAreThoseOfAnExport() throws {
    let lake = try SQLLake(seed: 20, count: 400, zone: "CET-1CEST,M3.5.0,M10.5.0/3")
    let session = try lake.session()
    let manifest = lake.reader.manifest
    let content = SummaryContent(
      tables: try SummaryTables(lake.reader, SummaryRequest(areas: try lake.reader.areas())),
      provenance: SummaryProvenance(
        lake: try session.rows("SELECT lake FROM _triplake_meta")[0][0].text,
        digest: manifest.digest, zone: lake.reader.zone, programVersion: "1",
        committedAt: try manifest.loads().last?.endTime))
    for table in SummarySchema.tables {
      let rows = try session.rows("SELECT * FROM \(table.name)")
      #expect(rows == content.rows(of: table).map { $0.map(Self.value) }, "\(table.name)")
      let names = try session.rows("SELECT name FROM pragma_table_info('\(table.name)')")
      #expect(names.map { $0[0].text } == table.columns.map(\.name))
    }
    for view in SummarySchema.views {
      #expect(throws: Never.self) { try session.rows("SELECT * FROM \(view.name)") }
    }
    let averages = try session.rows("SELECT * FROM weekly_average_by_region")
    #expect(averages.count == SQLLake.regions.count)
  }

  /// SQLite may find the rows of each side by themselves and tell them apart by their row ids.
  @Test func rowsOfSeveralReportsAreToldApart() throws {
    let lake = try SQLLake(seed: 22, count: 200, zone: "UTC0")
    let box = try #require(BoundingBox(west: -180, south: -90, east: 180, north: 90))
    _ = try lake.lake.lake.changeAreas { _ in
      [Area(name: "a", box: box), Area(name: "b", box: box)]
    }
    let reader = try LakeReader(lake.lake.lake)
    let routines = SQLiteRoutines(try #require(SQLiteLibrary.routines))
    let session = try SQLSession(SQLContext(reader: reader, programVersion: "1"), routines)
    let sides = "report = 'region' AND trips > 0 OR report = 'area' AND trips > 1"
    let names = try session.rows("SELECT name FROM weekly_average WHERE \(sides) ORDER BY name")
    #expect(names.count == SQLLake.regions.count + 2)
    let plan = try session.rows("EXPLAIN QUERY PLAN SELECT name FROM weekly_average WHERE \(sides)")
    #expect(plan.contains { $0[3].text.contains("MULTI-INDEX OR") })
  }

  @Test func summariesReadNoTrips() throws {
    let lake = try TestLake()
    let trips = try SQLLake(seed: 21, count: 50, zone: "UTC0").trips
    try lake.addUnreadable(trips)
    let region = try #require(trips.first?.region)
    _ = try lake.lake.keepRoutes([
      RouteModel(
        region: region, metresPerDegreeX: 1, metresPerDegreeY: 1, seed: 0, sampleCount: 1,
        iterationCount: 1, inertia: 0,
        routes: [Route(originX: 0, originY: 0, destinationX: 1, destinationY: 1, tripCount: 1)])
    ])
    let reader = try LakeReader(lake.lake)
    let routines = SQLiteRoutines(try #require(SQLiteLibrary.routines))
    let session = try SQLSession(SQLContext(reader: reader, programVersion: "1"), routines)
    let rows = try session.rows("SELECT sum(trips) FROM weekly_trips")
    #expect(rows == [[.integer(50)]])
    #expect(try session.rows("SELECT count(*) FROM trips") == [[.integer(50)]])
    // Those of regions need no trips, those of routes do.
    let regions = try session.rows("SELECT sum(trips) FROM weekly_average_by_region")
    #expect(regions == [[.integer(50)]])
    #expect(try session.rows("SELECT count(*) FROM routes") == [[.integer(1)]])
    #expect(try session.rows("SELECT snapshot, digest FROM _triplake_meta").count == 1)
    for sql in [
      "SELECT * FROM weekly_average_by_route", "SELECT * FROM weekly_route_trips",
      "SELECT counts_digest FROM _triplake_meta", "SELECT * FROM weekly_average",
    ] {
      #expect(throws: (any Error).self, "\(sql)") { try session.rows(sql) }
    }
  }

  private static func value(_ value: SQLValue) -> ResultValue {
    switch value {
    case .null: .null
    case .integer(let number): .integer(number)
    case .real(let number): .real(number)
    case .text(let bytes): .text(bytes)
    }
  }
}
