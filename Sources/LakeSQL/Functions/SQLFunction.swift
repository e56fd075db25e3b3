/// A function of SQL that gives rows: `SELECT … FROM weekly('Prague')`.
struct SQLFunction: Sendable {
  let name: String
  /// With their types.
  let columns: [(name: String, type: String)]
  /// In the order in which they stand between the parentheses; any may be left out or null.
  let parameters: [String]
  let rows: @Sendable (FunctionArguments, SQLContext) throws -> [[ResultValue]]

  static let all: [SQLFunction] = [weekly, weeklyByRoute, groups]
}

/// The table behind a function: its parameters are columns that only show when they are named.
final class FunctionTable: VirtualTable {
  fileprivate let function: SQLFunction
  fileprivate let context: SQLContext
  /// For each plan the parameters whose values the cursor is given.
  fileprivate private(set) var plans: [[Int]] = []

  init(_ function: SQLFunction, _ context: SQLContext) {
    self.function = function
    self.context = context
  }

  var declaration: String {
    let columns = function.columns.map { "\(SQLName.quoted($0.name)) \($0.type)" }
    let parameters = function.parameters.map { "\(SQLName.quoted($0)) HIDDEN" }
    return "CREATE TABLE x (\((columns + parameters).joined(separator: ", ")))"
  }

  func plan(_ question: PlanQuestion) -> PlanAnswer? {
    var uses: [PlanAnswer.Use] = []
    var parameters: [Int] = []
    for (index, constraint) in question.constraints.enumerated() {
      let parameter = constraint.column - function.columns.count
      guard parameter >= 0, constraint.comparison == .equal else { continue }
      // Its value comes from a table that must be read before.
      guard constraint.isUsable else { return nil }
      guard !parameters.contains(parameter) else { continue }
      parameters.append(parameter)
      uses.append(PlanAnswer.Use(constraint: index, isExact: true))
    }
    let names = parameters.map { function.parameters[$0] + "=" }
    return PlanAnswer(
      uses: uses, number: number(of: parameters), text: names.joined(separator: " "),
      cost: 100_000, rowCount: 100)
  }

  func makeCursor() -> any VirtualCursor { FunctionCursor(self) }

  private func number(of parameters: [Int]) -> Int {
    if let known = plans.firstIndex(of: parameters) { return known }
    plans.append(parameters)
    return plans.count - 1
  }
}

/// A walk through the rows of one call.
private final class FunctionCursor: VirtualCursor {
  private let table: FunctionTable
  private var values: [ResultValue] = []
  private var rows: [[ResultValue]] = []
  private var row = 0

  init(_ table: FunctionTable) {
    self.table = table
  }

  func start(plan number: Int, _ arguments: [PlanArgument]) throws {
    let function = table.function
    values = function.parameters.map { _ in .null }
    for (parameter, argument) in zip(table.plans[number], arguments) {
      if case .value(let value) = argument { values[parameter] = value }
    }
    rows = []
    row = 0
    let named = Dictionary(uniqueKeysWithValues: zip(function.parameters, values))
    rows = try function.rows(FunctionArguments(function.name, named), table.context)
  }

  func next() { row += 1 }

  var isAtEnd: Bool { row >= rows.count }

  var rowID: Int64 { Int64(row) }

  func give(column: Int, to result: ResultSlot) {
    let visible = table.function.columns.count
    result.give(column < visible ? rows[row][column] : values[column - visible])
  }
}
