internal import LakeColumns

/// Which rows of a block are selected. Its memory is used again for every block.
final class RowSelection {
  /// One bit a row, least significant first, 1 where it is selected; bits past the last row are zero.
  /// Whoever changes them calls `recount`.
  var bits = ColumnBuffer<UInt64>()
  private(set) var rowCount = 0
  private(set) var selectedCount = 0
  private var expanded = ColumnBuffer<UInt8>()
  private var isExpanded = false

  var isAll: Bool { selectedCount == rowCount }

  /// One byte a row, 1 where it is selected: what loops that treat every row alike ask for.
  ///
  /// - Complexity: O(rows) at the first use.
  var bytes: ColumnBuffer<UInt8> {
    _read {
      if !isExpanded {
        SelectionKernels.expand(bits, rowCount: rowCount, into: &expanded)
        isExpanded = true
      }
      yield expanded
    }
  }

  /// Begins with every row of a block.
  func selectAll(rowCount: Int) {
    self.rowCount = rowCount
    SelectionKernels.selectAll(rowCount: rowCount, in: &bits)
    selectedCount = rowCount
    isExpanded = false
  }

  /// Begins with the rows that another selects.
  func select(as other: RowSelection) {
    selectAll(rowCount: other.rowCount)
    guard !other.isAll else { return }
    SelectionKernels.keepEither(other.bits, other.bits, selection: &bits)
    recount()
  }

  /// Takes out every row.
  func selectNone() {
    bits.clear()
    recount()
  }

  /// Counts again after `bits` changed.
  func recount() {
    selectedCount = SelectionKernels.selectedCount(bits)
    isExpanded = false
  }
}
