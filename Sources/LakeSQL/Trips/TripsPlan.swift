internal import TripModel

/// How `trips` will be read: which conditions the engine gets, and which columns are read.
struct TripsPlan: Hashable {
  /// A condition that the engine understands, on one of the table's columns.
  struct Term: Hashable {
    let column: TripsColumn
    let comparison: PlanQuestion.Comparison
    /// Whether its value is a list, of which one must be equal.
    let isList: Bool
  }

  /// In the order of the cursor's arguments.
  let terms: [Term]
  /// Distinct, ascending.
  let columns: [ColumnID]
}

extension TripsPlan {
  /// `region= week range; columns 3`.
  var text: String {
    var comparisons: [(name: String, sign: String)] = []
    for term in terms {
      let sign = term.isList ? " in" : term.comparison.sign
      if let known = comparisons.firstIndex(where: { $0.name == term.column.name }) {
        if comparisons[known].sign != sign { comparisons[known].sign = " range" }
      } else {
        comparisons.append((term.column.name, sign))
      }
    }
    let conditions = comparisons.map { $0.name + $0.sign }.joined(separator: " ")
    return "\(terms.isEmpty ? "all trips" : conditions); columns \(columns.count)"
  }
}

extension PlanQuestion.Comparison {
  fileprivate var sign: String {
    switch self {
    case .equal: "="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .less: "<"
    case .lessOrEqual: "<="
    }
  }

  /// The share of rows that is guessed to meet the condition, where there are `count` values.
  func guessedShare(ofValues count: Int) -> Double {
    self == .equal ? 1 / Double(max(1, count)) : 0.4
  }
}
