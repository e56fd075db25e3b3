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

  /// Summaries are short: they are read from their first row to their last, and SQLite looks for the rest. What
  /// would have to be counted in the trips is left out where nobody asks for it: other reports of
  /// `weekly_average`, and the digest of all counts.
  func plan(_ question: PlanQuestion) -> PlanAnswer? {
    if table == SummarySchema.meta {
      let digest = table.columns.firstIndex { $0.name == "counts_digest" }
      let isDigestUsed = digest.map { question.isUsed(column: $0) } ?? false
      return PlanAnswer(
        number: isDigestUsed ? SummaryPlan.everything : SummaryPlan.usual, text: "the row", cost: 1,
        rowCount: 1)
    }
    let report = question.constraints.firstIndex { constraint in
      table == SummarySchema.weeklyAverage && constraint.column == 0 && constraint.isUsable
        && constraint.isBinary && constraint.comparison == .equal && !constraint.canBeList
    }
    guard let report else { return PlanAnswer(text: "all rows", cost: 10_000, rowCount: 10_000) }
    return PlanAnswer(
      uses: [.init(constraint: report)], number: SummaryPlan.oneReport, text: "report=", cost: 3000,
      rowCount: 3000)
  }

  func makeCursor() -> any VirtualCursor { SummaryCursor(table, context) }
}

/// The numbers of the plans for a summary table.
private enum SummaryPlan {
  static let usual = 0
  /// The value of the one report that is wanted comes along.
  static let oneReport = 1
  static let everything = 2
}

/// A walk through rows that are there.
private final class SummaryCursor: VirtualCursor {
  private let table: SummaryTable
  private let context: SQLContext
  private var rows: [[SQLValue]] = []
  private var row = 0
  /// Where the rows of the report at hand begin; 0 in tables without reports.
  private var reportStart = 0

  init(_ table: SummaryTable, _ context: SQLContext) {
    self.table = table
    self.context = context
  }

  func start(plan number: Int, _ arguments: [PlanArgument]) throws {
    rows = try context.summaryRows(of: table, needs(plan: number, arguments))
    row = 0
    reportStart = 0
  }

  private func needs(plan number: Int, _ arguments: [PlanArgument]) -> SummaryNeeds {
    if number == SummaryPlan.everything { return [.areas, .routes] }
    guard number == SummaryPlan.oneReport, case .value(.text(let bytes)) = arguments.first else {
      return .of(table, report: nil)
    }
    return .of(table, report: String(decoding: bytes, as: UTF8.self))
  }

  func next() {
    row += 1
    if table == SummarySchema.weeklyAverage, !isAtEnd, rows[row][0] != rows[row - 1][0] {
      reportStart = row
    }
  }

  var isAtEnd: Bool { row >= rows.count }

  /// The place in the table, whose order never changes; of averages, of which some reports may be left out, the report
  /// and the place in it.
  var rowID: Int64 {
    guard table == SummarySchema.weeklyAverage, case .text(let report) = rows[row][0] else {
      return Int64(row)
    }
    // Names of reports differ in their lengths.
    return Int64(report.count) << 40 | Int64(row - reportStart)
  }

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
