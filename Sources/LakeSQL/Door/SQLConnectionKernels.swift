internal import CSQLite

/// A connection to SQLite: the program's own database in memory, or that of an extension's host.
///
/// The settings of its own are defensive, and after `lock` nothing can be written, attached or loaded.
final class SQLConnection {
  let routines: SQLiteRoutines
  let database: OpaquePointer
  private let watcher: Watcher
  private let isOwn: Bool

  /// Steps of SQLite's machine between two looks at whether to stop: some ten microseconds.
  private static let stepsBetweenLooks: Int32 = 2000

  /// - Parameter shouldStop: Asked often while a statement runs.
  /// - Throws: `SQLError.failed`.
  init(_ routines: SQLiteRoutines, shouldStop: @escaping () -> Bool) throws(SQLError) {
    self.routines = routines
    watcher = Watcher(shouldStop: shouldStop)
    isOwn = true
    let lite = routines.lite
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
    let result = lake_sqlite_open(lite, ":memory:", &opened, flags)
    guard result == SQLITE_OK, let opened else {
      _ = lake_sqlite_close(lite, opened)
      throw SQLError(.failed, "SQLite cannot be started: out of memory")
    }
    database = opened
    for (flag, isOn) in [
      (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
      (SQLITE_DBCONFIG_DQS_DDL, 0), (SQLITE_DBCONFIG_DQS_DML, 0),
      (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0), (SQLITE_DBCONFIG_ENABLE_TRIGGER, 0),
    ] as [(Int32, Int32)] {
      _ = lake_sqlite_configure(lite, database, flag, isOn)
    }
    _ = lake_sqlite_limit(lite, database, SQLITE_LIMIT_ATTACHED, 0)
  }

  /// - Parameter database: Open at least as long as this object lives, and closed by the host.
  init(hosted database: OpaquePointer, _ routines: SQLiteRoutines) {
    self.database = database
    self.routines = routines
    watcher = Watcher { false }
    isOwn = false
  }

  deinit {
    if isOwn { _ = lake_sqlite_close(routines.lite, database) }
  }

  /// Runs statements whose rows nobody wants.
  func run(_ sql: String) throws(SQLError) {
    let text = Array(sql.utf8)
    var position = 0
    while let statement = try prepare(text, from: &position) {
      while try statement.advance() {}
    }
  }

  /// From now on statements only read.
  func lock() {
    // Both callbacks are gone before the watcher is: they end with the connection.
    let object = Unmanaged.passUnretained(watcher).toOpaque()
    _ = lake_sqlite_authorize(routines.lite, database, authorize, object)
    lake_sqlite_on_progress(
      routines.lite, database, Self.stepsBetweenLooks, stopOnRequest, object)
  }

  /// The next statement of a text.
  ///
  /// - Parameter position: Where to begin; moved behind the statement.
  /// - Returns: `nil` where nothing is left but blanks and comments.
  /// - Throws: `SQLError`, its offset counted from the start of the text.
  func prepare(
    _ text: [UInt8], from position: inout Int
  ) throws(SQLError) -> SQLStatement? {
    watcher.refusal = nil
    while position < text.count {
      let start = position
      var handle: OpaquePointer?
      let result = text.withUnsafeBytes { bytes in
        let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
          .assumingMemoryBound(to: CChar.self)
        var tail: UnsafePointer<CChar>?
        let result = lake_sqlite_prepare(
          routines.lite, database, rest.baseAddress, Int32(clamping: rest.count), &handle, &tail)
        if let tail, let base = rest.baseAddress { position = start + (tail - base) }
        return result
      }
      guard result == SQLITE_OK else { throw error(result, offsetFrom: start) }
      if let handle { return SQLStatement(handle, of: self) }
      // A zero byte ends the text for SQLite.
      if position == start { break }
    }
    guard position >= text.count else {
      throw SQLError(.notUnderstood, "a zero byte stands in the text", offset: position)
    }
    return nil
  }

  /// Whether the connection is set to write nothing, not even into its own memory.
  func isQueryOnly() throws(SQLError) -> Bool {
    var position = 0
    guard let statement = try prepare(Array("PRAGMA query_only".utf8), from: &position) else {
      return false
    }
    return try statement.advance() && statement.value(ofColumn: 0) != .integer(0)
  }

  func isComplete(_ text: String) -> Bool {
    text.withCString { lake_sqlite_is_complete(routines.lite, $0) != 0 }
  }

  /// What a result code means.
  func error(_ result: Int32, offsetFrom start: Int? = nil) -> SQLError {
    let text = lake_sqlite_message(routines.lite, database).map { String(cString: $0) }
    let message = text ?? "unknown error"
    let place = lake_sqlite_error_offset(routines.lite, database)
    let offset = start.flatMap { place >= 0 ? $0 + Int(place) : nil }
    if result & 0xff == SQLITE_INTERRUPT {
      return SQLError(.interrupted, "the statement was interrupted")
    }
    if let refusal = watcher.refusal {
      return SQLError(.refused, refusal, offset: offset ?? start)
    }
    // Of tables that know no writing SQLite says so before it asks for leave.
    if message.hasSuffix("may not be modified") {
      return SQLError(.refused, message, offset: offset ?? start)
    }
    return SQLError(start == nil ? .failed : .notUnderstood, message, offset: offset)
  }
}

/// What the callbacks of a connection look at.
private final class Watcher {
  let shouldStop: () -> Bool
  /// What was refused last.
  var refusal: String?

  init(shouldStop: @escaping () -> Bool) {
    self.shouldStop = shouldStop
  }
}

private func stopOnRequest(_ object: UnsafeMutableRawPointer?) -> Int32 {
  guard let object else { return 0 }
  return Unmanaged<Watcher>.fromOpaque(object).takeUnretainedValue().shouldStop() ? 1 : 0
}

private func authorize(
  _ object: UnsafeMutableRawPointer?, _ action: Int32, _ first: UnsafePointer<CChar>?,
  _ second: UnsafePointer<CChar>?, _ database: UnsafePointer<CChar>?,
  _ trigger: UnsafePointer<CChar>?
) -> Int32 {
  let names = [first, second].map { $0.map { String(cString: $0) } }
  guard let refusal = SQLPermission.refusal(of: SQLAction(action, on: names[0]), names[0], names[1])
  else {
    return SQLITE_OK
  }
  if let object { Unmanaged<Watcher>.fromOpaque(object).takeUnretainedValue().refusal = refusal }
  return SQLITE_DENY
}

extension SQLAction {
  /// - Parameter table: The table that an action is about, where it is about one.
  init(_ code: Int32, on table: String?) {
    switch code {
    // Asked for whenever a pragma is used as a table; writing to it is refused by the defensive settings.
    case SQLITE_UPDATE where ["sqlite_master", "sqlite_temp_master"].contains(table): self = .read
    case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: self = .read
    case SQLITE_FUNCTION: self = .function
    case SQLITE_PRAGMA: self = .pragma
    case SQLITE_TRANSACTION, SQLITE_SAVEPOINT: self = .transaction
    case SQLITE_ATTACH, SQLITE_DETACH: self = .attach
    default: self = .write
    }
  }
}

/// One statement that runs. Rows come one after the other; its memory is freed with the last reference.
package final class SQLStatement {
  private let handle: OpaquePointer
  private let connection: SQLConnection

  fileprivate init(_ handle: OpaquePointer, of connection: SQLConnection) {
    self.handle = handle
    self.connection = connection
  }

  deinit {
    _ = lake_sqlite_finalize(connection.routines.lite, handle)
  }

  /// Empty for a statement that has no result.
  package var columnNames: [String] {
    let lite = connection.routines.lite
    return (0..<lake_sqlite_column_count(lite, handle)).map { column in
      lake_sqlite_column_name(lite, handle, column).map { String(cString: $0) } ?? ""
    }
  }

  /// Moves to the next row.
  ///
  /// - Returns: False where there is none.
  /// - Throws: `SQLError`.
  func advance() throws(SQLError) -> Bool {
    switch lake_sqlite_step(connection.routines.lite, handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let result: throw connection.error(result)
    }
  }

  /// The value of a column of the row at hand.
  package func value(ofColumn column: Int) -> ResultValue {
    let routines = connection.routines
    return routines.value(lake_sqlite_column(routines.lite, handle, Int32(column)))
  }
}
