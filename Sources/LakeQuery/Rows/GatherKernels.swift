internal import LakeColumns

/// Loops that copy the selected rows of a block.
///
/// Safe because the preconditions keep every index inside the buffers, and because no more is written than
/// there are rows, for which room is made first.
enum GatherKernels {
  /// Appends the selected of `words`.
  static func append(
    _ words: borrowing ColumnBuffer<UInt64>, selection: borrowing ColumnBuffer<UInt8>,
    to target: inout ColumnBuffer<UInt64>
  ) {
    precondition(words.count == selection.count)
    words.withUnsafeBufferPointer { words in
      selection.withUnsafeBufferPointer { selection in
        target.appendUnsafe(upTo: words.count) { target in
          var written = 0
          for row in 0..<words.count {
            // Written in any case and kept only where selected, which spares a branch.
            target[written] = words[row]
            written &+= Int(selection[row])
          }
          return written
        }
      }
    }
  }

  /// Appends a byte, 1 or 0, for the bit of each selected row.
  static func append(
    bitmap: borrowing ColumnBuffer<UInt64>, selection: borrowing ColumnBuffer<UInt8>,
    to target: inout ColumnBuffer<UInt8>
  ) {
    precondition(bitmap.count >= ValidityBitmap.wordCount(rowCount: selection.count))
    bitmap.withUnsafeBufferPointer { bitmap in
      selection.withUnsafeBufferPointer { selection in
        target.appendUnsafe(upTo: selection.count) { target in
          var written = 0
          for row in 0..<selection.count {
            target[written] = UInt8(truncatingIfNeeded: bitmap[row >> 6] >> UInt64(row & 63) & 1)
            written &+= Int(selection[row])
          }
          return written
        }
      }
    }
  }

  /// Appends the number of each selected row, the first row having the number `first`.
  static func appendRowNumbers(
    from first: Int, selection: borrowing ColumnBuffer<UInt8>,
    to target: inout ColumnBuffer<UInt64>
  ) {
    selection.withUnsafeBufferPointer { selection in
      target.appendUnsafe(upTo: selection.count) { target in
        var written = 0
        for row in 0..<selection.count {
          target[written] = UInt64(first &+ row)
          written &+= Int(selection[row])
        }
        return written
      }
    }
  }
}
