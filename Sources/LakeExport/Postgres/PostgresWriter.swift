/// The statements of an export, up to the commit.
///
/// Each table's rows are first copied into a temporary table of the same shape. What differs is then merged from
/// there: children lose rows before their parents, and gain them after.
struct PostgresWriter {
  let content: SummaryContent
  let schema: String
  let mode: PostgresExport.Mode

  /// - Returns: The rows of all tables, and those that were added, changed or removed.
  func write(
    to connection: borrowing PostgresConnection
  ) throws(PostgresError) -> (rows: Int, changed: Int) {
    try connection.execute("BEGIN")
    try connection.execute("SET LOCAL standard_conforming_strings TO on")
    try connection.execute("SET LOCAL client_encoding TO 'UTF8'")
    try connection.execute("SET LOCAL DateStyle TO 'ISO'")
    try connection.execute("CREATE SCHEMA IF NOT EXISTS \(quotedSchema)")
    // Two exports into one schema go one after the other.
    try connection.execute(
      "SELECT pg_advisory_xact_lock(\(Self.lockNumber), hashtext(\(Self.literal(schema))))")
    try connection.execute(Self.choose(schema))
    try makeTables(in: connection)
    var rowCount = 0
    for table in SummarySchema.tables { rowCount += try stage(table, in: connection) }
    var changed = 0
    for table in SummarySchema.tables.reversed() {
      changed += try removeRows(of: table, connection)
    }
    for table in SummarySchema.tables { changed += try addRows(of: table, connection) }
    for table in SummarySchema.tables { try check(table, connection) }
    return (rowCount, changed)
  }

  /// Makes `schema` the one in which tables are looked for, until the transaction ends.
  static func choose(_ schema: String) -> String {
    "SET LOCAL search_path TO \(identifier(schema))"
  }

  /// "trip", as in the header of a SQLite export.
  private static let lockNumber = 0x7472_6970

  private var quotedSchema: String { Self.identifier(schema) }

  private func makeTables(in connection: borrowing PostgresConnection) throws(PostgresError) {
    let version = try presentVersion(in: connection)
    if version != nil, mode == .replace { try dropTables(in: connection) }
    if let version, mode == .merge {
      guard version == String(SummarySchema.formatVersion) else {
        throw PostgresError(
          .failed, "the tables there are of format \(version); --mode replace makes them anew",
          state: "42P07")
      }
      return
    }
    for table in SummarySchema.tables {
      try connection.execute(SQLDialect.postgres.createTable(table))
      for index in SQLDialect.postgres.createIndexes(table) { try connection.execute(index) }
      for column in table.columns {
        try connection.execute(
          "COMMENT ON COLUMN \(table.name).\(column.name) IS \(Self.literal(comment(on: column)))")
      }
    }
    for view in SummarySchema.views {
      try connection.execute(SQLDialect.postgres.createView(view))
    }
  }

  private func comment(on column: SummaryColumn) -> String {
    column.meaning + (column.unit.map { " (\($0))" } ?? "")
  }

  /// The format of the tables in the schema; nil where there are none of ours.
  private func presentVersion(
    in connection: borrowing PostgresConnection
  ) throws(PostgresError) -> String? {
    let name = Self.literal("\(quotedSchema).\(SummarySchema.meta.name)")
    guard try connection.firstValue("SELECT to_regclass(\(name)) IS NOT NULL") == "t" else {
      return nil
    }
    return try connection.firstValue("SELECT format_version FROM \(SummarySchema.meta.name)") ?? ""
  }

  /// What the user's own views need is not dropped: the server refuses, and nothing is changed.
  private func dropTables(in connection: borrowing PostgresConnection) throws(PostgresError) {
    for view in SummarySchema.views.reversed() {
      try connection.execute("DROP VIEW IF EXISTS \(view.name)")
    }
    for table in SummarySchema.tables.reversed() {
      try connection.execute("DROP TABLE IF EXISTS \(table.name)")
    }
  }
}

extension PostgresWriter {
  private static let pieceByteCount = 64 * 1024

  private func stage(
    _ table: SummaryTable, in connection: borrowing PostgresConnection
  ) throws(PostgresError) -> Int {
    let staged = Self.staged(table)
    try connection.execute("CREATE TEMPORARY TABLE \(staged) (LIKE \(table.name)) ON COMMIT DROP")
    let rows = content.rows(of: table)
    var next = 0
    try connection.copy("COPY \(staged) FROM STDIN") { () throws(PostgresError) -> [UInt8] in
      var bytes: [UInt8] = []
      while next < rows.count, bytes.count < Self.pieceByteCount {
        try CopyText.append(rows[next], to: &bytes)
        next += 1
      }
      return bytes
    }
    try connection.execute("ANALYZE \(staged)")
    return rows.count
  }

  private func removeRows(
    of table: SummaryTable, _ connection: borrowing PostgresConnection
  ) throws(PostgresError) -> Int {
    let matches = table.primaryKey.map { "new.\($0) = old.\($0)" }.joined(separator: " AND ")
    return try connection.execute(
      """
      DELETE FROM \(table.name) AS old
      WHERE NOT EXISTS (SELECT FROM \(Self.staged(table)) AS new WHERE \(matches))
      """)
  }

  private func addRows(
    of table: SummaryTable, _ connection: borrowing PostgresConnection
  ) throws(PostgresError) -> Int {
    let others = table.columns.map(\.name).filter { !table.primaryKey.contains($0) }
    let changes = others.map { "\($0) = EXCLUDED.\($0)" }.joined(separator: ", ")
    let old = others.map { "old.\($0)" }.joined(separator: ", ")
    let new = others.map { "EXCLUDED.\($0)" }.joined(separator: ", ")
    return try connection.execute(
      """
      INSERT INTO \(table.name) AS old SELECT * FROM \(Self.staged(table))
      ON CONFLICT (\(table.primaryKey.joined(separator: ", "))) DO UPDATE SET \(changes)
      WHERE (\(old)) IS DISTINCT FROM (\(new))
      """)
  }

  /// Looks whether the table holds the staged rows and no others.
  private func check(
    _ table: SummaryTable, _ connection: borrowing PostgresConnection
  ) throws(PostgresError) {
    let staged = Self.staged(table)
    let difference = try connection.firstValue(
      """
      SELECT count(*) FROM (
        (TABLE \(staged) EXCEPT TABLE \(table.name)) UNION ALL (TABLE \(table.name) EXCEPT TABLE \(staged))
      ) AS difference
      """)
    guard difference == "0" else {
      throw PostgresError(.badValue, "rows of \(table.name) are not as they were sent")
    }
  }

  private static func staged(_ table: SummaryTable) -> String { "new_\(table.name)" }

  private static func identifier(_ name: String) -> String { quoted(name, by: "\"") }

  /// - Precondition: `standard_conforming_strings` is on, so that `\` stands for itself.
  private static func literal(_ text: String) -> String { quoted(text, by: "'") }

  private static func quoted(_ text: String, by quote: Character) -> String {
    let inside = text.map { $0 == quote ? "\(quote)\(quote)" : String($0) }.joined()
    return "\(quote)\(inside)\(quote)"
  }
}
