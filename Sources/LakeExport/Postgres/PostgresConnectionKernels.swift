internal import CPostgres

/// A connection to a PostgreSQL server; the only door to libpq, which is opened at first use. Used by one thread.
struct PostgresConnection: ~Copyable {
  private static let libraryName = "libpq.so.5"
  /// Functions of a library that stays open; never changed once it is set.
  private static let library: lake_pg? = {
    var library = lake_pg()
    return lake_pg_open(libraryName, &library) == 1 ? library : nil
  }()

  private let library: lake_pg
  private let handle: UnsafeMutableRawPointer

  /// - Parameter settings: A URL (`postgresql://user@host/database`) or pairs (`service=trips`), without a password.
  /// - Throws: `PostgresError`: no library, unreadable settings, a password in them, no connection.
  init(_ settings: String) throws(PostgresError) {
    guard let library = Self.library else {
      throw PostgresError(
        .missingLibrary, "libpq is missing; the package libpq5 holds it: apt install libpq5")
    }
    switch withUnsafePointer(to: library, { lake_pg_holds_password($0, settings) }) {
    case 0: break
    case 1: throw PostgresError(.passwordInSettings, "a password stands in the connection settings")
    default:
      throw PostgresError(.badSettings, "these are no connection settings that libpq can read")
    }
    guard let handle = library.connect(settings) else {
      throw PostgresError(.connectionLost, "out of memory")
    }
    guard library.status(handle) == Int32(LAKE_PG_CONNECTION_OK) else {
      let message = Self.text(library.error_message(handle))
      library.finish(handle)
      throw PostgresError(.noConnection, message)
    }
    self.library = library
    self.handle = handle
    withUnsafePointer(to: library) { lake_pg_drop_notices($0, handle) }
  }

  deinit {
    library.finish(handle)
  }

  /// `trips on localhost`, for messages.
  var name: String {
    let host = Self.text(library.host(handle))
    return Self.text(library.database(handle)) + (host.isEmpty ? "" : " on \(host)")
  }

  /// Runs one statement.
  ///
  /// - Returns: The number of rows that it changed; 0 where it changes none.
  @discardableResult
  func execute(_ sql: String) throws(PostgresError) -> Int {
    let result = Result(library, library.execute(handle, sql))
    try check(result, is: LAKE_PG_COMMAND_OK, LAKE_PG_TUPLES_OK)
    return result.changedRowCount
  }

  /// The first value of the first row of a query, as text; nil where there is no row.
  func firstValue(_ sql: String) throws(PostgresError) -> String? {
    let result = Result(library, library.execute(handle, sql))
    try check(result, is: LAKE_PG_TUPLES_OK)
    return result.firstValue
  }

  /// All rows of a query whose columns are those of a summary table.
  func rows(
    _ sql: String, _ columns: [SummaryColumn]
  ) throws(PostgresError) -> [[SQLValue]] {
    let result = Result(library, library.execute(handle, sql))
    try check(result, is: LAKE_PG_TUPLES_OK)
    var rows: [[SQLValue]] = []
    for row in 0..<result.rowCount {
      rows.append(columns.indices.map { result.value(row, $0, columns[$0].kind) })
    }
    return rows
  }

  /// Sends rows in the text format of `COPY … FROM STDIN`.
  ///
  /// - Parameter next: Gives the next bytes, whole rows or parts of them; empty at the end.
  func copy(
    _ sql: String, _ next: () throws(PostgresError) -> [UInt8]
  ) throws(PostgresError) {
    try check(Result(library, library.execute(handle, sql)), is: LAKE_PG_COPY_IN)
    while true {
      let bytes = try next()
      if bytes.isEmpty { break }
      let isSent = bytes.withUnsafeBytes { buffer in
        library.put_copy_data(
          handle, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
      }
      guard isSent == 1 else { throw failure(nil) }
    }
    guard library.put_copy_end(handle, nil) == 1 else { throw failure(nil) }
    var error: PostgresError?
    while let pointer = library.next_result(handle) {
      let result = Result(library, pointer)
      if result.status != Int32(LAKE_PG_COMMAND_OK) { error = failure(result.fault) }
    }
    if let error { throw error }
  }

  private func check(
    _ result: borrowing Result, is expected: Int...
  ) throws(PostgresError) {
    guard expected.contains(Int(result.status)) else { throw failure(result.fault) }
  }

  private func failure(_ fault: (state: String, message: String)?) -> PostgresError {
    guard library.status(handle) == Int32(LAKE_PG_CONNECTION_OK) else {
      return PostgresError(.connectionLost, Self.text(library.error_message(handle)))
    }
    guard let fault else {
      return PostgresError(.failed, Self.text(library.error_message(handle)))
    }
    return PostgresError(.failed, fault.message, state: fault.state)
  }

  /// The text of a C string of libpq on one line, without "error: " of its own.
  private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
    guard let pointer else { return "" }
    return String(cString: pointer).split(separator: "\n").map { line in
      line.drop { $0 == "\t" || $0 == " " }
    }.joined(separator: "; ")
  }
}

extension PostgresConnection {
  /// What a statement gave; cleared when it goes out of scope.
  private struct Result: ~Copyable {
    private let library: lake_pg
    private let pointer: UnsafeMutableRawPointer?

    init(_ library: lake_pg, _ pointer: UnsafeMutableRawPointer?) {
      self.library = library
      self.pointer = pointer
    }

    deinit {
      library.clear(pointer)
    }

    var status: Int32 { library.result_status(pointer) }

    var changedRowCount: Int {
      library.changed_rows(pointer).flatMap { Int(String(cString: $0)) } ?? 0
    }

    var firstValue: String? {
      guard library.row_count(pointer) > 0 else { return nil }
      return library.value(pointer, 0, 0).map { String(cString: $0) }
    }

    var rowCount: Int { Int(library.row_count(pointer)) }

    func value(_ row: Int, _ column: Int, _ kind: SummaryColumn.Kind) -> SQLValue {
      guard library.is_null(pointer, Int32(row), Int32(column)) == 0,
        let start = library.value(pointer, Int32(row), Int32(column))
      else { return .null }
      let text = String(cString: start)
      return switch kind {
      case .integer: Int64(text).map { .integer($0) } ?? .null
      case .real: Double(text).map { .real($0) } ?? .null
      case .text, .timestamp, .date: .text(text)
      }
    }

    /// The five letters of the error and its first line.
    var fault: (state: String, message: String) {
      (field(LAKE_PG_DIAG_SQLSTATE), field(LAKE_PG_DIAG_MESSAGE_PRIMARY))
    }

    private func field(_ field: Int) -> String {
      library.result_field(pointer, Int32(field)).map { String(cString: $0) } ?? ""
    }
  }
}
