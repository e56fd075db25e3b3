internal import LakeQuery
internal import LakeStore
internal import TripModel

/// The trips of a lake as a table of SQL.
final class TripsTable: VirtualTable {
  let context: SQLContext
  let columns: [TripsColumn]
  /// Plans that SQLite was told of; a cursor is given the number of one.
  private(set) var plans: [TripsPlan] = []
  let facts: TripsFacts

  init(_ context: SQLContext) {
    self.context = context
    columns = TripsColumn.columns(of: context.reader.manifest.schema)
    facts = TripsFacts(context.reader)
  }

  var declaration: String {
    "CREATE TABLE x (\(columns.map(\.declaration).joined(separator: ", ")))"
  }

  func plan(_ question: PlanQuestion) -> PlanAnswer? {
    var terms: [TripsPlan.Term] = []
    var uses: [PlanAnswer.Use] = []
    var share = 1.0
    for (index, constraint) in question.constraints.enumerated() {
      guard constraint.isUsable, let comparison = constraint.comparison,
        columns.indices.contains(constraint.column)
      else { continue }
      let column = columns[constraint.column]
      guard column.isPushed, !column.isText || constraint.isBinary else { continue }
      let isList = constraint.canBeList && comparison == .equal && column.takesLists
      terms.append(TripsPlan.Term(column: column, comparison: comparison, isList: isList))
      uses.append(PlanAnswer.Use(constraint: index, isList: isList))
      share *= comparison.guessedShare(ofValues: facts.valueCount(of: column))
    }
    let used = columns.indices.filter { question.isUsed(column: $0) }
    let plan = TripsPlan(
      terms: terms, columns: Set(used.compactMap { columns[$0].id }).sorted())
    let rowCount = Double(facts.rowCount) * share
    return PlanAnswer(
      uses: uses, number: number(of: plan), text: plan.text,
      // Each scan begins with a look at every file of the manifest.
      cost: Double(facts.fileCount) * 0.01 + rowCount * (1 + Double(plan.columns.count) * 0.2),
      rowCount: max(1, Int(rowCount)))
  }

  func makeCursor() -> any VirtualCursor { TripsCursor(self) }

  private func number(of plan: TripsPlan) -> Int {
    if let known = plans.firstIndex(of: plan) { return known }
    plans.append(plan)
    return plans.count - 1
  }
}

extension TripsColumn {
  /// Whether the engine knows conditions on it.
  fileprivate var isPushed: Bool {
    switch kind {
    case .region, .week: true
    case .text(let id), .real(let id), .integer(let id), .localTime(let id), .epoch(let id):
      id < .load
    }
  }

  fileprivate var isText: Bool {
    switch kind {
    case .region, .week, .text, .localTime: true
    case .real, .integer, .epoch: false
    }
  }

  /// Whether one scan finds the rows of several values without reading those of others.
  fileprivate var takesLists: Bool {
    switch kind {
    case .region, .text: true
    default: false
    }
  }
}
