import LakeExport
import Testing

@Suite struct SQLiteDatabaseTests {
  /// What goes in and what comes back.
  private static let values: [(SQLValue, SQLValue)] = [
    (.null, .null),
    (.integer(.min), .integer(.min)), (.integer(.max), .integer(.max)), (.integer(0), .integer(0)),
    (.real(.infinity), .real(.infinity)), (.real(-.infinity), .real(-.infinity)),
    (.real(.leastNonzeroMagnitude), .real(.leastNonzeroMagnitude)),
    (.real(7.513035087952872), .real(7.513035087952872)),
    (.real(9_007_199_254_740_992), .real(9_007_199_254_740_992)),
    // The two that SQLite cannot hold.
    (.real(.nan), .null), (.real(-0.0), .real(0.0)),
    (.text([]), .text([])), (.text([0]), .text([0])),
    (.text([0x61, 0, 0x62]), .text([0x61, 0, 0x62])),
    (.text([0xff, 0xfe]), .text([0xff, 0xfe])),
  ]

  @Test(arguments: values.indices)
  func valuesComeBack(index: Int) throws {
    let (value, expected) = Self.values[index]
    let database = try SQLiteDatabase(path: ":memory:", mode: .create)
    try database.execute("CREATE TABLE held (number REAL, whole INTEGER, name TEXT) STRICT")
    let row: [SQLValue]
    switch value {
    case .real: row = [value, .null, .null]
    case .integer: row = [.null, value, .null]
    default: row = [.null, .null, value]
    }
    var insertion = try database.prepare("INSERT INTO held VALUES (?, ?, ?)")
    try insertion.run(row)
    var selection = try database.prepare("SELECT coalesce(number, whole, name) FROM held")
    #expect(try selection.step())
    #expect(selection.row == [expected])
    if case .real(let number) = selection.row[0], number == 0 { #expect(number.sign == .plus) }
    #expect(try !selection.step())
  }

  @Test func aStatementMayRunAgain() throws {
    let database = try SQLiteDatabase(path: ":memory:", mode: .create)
    try database.execute("CREATE TABLE held (number INTEGER) STRICT")
    var insertion = try database.prepare("INSERT INTO held VALUES (?)")
    for number in 0..<1000 { try insertion.run(.integer(Int64(number))) }
    var selection = try database.prepare("SELECT count(*), sum(number) FROM held")
    #expect(try selection.step())
    #expect(selection.row == [.integer(1000), .integer(499_500)])
  }

  @Test func closingSaysThatAStatementIsAlive() throws {
    let database = try SQLiteDatabase(path: ":memory:", mode: .create)
    var statement = try database.prepare("SELECT 1")
    #expect(try statement.step())
    var refused = false
    do {
      try database.close()
    } catch {
      refused = true
      #expect(error.primaryCode == 5)
    }
    #expect(refused)
    #expect(statement.row == [.integer(1)])
  }

  @Test func aWrongValueIsRefused() throws {
    let database = try SQLiteDatabase(path: ":memory:", mode: .create)
    try database.execute("CREATE TABLE held (number INTEGER NOT NULL) STRICT")
    var insertion = try database.prepare("INSERT INTO held VALUES (?)")
    #expect(throws: SQLiteError.self) { try insertion.run(.text("seven")) }
  }
}
