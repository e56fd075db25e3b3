internal import LakeColumns
internal import TripModel

/// The loop over points that the boxes could not decide.
///
/// Safe because its precondition keeps every index inside the buffers, which stay borrowed while the pointers are
/// in use.
enum PolygonKernels {
  /// Keeps the selected rows whose point lies in one of `polygons`.
  ///
  /// - Parameters:
  ///   - x: The bit patterns of the longitudes, one a row.
  ///   - y: The same of the latitudes.
  static func keep(
    x: borrowing ColumnBuffer<UInt64>, y: borrowing ColumnBuffer<UInt64>, in polygons: [Polygon],
    selection: inout ColumnBuffer<UInt64>
  ) {
    precondition(x.count == y.count)
    precondition(selection.count == ValidityBitmap.wordCount(rowCount: x.count))
    x.withUnsafeBufferPointer { x in
      y.withUnsafeBufferPointer { y in
        selection.withUnsafeMutableBufferPointer { selection in
          for word in 0..<selection.count {
            var open = selection[word]
            while open != 0 {
              let row = word &* 64 &+ open.trailingZeroBitCount
              let point = (Double(bitPattern: x[row]), Double(bitPattern: y[row]))
              if !polygons.contains(where: { $0.contains(x: point.0, y: point.1) }) {
                selection[word] &= ~(1 &<< UInt64(open.trailingZeroBitCount))
              }
              open &= open &- 1
            }
          }
        }
      }
    }
  }
}
