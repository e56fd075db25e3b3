/// Which rows of a partition are written.
struct RowChoice {
  /// Of each input file, whether its rows are.
  private let isIncluded: [Bool]
  /// Rows that are not.
  private let removed: [RowSet]
  /// Whether all rows are.
  let isWhole: Bool

  init(files isIncluded: [Bool], besides removed: RowSet...) {
    self.isIncluded = isIncluded
    self.removed = removed.filter { !$0.isEmpty }
    isWhole = self.removed.isEmpty && !isIncluded.contains(false)
  }

  func contains(_ row: UInt32, fileOrdinal: Int) -> Bool {
    isIncluded[fileOrdinal] && !removed.contains { $0.contains(row) }
  }
}
