/// Which rows of a column hold a value: one bit a row, least significant first, 1 where there is one.
///
/// A column without nulls has no bitmap. Bits past the last row are zero.
package enum ValidityBitmap {
  /// How many 64-bit words hold the bits of `rowCount` rows.
  @inlinable
  package static func wordCount(rowCount: Int) -> Int { (rowCount + 63) / 64 }

  /// - Precondition: `row` lies inside the bitmap.
  @inlinable
  package static func isValid(_ words: Span<UInt64>, row: Int) -> Bool {
    words[row >> 6] >> UInt64(row & 63) & 1 == 1
  }

  /// How many of the first `rowCount` rows hold a value.
  ///
  /// - Precondition: `words` holds the bits of `rowCount` rows.
  package static func validCount(_ words: Span<UInt64>, rowCount: Int) -> Int {
    var count = 0
    for index in 0..<rowCount / 64 { count += words[index].nonzeroBitCount }
    let rest = rowCount % 64
    if rest > 0 { count += (words[rowCount / 64] & (1 << UInt64(rest) - 1)).nonzeroBitCount }
    return count
  }
}
