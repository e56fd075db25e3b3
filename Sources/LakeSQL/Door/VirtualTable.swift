/// A table whose rows are made while SQLite reads them.
protocol VirtualTable: AnyObject {
  /// `CREATE TABLE x (…)`: the columns with their types.
  var declaration: String { get }

  /// How rows that meet some conditions are found.
  ///
  /// - Returns: `nil` where they cannot be found without conditions that are not there.
  func plan(_ question: PlanQuestion) -> PlanAnswer?

  func makeCursor() -> any VirtualCursor
}

/// A walk through the rows of a table.
///
/// What a method throws becomes an error of the statement, and is kept by the connection for whoever can
/// tell it better.
protocol VirtualCursor: AnyObject {
  /// Turns to the first row of those that a plan finds; there may be none.
  ///
  /// - Parameters:
  ///   - number: That of the plan's answer.
  ///   - arguments: One for each of the plan's uses.
  func start(plan number: Int, _ arguments: [PlanArgument]) throws
  func next() throws
  var isAtEnd: Bool { get }
  /// The same for a row whatever leads to it, and for no other row of the table.
  var rowID: Int64 { get }
  /// - Precondition: The cursor is at a row, which has this column.
  func give(column: Int, to result: ResultSlot)
  /// Called once, after the last row that is wanted.
  func close()
}

extension VirtualCursor {
  func close() {}
}

/// What SQLite asks before it reads a table.
struct PlanQuestion: Hashable {
  enum Comparison: Hashable {
    case equal
    case greater
    case greaterOrEqual
    case less
    case lessOrEqual
  }

  /// A condition on a column: the value stands to the right of the comparison.
  struct Constraint: Hashable {
    let column: Int
    /// `nil` for one that is none of these.
    let comparison: Comparison?
    /// Whether the value is there before the table is read.
    let isUsable: Bool
    /// Whether texts are compared byte by byte.
    let isBinary: Bool
    /// Whether it is an `IN` whose values can come all at once.
    let canBeList: Bool
  }

  let constraints: [Constraint]
  /// Of the columns that are read, one bit for each; the last bit stands for all from the 64th on.
  let columnsUsed: UInt64

  func isUsed(column: Int) -> Bool { columnsUsed >> UInt64(min(column, 63)) & 1 == 1 }
}

/// How a table will be read.
struct PlanAnswer: Hashable {
  /// A condition whose value the cursor gets. SQLite still checks it on each row unless `isExact`.
  struct Use: Hashable {
    let constraint: Int
    var isList = false
    var isExact = false
  }

  var uses: [Use] = []
  /// Leads the cursor to the plan.
  var number = 0
  /// What `EXPLAIN QUERY PLAN` shows.
  var text = ""
  /// In the time that one row takes to be read.
  var cost: Double
  var rowCount: Int
}

/// The value of a condition.
enum PlanArgument: Hashable {
  case value(ResultValue)
  case list([ResultValue])
}
