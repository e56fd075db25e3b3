internal import LakeQuery

/// Writes the summary tables of one snapshot into a SQLite database.
///
/// The same snapshot gives the same file every time, byte for byte.
/// Specification: `formats/summary-tables/v2.md`.
package struct SummaryExport: Sendable {
  package let content: SummaryContent

  package init(_ content: SummaryContent) {
    self.content = content
  }

  package struct Receipt: Hashable, Sendable {
    package let snapshot: UInt64
    package let byteCount: Int
  }

  /// Replaces the database at `path`, or makes it, in one step.
  ///
  /// It is written beside `path`, closed, opened again and checked, synced, and renamed over it; see
  /// `ReplacementFile`. Whatever goes wrong before that leaves the old file as it was.
  ///
  /// - Throws: `ExportError`.
  package func write(to path: String) throws(ExportError) -> Receipt {
    let replacement = try ReplacementFile(replacing: path)
    do {
      let filled = SummarySchema.tables.map { (table: $0, rows: content.rows(of: $0)) }
      try Self.fill(replacement.temporaryPath, filled)
      if let fault = try Self.fault(of: replacement.temporaryPath, filled) {
        throw ExportError(.checkFailed, path: path, "the new database was not right: \(fault)")
      }
    } catch let error as SQLiteError {
      throw ExportError(error, path: path)
    } catch let error as ExportError {
      throw error
    } catch {
      throw ExportError(.checkFailed, path: path, "\(error)")
    }
    let byteCount = try replacement.byteCount()
    try replacement.publish()
    return Receipt(snapshot: content.tables.snapshot, byteCount: byteCount)
  }

  private typealias FilledTable = (table: SummaryTable, rows: [[SQLValue]])

  private static func fill(_ path: String, _ tables: [FilledTable]) throws(SQLiteError) {
    let database = try SQLiteDatabase(path: path, mode: .create)
    // A crash leaves the target alone, so the new file needs no journal on disk and no sync of its own.
    try database.execute("PRAGMA journal_mode = MEMORY")
    try database.execute("PRAGMA synchronous = OFF")
    try database.execute("PRAGMA locking_mode = EXCLUSIVE")
    try database.execute("PRAGMA foreign_keys = ON")
    // The header field that SQLite leaves to applications: "trip".
    try database.execute("PRAGMA application_id = 0x74726970")
    try database.execute(generated: "PRAGMA user_version = \(SummarySchema.formatVersion)")
    try database.execute("BEGIN")
    for (table, rows) in tables { try fill(table, rows, of: database) }
    for view in SummarySchema.views {
      try database.execute(generated: SQLDialect.sqlite.createView(view))
    }
    try database.execute("COMMIT")
    try database.close()
  }

  private static func fill(
    _ table: SummaryTable, _ rows: [[SQLValue]], of database: borrowing SQLiteDatabase
  ) throws(SQLiteError) {
    try database.execute(generated: SQLDialect.sqlite.createTable(table))
    for index in SQLDialect.sqlite.createIndexes(table) { try database.execute(generated: index) }
    let marks = table.columns.map { _ in "?" }.joined(separator: ", ")
    var statement = try database.prepare(
      generated: "INSERT INTO \(table.name) VALUES (\(marks))")
    for row in rows { try statement.run(row) }
  }

  /// What a fresh look at the written file finds wrong; nil where nothing is.
  private static func fault(
    of path: String, _ tables: [FilledTable]
  ) throws(SQLiteError) -> String? {
    let database = try SQLiteDatabase(path: path, mode: .readOnly)
    let integrity = try database.firstRow("PRAGMA integrity_check")
    guard integrity == [.text("ok")] else { return "integrity_check failed" }
    guard try database.firstRow("PRAGMA foreign_key_check") == nil else {
      return "a row refers to one that is missing"
    }
    for (table, rows) in tables {
      if try !holds(database, table, rows) {
        return "rows of \(table.name) are not as they were written"
      }
    }
    return nil
  }

  /// Whether the rows of a table come back as they went in, but for the sign of zero.
  private static func holds(
    _ database: borrowing SQLiteDatabase, _ table: SummaryTable, _ rows: [[SQLValue]]
  ) throws(SQLiteError) -> Bool {
    var statement = try database.prepare(generated: table.selection)
    for row in rows {
      guard try statement.step(), statement.row == row else { return false }
    }
    return try !statement.step()
  }
}

extension SQLiteDatabase {
  fileprivate func firstRow(_ sql: StaticString) throws(SQLiteError) -> [SQLValue]? {
    var statement = try prepare(sql)
    return try statement.step() ? statement.row : nil
  }
}
