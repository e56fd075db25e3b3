internal import CSQLite

/// One prepared statement; finalised when it goes out of scope, which must be before its database closes.
package struct SQLiteStatement: ~Copyable {
  private let handle: OpaquePointer

  init(_ handle: OpaquePointer) {
    self.handle = handle
  }

  deinit {
    sqlite3_finalize(handle)
  }

  /// Sets the parameters from the first on, runs the statement to its end and makes it ready to run again.
  package mutating func run(_ values: [SQLValue]) throws(SQLiteError) {
    try bind(values)
    while try step() {}
    sqlite3_reset(handle)
  }

  package mutating func run(_ values: SQLValue...) throws(SQLiteError) {
    try run(values)
  }

  /// Sets the parameters from the first on. The statement must be new or reset.
  package mutating func bind(_ values: [SQLValue]) throws(SQLiteError) {
    for (offset, value) in values.enumerated() {
      let index = Int32(offset + 1)
      let result =
        switch value {
        case .null: sqlite3_bind_null(handle, index)
        case .integer(let number): sqlite3_bind_int64(handle, index, number)
        case .real(let number): sqlite3_bind_double(handle, index, number)
        case .text(let bytes):
          bytes.withUnsafeBytes {
            lake_sqlite_bind_text(handle, index, $0.baseAddress, $0.count)
          }
        }
      guard result == SQLITE_OK else { throw error(result) }
    }
  }

  /// Moves to the next row.
  ///
  /// - Returns: False where there is none.
  package mutating func step() throws(SQLiteError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let result: throw error(result)
    }
  }

  /// The values of the row that `step` moved to.
  package var row: [SQLValue] {
    (0..<sqlite3_column_count(handle)).map { value(ofColumn: $0) }
  }

  private func value(ofColumn index: Int32) -> SQLValue {
    switch sqlite3_column_type(handle, index) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, index))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, index))
    case SQLITE_NULL: return .null
    default:
      // For a text this is its bytes; nothing in an export is a blob.
      let start = sqlite3_column_blob(handle, index)
      let count = Int(sqlite3_column_bytes(handle, index))
      return .text(Array(UnsafeRawBufferPointer(start: start, count: count)))
    }
  }

  private func error(_ result: Int32) -> SQLiteError {
    let text = sqlite3_errmsg(sqlite3_db_handle(handle)).map { String(cString: $0) }
    return SQLiteError(code: result, message: text ?? "unknown error")
  }
}
