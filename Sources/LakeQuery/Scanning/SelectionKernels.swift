internal import LakeColumns
internal import TripModel

/// Loops over the words of a block that narrow down a selection: one bit a row, least significant first,
/// and zeros past the last row.
///
/// Each is safe because its precondition keeps every index inside the buffers, which stay borrowed while the
/// pointers are in use.
enum SelectionKernels {
  private static let rowsPerWord = 64

  /// Replaces `bits` by those of `rowCount` rows that are all selected.
  static func selectAll(rowCount: Int, in bits: inout ColumnBuffer<UInt64>) {
    bits.removeAll()
    bits.resize(to: ValidityBitmap.wordCount(rowCount: rowCount), filling: .max)
    let rest = rowCount % rowsPerWord
    if rest > 0 { bits[bits.count - 1] = 1 << UInt64(rest) - 1 }
  }

  /// Keeps the rows whose time lies in `range`.
  static func keep(
    times: borrowing ColumnBuffer<UInt64>, in range: ClosedRange<Int64>,
    selection: inout ColumnBuffer<UInt64>
  ) {
    let low = range.lowerBound
    let width = UInt64(bitPattern: range.upperBound &- low)
    keep(times, &selection) { $0 &- UInt64(bitPattern: low) <= width }
  }

  /// Keeps the rows whose double lies in `range`. NaN lies in no range.
  static func keep(
    doubles: borrowing ColumnBuffer<UInt64>, in range: ClosedRange<Double>,
    selection: inout ColumnBuffer<UInt64>
  ) {
    let (low, high) = (range.lowerBound, range.upperBound)
    keep(doubles, &selection) { word in
      let value = Double(bitPattern: word)
      return (value >= low) && (value <= high)
    }
  }

  /// Keeps the rows whose double is at most `low` or at least `high`. NaN is neither.
  static func keep(
    doubles: borrowing ColumnBuffer<UInt64>, through low: Double, orFrom high: Double,
    selection: inout ColumnBuffer<UInt64>
  ) {
    keep(doubles, &selection) { word in
      let value = Double(bitPattern: word)
      return (value <= low) || (value >= high)
    }
  }

  /// Keeps the rows whose text is wanted: `isWanted` holds 1 or 0 for each entry of the dictionary.
  ///
  /// - Returns: Whether every word was an index into the dictionary; if not, the selection is void.
  static func keep(
    texts: borrowing ColumnBuffer<UInt64>, isWanted: borrowing ColumnBuffer<UInt8>,
    selection: inout ColumnBuffer<UInt64>
  ) -> Bool {
    let count = UInt64(isWanted.count)
    var isInside = true
    isWanted.withUnsafeBufferPointer { isWanted in
      keep(texts, &selection) { text in
        guard text < count else {
          isInside = false
          return false
        }
        return isWanted[Int(truncatingIfNeeded: text)] == 1
      }
    }
    return isInside
  }

  /// Keeps the rows that have a value. An empty bitmap says that all have.
  static func keep(
    valid bitmap: borrowing ColumnBuffer<UInt64>, selection: inout ColumnBuffer<UInt64>
  ) {
    guard !bitmap.isEmpty else { return }
    precondition(bitmap.count == selection.count)
    for word in 0..<selection.count { selection[word] &= bitmap[word] }
  }

  /// Keeps the rows that have a value, or those that have none. An empty bitmap says that all have.
  static func keep(
    _ bitmap: borrowing ColumnBuffer<UInt64>, isValid: Bool,
    selection: inout ColumnBuffer<UInt64>
  ) {
    if isValid { return keep(valid: bitmap, selection: &selection) }
    guard !bitmap.isEmpty else { return selection.clear() }
    remove(bitmap, from: &selection)
  }

  /// Takes out the rows that are in another selection.
  static func remove(
    _ other: borrowing ColumnBuffer<UInt64>, from selection: inout ColumnBuffer<UInt64>
  ) {
    precondition(other.count == selection.count)
    for word in 0..<selection.count { selection[word] &= ~other[word] }
  }

  /// Keeps the rows that are in one of two selections.
  static func keepEither(
    _ left: borrowing ColumnBuffer<UInt64>, _ right: borrowing ColumnBuffer<UInt64>,
    selection: inout ColumnBuffer<UInt64>
  ) {
    precondition(left.count == selection.count && right.count == selection.count)
    for word in 0..<selection.count { selection[word] &= left[word] | right[word] }
  }

  static func selectedCount(_ selection: borrowing ColumnBuffer<UInt64>) -> Int {
    selection.withUnsafeBufferPointer { selection in
      var count = 0
      for word in selection { count &+= word.nonzeroBitCount }
      return count
    }
  }

  /// Replaces `bytes` by one a row, 1 where the row is selected and else 0.
  static func expand(
    _ selection: borrowing ColumnBuffer<UInt64>, rowCount: Int,
    into bytes: inout ColumnBuffer<UInt8>
  ) {
    precondition(selection.count == ValidityBitmap.wordCount(rowCount: rowCount))
    bytes.removeAll()
    bytes.appendUnsafe(upTo: rowCount) { target in
      selection.withUnsafeBufferPointer { selection in
        for row in 0..<rowCount {
          target[row] = UInt8(truncatingIfNeeded: selection[row >> 6] >> UInt64(row & 63) & 1)
        }
      }
      return rowCount
    }
  }

  /// Keeps the rows for whose word `isKept` holds.
  ///
  /// - Precondition: `selection` holds a bit for each of `words`.
  @inline(__always)
  private static func keep(
    _ words: borrowing ColumnBuffer<UInt64>, _ selection: inout ColumnBuffer<UInt64>,
    _ isKept: (_ word: UInt64) -> Bool
  ) {
    precondition(selection.count == ValidityBitmap.wordCount(rowCount: words.count))
    words.withUnsafeBufferPointer { words in
      selection.withUnsafeMutableBufferPointer { selection in
        for index in 0..<selection.count {
          let first = index * rowsPerWord
          var bits: UInt64 = 0
          for row in (first..<min(first + rowsPerWord, words.count)).reversed() {
            bits = bits &+ bits &+ (isKept(words[row]) ? 1 : 0)
          }
          selection[index] &= bits
        }
      }
    }
  }
}
