internal import LakeColumns
internal import TripModel

/// Loops over the words of a block that narrow down a selection: one byte a row, 1 selected and 0 not.
///
/// Bytes rather than bits, because the compiler turns these loops into vector code by itself. They are
/// free of branches, so their time does not depend on the data. Each is safe because its precondition keeps
/// every index inside the buffers, which stay borrowed while the pointers are in use.
enum SelectionKernels {
  /// Keeps the rows whose time lies in `range`.
  static func keep(
    times: borrowing ColumnBuffer<UInt64>, in range: ClosedRange<Int64>,
    selection: inout ColumnBuffer<UInt8>
  ) {
    precondition(times.count == selection.count)
    let low = range.lowerBound
    let width = UInt64(bitPattern: range.upperBound &- low)
    times.withUnsafeBufferPointer { times in
      selection.withUnsafeMutableBufferPointer { selection in
        for row in 0..<selection.count {
          let distance = times[row] &- UInt64(bitPattern: low)
          selection[row] &= distance <= width ? 1 : 0
        }
      }
    }
  }

  /// Keeps the rows whose point lies in `box`. A coordinate that is NaN lies in no box.
  static func keep(
    x: borrowing ColumnBuffer<UInt64>, y: borrowing ColumnBuffer<UInt64>, in box: BoundingBox,
    selection: inout ColumnBuffer<UInt8>
  ) {
    precondition(x.count == selection.count && y.count == selection.count)
    let (west, south, east, north) = (box.west, box.south, box.east, box.north)
    let crosses = box.crossesAntimeridian
    x.withUnsafeBufferPointer { x in
      y.withUnsafeBufferPointer { y in
        selection.withUnsafeMutableBufferPointer { selection in
          if crosses {
            for row in 0..<selection.count {
              let pointX = Double(bitPattern: x[row])
              let pointY = Double(bitPattern: y[row])
              let isInX: UInt8 = (pointX >= west ? 1 : 0) | (pointX <= east ? 1 : 0)
              let isInY: UInt8 = (pointY >= south ? 1 : 0) & (pointY <= north ? 1 : 0)
              selection[row] &= isInX & isInY
            }
          } else {
            for row in 0..<selection.count {
              let pointX = Double(bitPattern: x[row])
              let pointY = Double(bitPattern: y[row])
              let isInX: UInt8 = (pointX >= west ? 1 : 0) & (pointX <= east ? 1 : 0)
              let isInY: UInt8 = (pointY >= south ? 1 : 0) & (pointY <= north ? 1 : 0)
              selection[row] &= isInX & isInY
            }
          }
        }
      }
    }
  }

  /// Keeps the rows whose text is wanted: `isWanted` holds 1 or 0 for each entry of the dictionary.
  ///
  /// - Returns: Whether every word was an index into the dictionary; if not, the selection is void.
  static func keep(
    texts: borrowing ColumnBuffer<UInt64>, isWanted: borrowing ColumnBuffer<UInt8>,
    selection: inout ColumnBuffer<UInt8>
  ) -> Bool {
    precondition(texts.count == selection.count)
    return texts.withUnsafeBufferPointer { texts in
      isWanted.withUnsafeBufferPointer { isWanted in
        selection.withUnsafeMutableBufferPointer { selection in
          for row in 0..<selection.count {
            guard texts[row] < UInt64(isWanted.count) else { return false }
            selection[row] &= isWanted[Int(texts[row])]
          }
          return true
        }
      }
    }
  }

  /// Keeps the rows that have a value. An empty bitmap says that all have.
  static func keep(
    valid bitmap: borrowing ColumnBuffer<UInt64>, selection: inout ColumnBuffer<UInt8>
  ) {
    guard !bitmap.isEmpty else { return }
    precondition(bitmap.count >= ValidityBitmap.wordCount(rowCount: selection.count))
    bitmap.withUnsafeBufferPointer { bitmap in
      selection.withUnsafeMutableBufferPointer { selection in
        for row in 0..<selection.count {
          let bit = bitmap[row >> 6] >> UInt64(row & 63) & 1
          selection[row] &= UInt8(truncatingIfNeeded: bit)
        }
      }
    }
  }

  /// Keeps the rows that are in one of two selections.
  static func keepEither(
    _ left: borrowing ColumnBuffer<UInt8>, _ right: borrowing ColumnBuffer<UInt8>,
    selection: inout ColumnBuffer<UInt8>
  ) {
    precondition(left.count == selection.count && right.count == selection.count)
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        selection.withUnsafeMutableBufferPointer { selection in
          for row in 0..<selection.count { selection[row] &= left[row] | right[row] }
        }
      }
    }
  }

  static func selectedCount(_ selection: borrowing ColumnBuffer<UInt8>) -> Int {
    selection.withUnsafeBufferPointer { selection in
      var count = 0
      for byte in selection { count &+= Int(byte) }
      return count
    }
  }
}
