internal import CSQLite

/// A connection to one SQLite database; with `SQLiteStatement` the only door to libsqlite3.
///
/// SQL is a `StaticString`, or generated from the schema: no statement is put together from data, values
/// reach SQLite by being bound. The schema is defensive (no writes to SQLite's own tables) and not trusted.
package struct SQLiteDatabase: ~Copyable {
  package enum Mode: Sendable {
    case readOnly
    /// Reads and writes, and makes the file where there is none.
    case create
  }

  private let handle: OpaquePointer

  /// - Parameter path: Used as it is; it is not read as a URI.
  /// - Throws: `SQLiteError`; a file that is no database is noticed at the first statement.
  package init(path: String, mode: Mode) throws(SQLiteError) {
    let flags =
      switch mode {
      case .readOnly: SQLITE_OPEN_READONLY
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      }
    var opened: OpaquePointer?
    let result = sqlite3_open_v2(
      path, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard let opened else { throw SQLiteError(code: result, message: "out of memory") }
    guard result == SQLITE_OK else {
      let error = SQLiteError(code: result, message: Self.message(of: opened))
      sqlite3_close_v2(opened)
      throw error
    }
    handle = opened
    lake_sqlite_set_flag(handle, SQLITE_DBCONFIG_DEFENSIVE, 1)
    lake_sqlite_set_flag(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    lake_sqlite_set_flag(handle, SQLITE_DBCONFIG_DQS_DDL, 0)
    lake_sqlite_set_flag(handle, SQLITE_DBCONFIG_DQS_DML, 0)
  }

  deinit {
    sqlite3_close_v2(handle)
  }

  /// Closes the connection and says whether that worked, which `deinit` cannot.
  ///
  /// - Throws: `SQLiteError` where a statement is still alive or the last bytes could not be written.
  package consuming func close() throws(SQLiteError) {
    let result = sqlite3_close(handle)
    guard result == SQLITE_OK else {
      let error = SQLiteError(code: result, message: Self.message(of: handle))
      // The deinitialiser closes it as far as it can be closed.
      _ = consume self
      throw error
    }
    discard self
  }

  /// Runs one statement that returns no rows of interest.
  package func execute(_ sql: StaticString) throws(SQLiteError) {
    var statement = try prepare(sql)
    while try statement.step() {}
  }

  /// - Precondition: `sql` is one statement.
  package func prepare(_ sql: StaticString) throws(SQLiteError) -> SQLiteStatement {
    var statement: OpaquePointer?
    // A static string lives as long as the program, so its address may be used outside of a closure.
    let result = sql.utf8Start.withMemoryRebound(to: CChar.self, capacity: sql.utf8CodeUnitCount) {
      sqlite3_prepare_v3(handle, $0, Int32(sql.utf8CodeUnitCount), 0, &statement, nil)
    }
    guard result == SQLITE_OK, let statement else {
      throw SQLiteError(code: result, message: Self.message(of: handle))
    }
    return SQLiteStatement(statement)
  }

  /// Runs one statement that is made from `SummarySchema`.
  func execute(generated sql: String) throws(SQLiteError) {
    var statement = try prepare(generated: sql)
    while try statement.step() {}
  }

  /// - Precondition: `sql` is one statement, made from `SummarySchema`.
  func prepare(generated sql: String) throws(SQLiteError) -> SQLiteStatement {
    var statement: OpaquePointer?
    let result = sqlite3_prepare_v3(handle, sql, -1, 0, &statement, nil)
    guard result == SQLITE_OK, let statement else {
      throw SQLiteError(code: result, message: Self.message(of: handle))
    }
    return SQLiteStatement(statement)
  }

  private static func message(of handle: OpaquePointer) -> String {
    sqlite3_errmsg(handle).map { String(cString: $0) } ?? "unknown error"
  }
}
