internal import LakeColumns

/// Which rows of a growing column have a value. Nothing is kept while all have.
final class RowPresence {
  /// One byte a row, 1 where there is a value; behind the column while no null has come.
  private var bytes = ColumnBuffer<UInt8>()
  private var rowCount = 0
  private var hasNulls = false

  func removeAll() {
    bytes.removeAll()
    rowCount = 0
    hasNulls = false
  }

  func appendNulls(count: Int) {
    catchUp()
    hasNulls = hasNulls || count > 0
    rowCount += count
    bytes.resize(to: rowCount, filling: 0)
  }

  /// Appends the selected rows of a page whose bitmap is `validity`; an empty one says that all have a
  /// value.
  func append(_ validity: borrowing ColumnBuffer<UInt64>, _ selection: RowSelection) {
    defer { rowCount += selection.selectedCount }
    guard !validity.isEmpty else { return }
    catchUp()
    hasNulls = true
    GatherKernels.append(bitmap: validity, selection: selection.bytes, to: &bytes)
  }

  /// - Returns: `nil` where every row has a value.
  func makeBitmap() -> ColumnBuffer<UInt64>? {
    guard hasNulls else { return nil }
    catchUp()
    var bitmap = ColumnBuffer<UInt64>()
    bitmap.resize(to: ValidityBitmap.wordCount(rowCount: rowCount), filling: 0)
    for row in 0..<rowCount where bytes[row] == 1 { bitmap[row >> 6] |= 1 << UInt64(row & 63) }
    return bitmap
  }

  /// Notes the rows that came without a bitmap.
  private func catchUp() {
    bytes.resize(to: rowCount, filling: 1)
  }
}
