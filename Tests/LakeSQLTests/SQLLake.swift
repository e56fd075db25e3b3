import LakeExport
import LakeQuery
import LakeStore
import LakeTestSupport
import Testing
import TripModel

@testable import LakeSQL

/// A lake of random trips, and sessions on it.
struct SQLLake {
  let lake: TestLake
  let trips: [TestTrip]
  let reader: LakeReader

  static let regions: [ByteString] = ["Prague", "Turin", "Hamburg", "São Paulo", "O'Higgins"]
  static let sources: [ByteString] = ["baba_car", "cheap_mobile", "ž", "A", ""]

  /// Trips around the days on which the clocks of Prague change, in 2018, 1979 and at the ends of years.
  init(seed: UInt64, count: Int, zone rule: String) throws {
    var random = SeededRandom(seed: seed)
    trips = (0..<count).map { _ in Self.trip(&random) }.sorted { $0.origin.x < $1.origin.x }
    lake = try TestLake(zoneName: "Test/Zone", zoneData: TimeZoneRules.file(rule: rule))
    try lake.add(trips, filesPerPartition: 2)
    reader = try LakeReader(lake.lake)
  }

  private static func trip(_ random: inout SeededRandom) -> TestTrip {
    let hour: Int64 = 3_600_000_000
    // 2018-03-25 01:00, 2018-10-28 01:00 and 2019-12-31 23:00, all UTC.
    let starts: [Int64] = [1_521_939_600, 1_540_688_400, 1_577_833_200].map { $0 * 1_000_000 }
    let start = starts[random.integer(in: 0..<3)]
    let time = start + Int64((random.fraction() - 0.5) * 60 * Double(hour))
    let region = regions[random.integer(in: 0..<regions.count)]
    func point() -> TestTrip.Point {
      .init(Double(random.integer(in: -20..<20)) / 2, Double(random.integer(in: -20..<20)) / 4)
    }
    return TestTrip(
      region: region, origin: point(), destination: random.chance(0.2) ? nil : point(),
      time: random.chance(0.5) ? time / hour * hour : time,
      source: sources[random.integer(in: 0..<sources.count)])
  }

  /// The same lake as it is now.
  init(reopening other: SQLLake) throws {
    lake = other.lake
    trips = other.trips
    reader = try LakeReader(lake.lake)
  }

  func session(isInterrupted: @escaping () -> Bool = { false }) throws -> SQLSession {
    let routines = try #require(SQLiteLibrary.routines)
    return try SQLSession(
      context, SQLiteRoutines(routines),
      isInterrupted: isInterrupted)
  }
}

extension SQLLake {
  private var context: SQLContext { SQLContext(reader: reader, programVersion: "1") }

  /// One that may write into its own memory.
  func connection() throws -> SQLConnection {
    let routines = SQLiteRoutines(try #require(SQLiteLibrary.routines))
    let connection = try SQLConnection(routines) { false }
    let host = TableHost(routines) { "\($0)" }
    try LakeTables(context, host).register(
      on: connection, schema: "main")
    return connection
  }
}

extension SQLConnection {
  func rows(_ sql: String) throws -> [[ResultValue]] {
    var rows: [[ResultValue]] = []
    var position = 0
    let script = Array(sql.utf8)
    while let statement = try prepare(script, from: &position) {
      let count = statement.columnNames.count
      while try statement.advance() {
        rows.append((0..<count).map { statement.value(ofColumn: $0) })
      }
    }
    return rows
  }
}

extension SQLSession {
  /// All rows of all statements.
  func rows(_ sql: String) throws -> [[ResultValue]] {
    var rows: [[ResultValue]] = []
    var position = 0
    let script = Array(sql.utf8)
    while let statement = try next(in: script, from: &position) {
      let count = statement.columnNames.count
      while try advance(statement) {
        rows.append((0..<count).map { statement.value(ofColumn: $0) })
      }
    }
    return rows
  }
}

extension ResultValue {
  var text: String {
    switch self {
    case .null: "null"
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    case .text(let bytes), .blob(let bytes): String(decoding: bytes, as: UTF8.self)
    }
  }
}
