internal import CSQLite

/// The SQLite that the program runs with.
package enum SQLiteLibrary {
  package static var version: String { String(cString: sqlite3_libversion()) }
}
