internal import LakeColumns
internal import LakeFile
internal import TripModel

extension ConditionEvaluator {
  /// Takes from `selection` every row whose value does not compare as asked.
  ///
  /// - Parameter wanted: Which texts do, where the column has texts.
  func apply(
    _ comparison: ColumnComparison, wanted: WantedTexts?, _ pages: BlockPages,
    _ selection: RowSelection
  ) throws(TripFileError) {
    let column = comparison.column
    guard pages.hasColumn(column) else {
      if comparison.test != .isNull { selection.selectNone() }
      return
    }
    if let kept = comparison.keptIntegers {
      guard let range = kept.range else { return selection.selectNone() }
      try keep(column, .integers(range), isOutside: kept.isOutside, pages, selection)
    } else if let kept = comparison.keptNumbers {
      try keep(column, .doubles(kept.range), isOutside: kept.isOutside, pages, selection)
    } else if let wanted {
      let page = try pages.page(column)
      SelectionKernels.keep(valid: page.validity, selection: &selection.bits)
      guard
        SelectionKernels.keep(
          texts: page.words, isWanted: wanted.isWanted, selection: &selection.bits)
      else { throw pages.error(column: column, "a text lies outside the dictionary") }
    } else {
      let page = try pages.page(column)
      let isNull = comparison.test == .isNull
      SelectionKernels.keep(page.validity, isValid: !isNull, selection: &selection.bits)
    }
    selection.recount()
  }

  private func keep(
    _ column: ColumnID, _ range: ValueRange, isOutside: Bool, _ pages: BlockPages,
    _ selection: RowSelection
  ) throws(TripFileError) {
    guard isOutside else { return try keep(column, range, pages, selection) }
    inside.selectAll(rowCount: selection.rowCount)
    try keep(column, range, pages, inside)
    SelectionKernels.remove(inside.bits, from: &selection.bits)
    // What is left of others are values and numbers.
    let page = try pages.page(column)
    SelectionKernels.keep(valid: page.validity, selection: &selection.bits)
    if case .doubles = range {
      SelectionKernels.keep(
        doubles: page.words, in: -Double.infinity...Double.infinity, selection: &selection.bits)
    }
  }

  private func keep(
    _ column: ColumnID, _ range: ValueRange, _ pages: BlockPages, _ selection: RowSelection
  ) throws(TripFileError) {
    guard try !pages.keep(column, in: range, selection: &selection.bits) else { return }
    let page = try pages.page(column)
    switch range {
    case .integers(let range):
      SelectionKernels.keep(times: page.words, in: range, selection: &selection.bits)
    case .doubles(let range):
      SelectionKernels.keep(doubles: page.words, in: range, selection: &selection.bits)
    }
    SelectionKernels.keep(valid: page.validity, selection: &selection.bits)
  }
}
