internal import CSQLite

/// The functions of the SQLite at hand: that of the program, or that of an extension's host.
///
/// `@unchecked Sendable` because the table is never changed and lives as long as the process.
package struct SQLiteRoutines: @unchecked Sendable {
  let lite: UnsafePointer<lake_sqlite>

  /// - Parameter address: A `sqlite3_api_routines` of SQLite 3.26 or newer that is never freed.
  package init(_ address: UnsafeRawPointer) {
    lite = address.assumingMemoryBound(to: lake_sqlite.self)
  }

  /// 3040001 for 3.40.1.
  package var version: Int { Int(lake_sqlite_version(lite)) }

  func value(_ value: OpaquePointer?) -> ResultValue {
    switch lake_sqlite_type(lite, value) {
    case SQLITE_INTEGER: .integer(lake_sqlite_integer(lite, value))
    case SQLITE_FLOAT: .real(lake_sqlite_real(lite, value))
    case SQLITE_TEXT: .text(bytes(of: value))
    case SQLITE_BLOB: .blob(bytes(of: value))
    default: .null
    }
  }

  /// The values of a list that came all at once.
  func list(_ list: OpaquePointer?) -> [ResultValue] {
    var values: [ResultValue] = []
    var next: OpaquePointer?
    var result = lake_sqlite_list_first(lite, list, &next)
    while result == SQLITE_OK, let found = next {
      values.append(value(found))
      result = lake_sqlite_list_next(lite, list, &next)
    }
    return values
  }

  private func bytes(of value: OpaquePointer?) -> [UInt8] {
    // The pointer first: asking for it may turn the value into another encoding, which changes the count.
    let start = lake_sqlite_bytes(lite, value)
    let count = Int(lake_sqlite_byte_count(lite, value))
    return Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// A copy of a text that SQLite frees; `nil` where there is no memory for it.
  func copy(_ text: String) -> UnsafeMutablePointer<CChar>? {
    let bytes = Array(text.utf8)
    guard let memory = lake_sqlite_allocate(lite, bytes.count + 1) else { return nil }
    let copy = memory.bindMemory(to: CChar.self, capacity: bytes.count + 1)
    for (index, byte) in bytes.enumerated() { copy[index] = CChar(bitPattern: byte) }
    copy[bytes.count] = 0
    return copy
  }
}

/// Where the value of a column or function goes.
struct ResultSlot {
  let context: OpaquePointer?
  let routines: SQLiteRoutines

  @inline(__always)
  func giveNull() { lake_sqlite_give_null(routines.lite, context) }

  @inline(__always)
  func give(_ number: Int64) { lake_sqlite_give_integer(routines.lite, context, number) }

  /// SQLite has no NaN: it becomes null.
  @inline(__always)
  func give(_ number: Double) { lake_sqlite_give_real(routines.lite, context, number) }

  @inline(__always)
  func give(text bytes: [UInt8]) {
    bytes.withUnsafeBytes {
      lake_sqlite_give_text(routines.lite, context, $0.baseAddress, $0.count)
    }
  }

  func give(error message: String) {
    var message = message
    message.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        lake_sqlite_give_error(routines.lite, context, $0.baseAddress, Int32($0.count))
      }
    }
  }

  func give(_ value: ResultValue) {
    switch value {
    case .null: giveNull()
    case .integer(let number): give(number)
    case .real(let number): give(number)
    case .text(let bytes), .blob(let bytes): give(text: bytes)
    }
  }
}
