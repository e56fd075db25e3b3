/// Which rows of a partition are written.
struct RowChoice {
  /// How many of some rows are.
  enum Share {
    case none, some, all
  }

  /// Of each input file, whether its rows are.
  private let isIncluded: [Bool]
  /// Rows that are not.
  private let removed: [RowSet]

  init(files isIncluded: [Bool], besides removed: RowSet...) {
    self.isIncluded = isIncluded
    self.removed = removed.filter { !$0.isEmpty }
  }

  func contains(_ row: UInt32, fileOrdinal: Int) -> Bool {
    isIncluded[fileOrdinal] && !removed.contains { $0.contains(row) }
  }

  /// How many rows of files with these ordinals are.
  func share(ofFiles ordinals: ClosedRange<Int>) -> Share {
    let files = isIncluded[ordinals]
    guard files.contains(true) else { return .none }
    return removed.isEmpty && !files.contains(false) ? .all : .some
  }
}
