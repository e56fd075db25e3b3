internal import LakeColumns

/// Which rows of a block are selected. Its memory is used again for every block.
final class RowSelection {
  /// One byte a row, 1 where it is selected.
  var bytes = ColumnBuffer<UInt8>()
  private(set) var selectedCount = 0

  var rowCount: Int { bytes.count }
  var isAll: Bool { selectedCount == rowCount }

  /// Begins with every row of a block.
  func selectAll(rowCount: Int) {
    bytes.removeAll()
    bytes.resize(to: rowCount, filling: 1)
    selectedCount = rowCount
  }

  /// Counts again after `bytes` changed.
  func recount() {
    selectedCount = SelectionKernels.selectedCount(bytes)
  }
}
