import LakeStore
import LakeTestSupport
import Testing

@testable import LakeSQL

@Suite struct SessionTests {
  @Test(arguments: [
    "CREATE TABLE t (a)", "CREATE TEMP TABLE t (a)", "CREATE TEMP VIEW v AS SELECT 1",
    "DROP TABLE trips", "INSERT INTO trips (region) VALUES ('x')", "DELETE FROM trips",
    "UPDATE trips SET region = 'x'", "ATTACH 'other.db' AS other", "DETACH main",
    "PRAGMA writable_schema = ON", "PRAGMA query_only = OFF", "PRAGMA temp_store_directory = 'x'",
    "SELECT load_extension('x')", "VACUUM INTO 'copy.db'", "ANALYZE",
    "CREATE VIRTUAL TABLE t USING fts5(a)", "UPDATE sqlite_master SET sql = 'x'",
    "DELETE FROM sqlite_master",
    "INSERT INTO sqlite_master VALUES (1, 2, 3, 4, 5)",
  ])
  func nothingIsWritten(sql: String) throws {
    let session = try SQLLake(seed: 1, count: 50, zone: "UTC0").session()
    let error = try #require(throws: SQLError.self) { try session.rows(sql) }
    #expect(error.code == .refused, "\(error)")
  }

  @Test func tablesTellOfThemselves() throws {
    let session = try SQLLake(seed: 1, count: 50, zone: "UTC0").session()
    let names = try session.rows("SELECT name FROM pragma_table_info('trips')").map { $0[0].text }
    #expect(
      names == [
        "region", "origin_x", "origin_y", "destination_x", "destination_y", "start_time", "source",
        "week", "start_time_epoch_us",
      ])
    #expect(try session.rows("BEGIN; SELECT 1; COMMIT") == [[.integer(1)]])
  }

  @Test func errorsNameTheirPlace() throws {
    let session = try SQLLake(seed: 1, count: 50, zone: "UTC0").session()
    let error = try #require(throws: SQLError.self) {
      try session.rows("SELECT 1;\nSELECT regin FROM trips")
    }
    #expect(error.code == .notUnderstood)
    #expect(error.offset == 17)
    #expect(session.names.contains("region"))
  }

  @Test func statementsEndWhenAsked() throws {
    let endless =
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    let lake = try SQLLake(seed: 1, count: 50, zone: "UTC0")
    let error = try #require(throws: SQLError.self) {
      try lake.session(isInterrupted: { true }).rows(endless)
    }
    #expect(error.code == .interrupted)
    let scan = try #require(throws: SQLError.self) {
      try lake.session(isInterrupted: { true }).rows("SELECT max(origin_x) FROM trips")
    }
    #expect(scan.code == .interrupted)
  }

  @Test func damageIsTold() throws {
    let lake = try SQLLake(seed: 1, count: 50, zone: "UTC0")
    try lake.lake.addUnreadable(lake.trips)
    let session = try lake.session()
    // The lake of this session is older than the damage.
    #expect(try session.rows("SELECT count(origin_x) FROM trips") == [[.integer(50)]])
    let damaged = try SQLLake(reopening: lake).session()
    #expect(try damaged.rows("SELECT count(*) FROM trips") == [[.integer(100)]])
    #expect(throws: StoreError.self) { try damaged.rows("SELECT max(origin_x) FROM trips") }
    // An error is not told a second time.
    #expect(try damaged.rows("SELECT count(*) FROM trips") == [[.integer(100)]])
  }
}
