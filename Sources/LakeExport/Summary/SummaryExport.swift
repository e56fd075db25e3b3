package import LakeQuery

/// Writes the summary tables of one snapshot into a SQLite database.
///
/// The same snapshot gives the same rows every time; only the two columns `exported_at…` differ.
/// Specification: `formats/summary-tables/v1.md`.
package struct SummaryExport: Sendable {
  package let tables: SummaryTables
  package let provenance: SummaryProvenance

  package init(tables: SummaryTables, provenance: SummaryProvenance) {
    self.tables = tables
    self.provenance = provenance
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
      try fill(replacement.temporaryPath)
      if let fault = try fault(of: replacement.temporaryPath) {
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
    return Receipt(snapshot: tables.snapshot, byteCount: byteCount)
  }

  private func fill(_ path: String) throws(SQLiteError) {
    let database = try SQLiteDatabase(path: path, mode: .create)
    // A crash leaves the target alone, so the new file needs no journal on disk and no sync of its own.
    try database.execute("PRAGMA journal_mode = MEMORY")
    try database.execute("PRAGMA synchronous = OFF")
    try database.execute("PRAGMA locking_mode = EXCLUSIVE")
    try database.execute("PRAGMA foreign_keys = ON")
    try database.execute(SummarySchema.applicationID)
    try database.execute(SummarySchema.userVersion)
    try database.execute("BEGIN")
    for statement in SummarySchema.statements { try database.execute(statement) }
    try SummaryRows(tables: tables, provenance: provenance).insert(into: database)
    try database.execute("COMMIT")
    try database.close()
  }

  /// What a fresh look at the written file finds wrong; nil where nothing is.
  private func fault(of path: String) throws(SQLiteError) -> String? {
    let database = try SQLiteDatabase(path: path, mode: .readOnly)
    let integrity = try database.firstRow("PRAGMA integrity_check")
    guard integrity == [.text("ok")] else { return "integrity_check failed" }
    guard try database.firstRow("PRAGMA foreign_key_check") == nil else {
      return "a row refers to one that is missing"
    }
    let trips = tables.weeklyTrips.reduce(0) { $0 + Int64($1.trips) }
    let total = try database.firstRow("SELECT coalesce(sum(trips), 0) FROM weekly_trips")
    guard total == [.integer(trips)] else { return "trips are missing" }
    return nil
  }
}

extension SQLiteDatabase {
  fileprivate func firstRow(_ sql: StaticString) throws(SQLiteError) -> [SQLiteValue]? {
    var statement = try prepare(sql)
    return try statement.step() ? statement.row : nil
  }
}
