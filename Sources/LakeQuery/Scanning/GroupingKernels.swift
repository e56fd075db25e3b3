internal import LakeColumns

/// Loops that count the selected rows of a block by small keys.
///
/// Safe for the reasons that `SelectionKernels` gives; keys come from files and are checked one by one.
enum GroupingKernels {
  /// Adds the text of each row to its key.
  ///
  /// - Returns: Whether every text lay in 0..<`textCount`; if not, the keys are void.
  static func addTexts(
    _ texts: borrowing ColumnBuffer<UInt64>, textCount: Int, keys: inout ColumnBuffer<Int>
  ) -> Bool {
    precondition(texts.count == keys.count)
    return texts.withUnsafeBufferPointer { texts in
      keys.withUnsafeMutableBufferPointer { keys in
        for row in 0..<keys.count {
          guard texts[row] < UInt64(textCount) else { return false }
          keys[row] &+= Int(truncatingIfNeeded: texts[row])
        }
        return true
      }
    }
  }

  /// Adds each selected row to the count of its key.
  ///
  /// - Precondition: Every key is an index into `counts`.
  static func count(
    keys: borrowing ColumnBuffer<Int>, selection: borrowing ColumnBuffer<UInt8>,
    counts: inout [Int]
  ) {
    precondition(keys.count == selection.count)
    keys.withUnsafeBufferPointer { keys in
      selection.withUnsafeBufferPointer { selection in
        counts.withUnsafeMutableBufferPointer { counts in
          for row in 0..<keys.count {
            precondition(UInt(bitPattern: keys[row]) < UInt(counts.count))
            counts[keys[row]] &+= Int(selection[row])
          }
        }
      }
    }
  }

  /// Widens the first and last time of each key by its selected rows. A key without a row keeps
  /// `Int64.max` and `Int64.min`.
  ///
  /// - Precondition: Every key is an index into `first` and `last`.
  static func widenTimes(
    keys: borrowing ColumnBuffer<Int>, times: borrowing ColumnBuffer<UInt64>,
    selection: borrowing ColumnBuffer<UInt8>, first: inout [Int64], last: inout [Int64]
  ) {
    precondition(keys.count == selection.count && times.count == selection.count)
    precondition(first.count == last.count)
    for row in 0..<keys.count where selection[row] == 1 {
      let time = Int64(bitPattern: times[row])
      first[keys[row]] = min(first[keys[row]], time)
      last[keys[row]] = max(last[keys[row]], time)
    }
  }
}
