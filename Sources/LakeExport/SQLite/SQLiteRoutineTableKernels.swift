internal import CSQLite

extension SQLiteLibrary {
  /// The table of functions that the linked SQLite hands to extensions; it lives as long as the process. `nil` where
  /// there is no memory.
  package static var routines: UnsafeRawPointer? {
    lake_sqlite_linked().map { UnsafeRawPointer($0) }
  }
}
