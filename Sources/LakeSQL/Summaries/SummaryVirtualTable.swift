internal import LakeExport

/// A summary table, its rows made when the first of its connection is read.
final class SummaryVirtualTable: VirtualTable {
  private let table: SummaryTable
  private let context: SQLContext

  init(_ table: SummaryTable, _ context: SQLContext) {
    self.table = table
    self.context = context
  }

  var declaration: String {
    let columns = table.columns.map { "\(SQLName.quoted($0.name)) \($0.kind.sqlType)" }
    return "CREATE TABLE x (\(columns.joined(separator: ", ")))"
  }

  /// Summaries are short: they are read from their first row to their last, and SQLite looks for the rest.
  func plan(_ question: PlanQuestion) -> PlanAnswer? {
    PlanAnswer(text: "all rows", cost: 10_000, rowCount: 10_000)
  }

  func makeCursor() -> any VirtualCursor { SummaryCursor(table, context) }
}

/// A walk through rows that are there.
private final class SummaryCursor: VirtualCursor {
  private let table: SummaryTable
  private let context: SQLContext
  private var rows: [[SQLValue]] = []
  private var row = 0

  init(_ table: SummaryTable, _ context: SQLContext) {
    self.table = table
    self.context = context
  }

  func start(plan number: Int, _ arguments: [PlanArgument]) throws {
    rows = try context.summaryRows(of: table)
    row = 0
  }

  func next() { row += 1 }

  var isAtEnd: Bool { row >= rows.count }

  /// The place in the table, whose order never changes.
  var rowID: Int64 { Int64(row) }

  func give(column: Int, to result: ResultSlot) {
    switch rows[row][column] {
    case .null: result.giveNull()
    case .integer(let number): result.give(number)
    case .real(let number): result.give(number)
    case .text(let bytes): result.give(text: bytes)
    }
  }
}

extension SummaryColumn.Kind {
  fileprivate var sqlType: String {
    switch self {
    case .text, .timestamp, .date: "TEXT"
    case .integer: "INTEGER"
    case .real: "REAL"
    }
  }
}
