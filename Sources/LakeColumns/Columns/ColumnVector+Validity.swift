extension ColumnVector {
  /// Whether some row may be null.
  package var hasBitmap: Bool {
    switch validity {
    case .some: true
    case .none: false
    }
  }

  /// - Precondition: `row` lies inside the column.
  package func isValid(row: Int) -> Bool {
    switch validity {
    case .some(let bitmap): ValidityBitmap.isValid(bitmap.span, row: row)
    case .none: true
    }
  }

  /// Replaces `bitmap` by that of some rows; it is left empty where each of them has a value.
  ///
  /// - Precondition: `rows` lies inside the column.
  package func copyValidity(rows: Range<Int>, into bitmap: inout ColumnBuffer<UInt64>) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount)
    bitmap.removeAll()
    switch validity {
    case .some(let all):
      let first = rows.lowerBound / 64
      let shift = UInt64(rows.lowerBound % 64)
      for index in first..<first + ValidityBitmap.wordCount(rowCount: rows.count) {
        let next = index + 1 < all.count ? all[index + 1] : 0
        bitmap.append(all[index] >> shift | next << (64 - shift))
      }
    case .none: return
    }
    let rest = rows.count % 64
    if rest > 0 { bitmap[bitmap.count - 1] &= 1 << UInt64(rest) - 1 }
    if ValidityBitmap.validCount(bitmap.span, rowCount: rows.count) == rows.count {
      bitmap.removeAll()
    }
  }
}
