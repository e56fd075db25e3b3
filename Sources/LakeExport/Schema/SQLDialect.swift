/// The statements that make the tables and views, as one of two databases understands them.
///
/// They are put together from `SummarySchema` alone, never from data.
enum SQLDialect: Sendable {
  case sqlite
  case postgres

  /// One statement, without a final semicolon.
  func createTable(_ table: SummaryTable) -> String {
    let isOfOneColumn = table.primaryKey.count == 1
    var lines = table.columns.map { column in
      definition(of: column, isKey: isOfOneColumn && column.name == table.primaryKey[0])
    }
    if !isOfOneColumn { lines.append("PRIMARY KEY (\(table.primaryKey.joined(separator: ", ")))") }
    lines += table.constraints
    let body = lines.map { "  \($0)" }.joined(separator: ",\n")
    return "CREATE TABLE \(table.name) (\n\(body)\n)\(tableOptions)"
  }

  func createIndexes(_ table: SummaryTable) -> [String] {
    table.indexes.map { index in
      "CREATE INDEX \(index.name) ON \(table.name) (\(index.columns.joined(separator: ", ")))"
    }
  }

  func createView(_ view: SummaryView) -> String {
    "CREATE VIEW \(view.name) AS\n\(view.query)"
  }

  /// Rows live in the key's own tree: summary tables are found by their keys.
  private var tableOptions: String {
    switch self {
    case .sqlite: " STRICT, WITHOUT ROWID"
    case .postgres: ""
    }
  }

  private func definition(of column: SummaryColumn, isKey: Bool) -> String {
    var words = [column.name, name(of: column.kind)]
    if isKey { words.append("PRIMARY KEY") }
    if !isKey, !column.isOptional { words.append("NOT NULL") }
    if let check = column.check { words.append("CHECK (\(check))") }
    if let table = column.references { words.append("REFERENCES \(table) (\(column.name))") }
    return words.joined(separator: " ")
  }

  private func name(of kind: SummaryColumn.Kind) -> String {
    switch (self, kind) {
    case (.sqlite, .text), (.sqlite, .timestamp), (.sqlite, .date): "TEXT"
    case (.sqlite, .integer): "INTEGER"
    case (.sqlite, .real): "REAL"
    // Names are compared as bytes, whatever the language of the database.
    case (.postgres, .text): "text COLLATE \"C\""
    case (.postgres, .integer): "bigint"
    case (.postgres, .real): "double precision"
    case (.postgres, .timestamp): "timestamp"
    case (.postgres, .date): "date"
    }
  }
}
