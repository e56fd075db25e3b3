package import LakeQuery
package import TripModel

extension SummaryExport {
  /// What the database at `path`, an earlier export, lets the next one take over; nothing where there is none, or
  /// where it is not believed. See `EarlierExport`.
  package static func knownCounts(
    at path: String, for provenance: SummaryProvenance, areas: [Area], models: [RouteModel]
  ) -> KnownCounts {
    // Whatever is wrong with it, the export that follows checks its target and says so.
    let earlier = try? { () throws(SQLiteError) -> EarlierExport? in
      let database = try SQLiteDatabase(path: path, mode: .readOnly)
      return try EarlierExport(for: provenance) { table throws(SQLiteError) in
        try database.rows(of: table)
      }
    }()
    return earlier?.counts(of: areas, models) ?? .none
  }
}

extension SQLiteDatabase {
  /// All rows of a summary table, in the order of its key.
  func rows(of table: SummaryTable) throws(SQLiteError) -> [[SQLValue]] {
    var statement = try prepare(generated: table.selection)
    var rows: [[SQLValue]] = []
    while try statement.step() { rows.append(statement.row) }
    return rows
  }
}

extension SummaryTable {
  /// A query for its rows in the order of the key.
  var selection: String {
    let names = columns.map(\.name).joined(separator: ", ")
    return "SELECT \(names) FROM \(name) ORDER BY \(primaryKey.joined(separator: ", "))"
  }
}
