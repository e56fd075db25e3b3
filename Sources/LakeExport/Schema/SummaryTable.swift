/// The shape of a summary table: its columns and what holds between its rows.
package struct SummaryTable: Hashable, Sendable {
  struct Index: Hashable, Sendable {
    let name: String
    let columns: [String]
  }

  package let name: String
  package let columns: [SummaryColumn]
  /// The columns that no two rows share.
  package let primaryKey: [String]
  /// What holds beyond the checks and references of single columns, in SQL.
  let constraints: [String]
  let indexes: [Index]

  init(
    _ name: String, key primaryKey: [String], constraints: [String] = [], indexes: [Index] = [],
    _ columns: [SummaryColumn]
  ) {
    self.name = name
    self.columns = columns
    self.primaryKey = primaryKey
    self.constraints = constraints
    self.indexes = indexes
  }
}

/// A question with a name: a view over the summary tables.
package struct SummaryView: Hashable, Sendable {
  package let name: String
  /// In SQL that SQLite and PostgreSQL both understand.
  package let query: String
  package let columns: [SummaryColumn]
}
