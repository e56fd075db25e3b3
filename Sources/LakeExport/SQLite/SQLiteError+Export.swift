internal import CSQLite

extension ExportError {
  /// What a failure of SQLite means for the export to `path`.
  init(_ error: SQLiteError, path: String) {
    let code: Code =
      switch error.primaryCode {
      case SQLITE_CANTOPEN: .cannotCreate
      case SQLITE_PERM, SQLITE_READONLY, SQLITE_AUTH: .notPermitted
      case SQLITE_FULL, SQLITE_IOERR, SQLITE_NOMEM: .inputOutput
      case SQLITE_BUSY, SQLITE_LOCKED: .targetBusy
      default: .checkFailed
      }
    self.init(code, path: path, error.primaryCode == SQLITE_FULL ? "disk full" : error.message)
  }
}
