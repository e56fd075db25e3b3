internal import CVector

/// The extents of origins and destinations, and the grid over that of the origins.
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

/// A grid of 65,536 by 65,536 cells over the extent of the origins.
struct OriginGrid {
  static let cellBitCount = 16
  static let largestCell = 65_535.0

  fileprivate let corner: SIMD2<Double>
  fileprivate let scale: SIMD2<Double>

  /// The cell that a row's origin lies in: x in the high half, y in the low one.
  ///
  /// Unchecked: `row` points to a row's words.
  @inline(__always)
  func cell(_ row: UnsafePointer<UInt64>) -> UInt32 {
    let origin = UnsafeRawPointer(row + TripRow.originX).loadUnaligned(as: SIMD2<Double>.self)
    let place = (origin - corner) * scale
    let largest = SIMD2(repeating: Self.largestCell)
    let cell = lake_truncated(place.replacing(with: largest, where: largest .< place))
    return UInt32(bitPattern: cell.x) &<< 16 | UInt32(bitPattern: cell.y)
  }
}
