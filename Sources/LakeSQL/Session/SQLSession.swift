package import LakeQuery

/// SQL over one snapshot of a lake, in the program itself.
///
/// Statements only read. One at a time, on one thread.
package final class SQLSession {
  private let context: SQLContext
  private let connection: SQLConnection
  private let host: TableHost
  private let watch: StopWatch

  /// - Parameters:
  ///   - isInterrupted: Asked often while a statement runs; true ends it.
  ///   - now: Seconds of a clock that is never set back.
  /// - Throws: `SQLError`.
  package init(
    _ context: SQLContext, _ routines: SQLiteRoutines,
    isInterrupted: @escaping () -> Bool = { false }, now: @escaping () -> Double = { 0 }
  ) throws {
    self.context = context
    let watch = StopWatch(isInterrupted: isInterrupted, now: now)
    self.watch = watch
    host = TableHost(routines) { "\($0)" }
    connection = try SQLConnection(routines) { watch.shouldStop }
    context.shouldStop = { watch.shouldStop }
    try LakeTables(context, host).register(on: connection, schema: "main")
    connection.lock()
  }

  /// The next statement of a script; `nil` behind the last.
  ///
  /// - Parameter position: In bytes; moved behind the statement.
  /// - Throws: `SQLError`, its offset counted from the start of the script; what a table throws.
  package func next(
    in script: [UInt8], from position: inout Int, timeoutSeconds: Double? = nil
  ) throws -> SQLStatement? {
    watch.start(timeoutSeconds)
    host.failure = nil
    do {
      return try connection.prepare(script, from: &position)
    } catch {
      throw cause(of: error)
    }
  }

  /// Whether a text ends with a whole statement and its semicolon.
  package func isComplete(_ text: String) -> Bool { connection.isComplete(text) }

  /// Moves a statement to its next row.
  ///
  /// - Returns: False where there is none.
  /// - Throws: `SQLError`; what a table throws, such as `StoreError` of a damaged file.
  package func advance(_ statement: SQLStatement) throws -> Bool {
    do {
      return try statement.advance()
    } catch {
      throw cause(of: error)
    }
  }

  /// The names of tables and their columns, for suggestions.
  package var names: [String] {
    LakeTables(context, host).names
  }

  /// What scans of trips read since this was last asked. Those of a statement are in it when the statement is gone.
  package func takeExplain() -> ScanExplain { context.takeExplain() }

  /// The error behind what SQLite reports.
  private func cause(of error: SQLError) -> any Error {
    if watch.isTimedOut {
      return SQLError(.timedOut, "the statement took longer than allowed")
    }
    return host.failure ?? error
  }
}

/// Whether a statement must end.
private final class StopWatch {
  private let isInterrupted: () -> Bool
  private let now: () -> Double
  private var deadline = Double.infinity
  private(set) var isTimedOut = false

  init(isInterrupted: @escaping () -> Bool, now: @escaping () -> Double) {
    self.isInterrupted = isInterrupted
    self.now = now
  }

  func start(_ timeoutSeconds: Double?) {
    deadline = timeoutSeconds.map { now() + $0 } ?? .infinity
    isTimedOut = false
  }

  var shouldStop: Bool {
    if deadline.isFinite, now() >= deadline { isTimedOut = true }
    return isTimedOut || isInterrupted()
  }
}
