internal import CSQLite

/// What the tables of one connection share: its SQLite, and the last error of any of them.
final class TableHost {
  let routines: SQLiteRoutines
  /// Why the statement at hand failed, where a table of ours is to blame.
  var failure: (any Error)?
  /// The error in words for those who see nothing else of it.
  let describe: (any Error) -> String

  init(_ routines: SQLiteRoutines, describe: @escaping (any Error) -> String) {
    self.routines = routines
    self.describe = describe
  }
}

/// A kind of virtual table, known to one connection by its name.
///
/// Safe because SQLite calls with pointers that it was given here: a module's object lives until SQLite releases it,
/// a table's until it is disconnected, a cursor's until it is closed, and all calls of a connection come one after
/// the other.
final class VirtualModule {
  /// Makes the table that a statement names.
  ///
  /// - Parameter arguments: Those of `CREATE VIRTUAL TABLE`.
  typealias Maker = (_ arguments: [String]) throws -> any VirtualTable

  fileprivate let host: TableHost
  fileprivate let make: Maker
  private let functions: UnsafeMutablePointer<sqlite3_module>

  private init(_ host: TableHost, isFunction: Bool, _ make: @escaping Maker) {
    self.host = host
    self.make = make
    functions = .allocate(capacity: 1)
    functions.initialize(to: sqlite3_module())
    functions.pointee.xConnect = connectTable
    // Without xCreate a table needs no CREATE VIRTUAL TABLE and allows none.
    functions.pointee.xCreate = isFunction ? nil : connectTable
    functions.pointee.xBestIndex = planTable
    functions.pointee.xDisconnect = disconnectTable
    functions.pointee.xDestroy = isFunction ? nil : disconnectTable
    functions.pointee.xOpen = openCursor
    functions.pointee.xClose = closeCursor
    functions.pointee.xFilter = startCursor
    functions.pointee.xNext = advanceCursor
    functions.pointee.xEof = isCursorAtEnd
    functions.pointee.xColumn = giveColumn
    functions.pointee.xRowid = giveRowID
  }

  deinit {
    functions.deallocate()
  }

  /// Makes a module known to the connection.
  ///
  /// - Parameter isFunction: Whether the table is there without `CREATE VIRTUAL TABLE`, as a function that
  ///   gives rows.
  /// - Returns: False where SQLite refuses.
  static func register(
    _ name: String, isFunction: Bool = false, on database: OpaquePointer?, _ host: TableHost,
    _ make: @escaping Maker
  ) -> Bool {
    let module = VirtualModule(host, isFunction: isFunction, make)
    // SQLite releases the object in any case.
    let result = lake_sqlite_add_module(
      host.routines.lite, database, name, module.functions,
      Unmanaged.passRetained(module).toOpaque(), releaseModule)
    return result == SQLITE_OK
  }
}

/// A table with its host.
private final class TableObject {
  let table: any VirtualTable
  let host: TableHost

  init(_ table: any VirtualTable, _ host: TableHost) {
    self.table = table
    self.host = host
  }
}

private final class CursorObject {
  let cursor: any VirtualCursor
  let host: TableHost
  /// Where messages to SQLite go.
  let table: UnsafeMutablePointer<sqlite3_vtab>

  init(_ cursor: any VirtualCursor, _ host: TableHost, _ table: UnsafeMutablePointer<sqlite3_vtab>)
  {
    self.cursor = cursor
    self.host = host
    self.table = table
  }
}

extension TableHost {
  /// Keeps an error and tells SQLite of it.
  fileprivate func fail(_ error: any Error, _ message: inout UnsafeMutablePointer<CChar>?) -> Int32
  {
    failure = error
    if message != nil { lake_sqlite_free(routines.lite, message) }
    message = routines.copy(describe(error))
    return SQLITE_ERROR
  }
}

private func releaseModule(_ object: UnsafeMutableRawPointer?) {
  if let object { Unmanaged<VirtualModule>.fromOpaque(object).release() }
}

private func connectTable(
  _ database: OpaquePointer?, _ object: UnsafeMutableRawPointer?, _ count: Int32,
  _ words: UnsafePointer<UnsafePointer<CChar>?>?,
  _ table: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab>?>?,
  _ message: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  guard let object, let table, let message, let words else { return SQLITE_MISUSE }
  let module = Unmanaged<VirtualModule>.fromOpaque(object).takeUnretainedValue()
  let lite = module.host.routines.lite
  // Before the arguments stand the module, the database and the table.
  let arguments = (0..<Int(count)).dropFirst(3).map { words[$0].map { String(cString: $0) } ?? "" }
  do {
    let made = try module.make(arguments)
    let result = lake_sqlite_declare(lite, database, made.declaration)
    guard result == SQLITE_OK else { return result }
    lake_sqlite_mark_harmless(lite, database)
    let memory = UnsafeMutablePointer<lake_sqlite_table>.allocate(capacity: 1)
    memory.initialize(to: lake_sqlite_table())
    memory.pointee.object = Unmanaged.passRetained(TableObject(made, module.host)).toOpaque()
    table.pointee = UnsafeMutableRawPointer(memory).assumingMemoryBound(to: sqlite3_vtab.self)
    return SQLITE_OK
  } catch {
    return module.host.fail(error, &message.pointee)
  }
}

@inline(__always)
private func object(of table: UnsafeMutablePointer<sqlite3_vtab>) -> Unmanaged<TableObject>? {
  UnsafeMutableRawPointer(table).assumingMemoryBound(to: lake_sqlite_table.self).pointee.object
    .map { Unmanaged.fromOpaque($0) }
}

@inline(__always)
private func object(
  of cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>
) -> Unmanaged<CursorObject>? {
  UnsafeMutableRawPointer(cursor).assumingMemoryBound(to: lake_sqlite_cursor.self).pointee.object
    .map { Unmanaged.fromOpaque($0) }
}

private func disconnectTable(_ table: UnsafeMutablePointer<sqlite3_vtab>?) -> Int32 {
  guard let table else { return SQLITE_OK }
  object(of: table)?.release()
  UnsafeMutableRawPointer(table).assumingMemoryBound(to: lake_sqlite_table.self).deallocate()
  return SQLITE_OK
}

private func planTable(
  _ table: UnsafeMutablePointer<sqlite3_vtab>?, _ info: UnsafeMutablePointer<sqlite3_index_info>?
) -> Int32 {
  guard let table, let info, let object = object(of: table)?.takeUnretainedValue() else {
    return SQLITE_MISUSE
  }
  let routines = object.host.routines
  guard let answer = object.table.plan(PlanQuestion(info, routines)) else {
    return SQLITE_CONSTRAINT
  }
  for (position, use) in answer.uses.enumerated() {
    info.pointee.aConstraintUsage[use.constraint].argvIndex = Int32(position + 1)
    info.pointee.aConstraintUsage[use.constraint].omit = use.isExact ? 1 : 0
    if use.isList { _ = lake_sqlite_take_list(routines.lite, info, Int32(use.constraint), 1) }
  }
  info.pointee.idxNum = Int32(truncatingIfNeeded: answer.number)
  info.pointee.idxStr = routines.copy(answer.text)
  info.pointee.needToFreeIdxStr = 1
  info.pointee.estimatedCost = answer.cost
  info.pointee.estimatedRows = Int64(answer.rowCount)
  return SQLITE_OK
}

extension PlanQuestion {
  fileprivate init(
    _ info: UnsafeMutablePointer<sqlite3_index_info>, _ routines: SQLiteRoutines
  ) {
    let count = Int(info.pointee.nConstraint)
    constraints = (0..<count).map { index in
      let constraint = info.pointee.aConstraint[index]
      let collation = lake_sqlite_collation(routines.lite, info, Int32(index))
      return Constraint(
        column: Int(constraint.iColumn), comparison: Comparison(code: Int32(constraint.op)),
        isUsable: constraint.usable != 0,
        isBinary: collation.map { String(cString: $0) == "BINARY" } ?? false,
        canBeList: lake_sqlite_take_list(routines.lite, info, Int32(index), -1) != 0)
    }
    columnsUsed = info.pointee.colUsed
  }
}

extension PlanQuestion.Comparison {
  fileprivate init?(code: Int32) {
    switch code {
    case SQLITE_INDEX_CONSTRAINT_EQ: self = .equal
    case SQLITE_INDEX_CONSTRAINT_GT: self = .greater
    case SQLITE_INDEX_CONSTRAINT_GE: self = .greaterOrEqual
    case SQLITE_INDEX_CONSTRAINT_LT: self = .less
    case SQLITE_INDEX_CONSTRAINT_LE: self = .lessOrEqual
    default: return nil
    }
  }
}

private func openCursor(
  _ table: UnsafeMutablePointer<sqlite3_vtab>?,
  _ cursor: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab_cursor>?>?
) -> Int32 {
  guard let table, let cursor, let object = object(of: table)?.takeUnretainedValue() else {
    return SQLITE_MISUSE
  }
  let made = CursorObject(object.table.makeCursor(), object.host, table)
  let memory = UnsafeMutablePointer<lake_sqlite_cursor>.allocate(capacity: 1)
  memory.initialize(to: lake_sqlite_cursor())
  memory.pointee.object = Unmanaged.passRetained(made).toOpaque()
  cursor.pointee = UnsafeMutableRawPointer(memory)
    .assumingMemoryBound(to: sqlite3_vtab_cursor.self)
  return SQLITE_OK
}

private func closeCursor(_ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> Int32 {
  guard let cursor else { return SQLITE_OK }
  if let object = object(of: cursor) {
    object.takeUnretainedValue().cursor.close()
    object.release()
  }
  UnsafeMutableRawPointer(cursor).assumingMemoryBound(to: lake_sqlite_cursor.self).deallocate()
  return SQLITE_OK
}

private func startCursor(
  _ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?, _ number: Int32,
  _ text: UnsafePointer<CChar>?, _ count: Int32, _ values: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  guard let cursor, let object = object(of: cursor)?.takeUnretainedValue() else {
    return SQLITE_MISUSE
  }
  let routines = object.host.routines
  do {
    let arguments = (0..<Int(count)).map { index in
      let value = values?[index]
      // A list comes as a null that knows its values.
      let single = routines.value(value)
      guard single == .null, routines.version >= 3_038_000 else {
        return PlanArgument.value(single)
      }
      let list = routines.list(value)
      return list.isEmpty ? .value(.null) : .list(list)
    }
    try object.cursor.start(plan: Int(number), arguments)
    return SQLITE_OK
  } catch {
    return object.host.fail(error, &object.table.pointee.zErrMsg)
  }
}

private func advanceCursor(_ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> Int32 {
  guard let cursor, let object = object(of: cursor) else { return SQLITE_MISUSE }
  return object._withUnsafeGuaranteedRef { object in
    do {
      try object.cursor.next()
      return SQLITE_OK
    } catch {
      return object.host.fail(error, &object.table.pointee.zErrMsg)
    }
  }
}

private func isCursorAtEnd(_ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> Int32 {
  guard let cursor, let object = object(of: cursor) else { return 1 }
  return object._withUnsafeGuaranteedRef { $0.cursor.isAtEnd ? 1 : 0 }
}

private func giveColumn(
  _ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?, _ context: OpaquePointer?, _ column: Int32
) -> Int32 {
  guard let cursor, let object = object(of: cursor) else { return SQLITE_MISUSE }
  object._withUnsafeGuaranteedRef { object in
    object.cursor.give(
      column: Int(column), to: ResultSlot(context: context, routines: object.host.routines))
  }
  return SQLITE_OK
}

private func giveRowID(
  _ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?, _ rowID: UnsafeMutablePointer<Int64>?
) -> Int32 {
  guard let cursor, let object = object(of: cursor) else { return SQLITE_MISUSE }
  rowID?.pointee = object._withUnsafeGuaranteedRef { $0.cursor.rowID }
  return SQLITE_OK
}
