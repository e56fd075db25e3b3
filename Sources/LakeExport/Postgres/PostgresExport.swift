package import LakeQuery
package import TripModel

/// Writes the summary tables of one snapshot into a schema of a PostgreSQL database, in one transaction.
///
/// Everybody sees the old tables until the commit and the new ones after it; a connection that breaks before
/// leaves the old ones. Specification: `formats/summary-tables/v2.md`.
package struct PostgresExport: Sendable {
  package enum Mode: String, CaseIterable, Sendable {
    /// Rows that differ are changed, new ones added, others removed; the tables stay the same tables.
    case merge
    /// The tables are made anew.
    case replace
  }

  package struct Receipt: Hashable, Sendable {
    package let snapshot: UInt64
    /// The database and its host.
    package let target: String
    package let rowCount: Int
    /// Rows that were added, changed or removed.
    package let changedRowCount: Int
  }

  package let content: SummaryContent
  package let schema: String
  package let mode: Mode

  package init(_ content: SummaryContent, schema: String, mode: Mode) {
    self.content = content
    self.schema = schema
    self.mode = mode
  }

  /// - Parameter settings: A URL or `keyword=value` pairs of libpq, without a password.
  /// - Throws: `ExportError`; the tables are as they were unless the code is `unknownState`.
  package func write(to settings: String) throws(ExportError) -> Receipt {
    var target = schema
    do {
      let connection = try PostgresConnection(settings)
      target = "\(schema) of \(connection.name)"
      let writer = PostgresWriter(content: content, schema: schema, mode: mode)
      let counts = try writer.write(to: connection)
      do throws(PostgresError) {
        try connection.execute("COMMIT")
      } catch {
        throw ExportError(
          error.code == .connectionLost ? .unknownState : .checkFailed, path: target,
          "the commit was not acknowledged: \(error.message)")
      }
      return Receipt(
        snapshot: content.tables.snapshot, target: target, rowCount: counts.rows,
        changedRowCount: counts.changed)
    } catch let error as PostgresError {
      throw ExportError(error, target: target)
    } catch let error as ExportError {
      throw error
    } catch {
      throw ExportError(.checkFailed, path: target, "\(error)")
    }
  }
}

extension PostgresExport {
  /// What an earlier export into `schema` lets the next one take over; nothing where there is none, or where it is
  /// not believed. See `EarlierExport`.
  package static func knownCounts(
    in schema: String, of settings: String, for provenance: SummaryProvenance, areas: [Area],
    models: [RouteModel]
  ) -> KnownCounts {
    // Whatever is wrong with the server, the export that follows meets it and says so.
    let earlier = try? { () throws(PostgresError) -> EarlierExport? in
      let connection = try PostgresConnection(settings)
      try connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
      try connection.execute(PostgresWriter.choose(schema))
      return try EarlierExport(for: provenance) { table throws(PostgresError) in
        try connection.rows(table.selection, table.columns)
      }
    }()
    return earlier?.counts(of: areas, models) ?? .none
  }
}
