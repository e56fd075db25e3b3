internal import CVector

/// The extents of origins and destinations, and the grid that the curve is laid over those of the origins with.
struct PlaceExtents {
  /// Origin x, y, destination x, y.
  private var minimum = SIMD4<Double>(repeating: .infinity)
  private var maximum = SIMD4<Double>(repeating: -.infinity)

  /// Absent destinations, being NaNs, change nothing.
  ///
  /// Unchecked: `row` points to a row's words.
  @inline(__always)
  mutating func add(_ row: UnsafePointer<UInt64>) {
    let places = UnsafeRawPointer(row + TripRow.originX).loadUnaligned(as: SIMD4<Double>.self)
    minimum.replace(with: places, where: places .< minimum)
    maximum.replace(with: places, where: places .> maximum)
  }

  var grid: OriginGrid {
    OriginGrid(
      corner: minimum.lowHalf,
      scale: SIMD2(Self.scale(minimum.x, maximum.x), Self.scale(minimum.y, maximum.y)))
  }

  /// Degrees from the smallest x or y to the largest, whichever is more.
  var span: Double {
    let least = pointwiseMin(minimum.lowHalf, minimum.highHalf)
    let most = pointwiseMax(maximum.lowHalf, maximum.highHalf)
    return (most - least).max()
  }

  /// What makes cells 0 to 65,535 of the distance from the smallest to the largest coordinate; 0 where they are
  /// too near to each other to be told apart.
  private static func scale(_ minimum: Double, _ maximum: Double) -> Double {
    let scale = OriginGrid.largestCell / (maximum - minimum)
    return scale.isFinite ? scale : 0
  }
}

/// A grid whose cells lie on the curve.
struct OriginGrid {
  static let largestCell = 65_535.0
  /// Cells that are placed together.
  private static let batchCount = 256

  fileprivate let corner: SIMD2<Double>
  fileprivate let scale: SIMD2<Double>

  @inline(__always)
  fileprivate static func origin(_ row: UnsafePointer<UInt64>) -> SIMD2<Double> {
    UnsafeRawPointer(row + TripRow.originX).loadUnaligned(as: SIMD2<Double>.self)
  }

  /// Sets the high half of each entry, which is 0, to the place on the curve of the row in the low half.
  ///
  /// Unchecked: the rows are in `blocks`.
  func place(_ entries: UnsafeMutablePointer<UInt64>, count: Int, _ blocks: RowBlocks) {
    withUnsafeTemporaryAllocation(of: lake_int2.self, capacity: Self.batchCount) { cells in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.batchCount) { positions in
        guard let cells = cells.baseAddress, let positions = positions.baseAddress else { return }
        for start in stride(from: 0, to: count, by: Self.batchCount) {
          let batch = entries + start
          let batchCount = min(Self.batchCount, count - start)
          for index in 0..<batchCount {
            cells[index] = cell(blocks[UInt32(truncatingIfNeeded: batch[index])])
          }
          cells.withMemoryRebound(to: UInt32.self, capacity: batchCount * 2) {
            Self.place($0, positions, count: batchCount)
          }
          for index in 0..<batchCount { batch[index] |= UInt64(positions[index]) &<< 32 }
        }
      }
    }
  }

  @inline(__always)
  private func cell(_ row: UnsafePointer<UInt64>) -> lake_int2 {
    let place = (Self.origin(row) - corner) * scale
    let largest = SIMD2(repeating: Self.largestCell)
    return lake_truncated(place.replacing(with: largest, where: largest .< place))
  }

  /// - Parameter cells: x and y of each.
  private static func place(
    _ cells: UnsafePointer<UInt32>, _ positions: UnsafeMutablePointer<UInt32>, count: Int
  ) {
    for index in 0..<count {
      positions[index] = HilbertCurve.position(x: cells[index &* 2], y: cells[index &* 2 &+ 1])
    }
  }
}
