internal import LakeColumns
internal import TripModel

/// Rows of a trip file that do not fill a block yet, in columns of their own.
struct WaitingRows {
  let columns: [ColumnVector]

  init(_ definitions: [ColumnDefinition]) {
    columns = definitions.map { ColumnVector(definition: $0) }
  }

  var rowCount: Int { columns.first?.rowCount ?? 0 }

  /// Appends some rows of columns of the same definitions and dictionaries.
  func append(_ others: [ColumnVector], rows: Range<Int>) {
    for (column, other) in zip(columns, others) { column.append(other, rows: rows) }
  }

  /// Forgets the rows and gives their memory back.
  func removeAll() {
    for column in columns {
      column.words = ColumnBuffer()
      column.validity = nil
    }
  }
}

extension ColumnVector {
  fileprivate func append(_ other: ColumnVector, rows: Range<Int>) {
    appendValidity(of: other, rows: rows)
    Self.append(other.words, rows: rows, to: &words)
  }

  private static func append(
    _ source: borrowing ColumnBuffer<UInt64>, rows: Range<Int>,
    to words: inout ColumnBuffer<UInt64>
  ) {
    words.append(contentsOf: source.span.extracting(rows))
  }

  private func appendValidity(of other: ColumnVector, rows: Range<Int>) {
    guard hasBitmap || other.hasBitmap else { return }
    let count = rowCount
    var bitmap = ColumnBuffer<UInt64>()
    bitmap.resize(to: ValidityBitmap.wordCount(rowCount: count + rows.count), filling: 0)
    for row in 0..<count where isValid(row: row) { bitmap[row / 64] |= 1 << UInt64(row % 64) }
    for (row, source) in zip(count..., rows) where other.isValid(row: source) {
      bitmap[row / 64] |= 1 << UInt64(row % 64)
    }
    validity = consume bitmap
  }
}
