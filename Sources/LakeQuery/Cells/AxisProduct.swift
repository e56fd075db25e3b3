/// Finds the cell of a coordinate by a multiplication where that is sure to give the same cell as the division.
///
/// With q the quotient x / size and n the number of a cell, |q| below 2^50 is rounded by at most half a unit in
/// its last place, the reciprocal and the product by as much each, and so is the sum with the first cell. So
/// the position found differs from the divided one by less than four units in the last place of the largest
/// number on the way. A position that is `margin` away from every border, with `margin` sixteen such units,
/// lies in the cell that the division gives, and in the one between whose exact edges it lies.
struct AxisProduct {
  private let reciprocal: Double
  /// Takes a position to the axis' first cell, less half a cell: its nearest whole number is then the index.
  private let shift: Double
  /// Of the indices.
  private let middle: Double
  private let reach: Double
  /// The farthest that a shifted position may lie from its index.
  private let tolerance: Double
  private let stride: Double

  /// - Precondition: The axis `isExact`.
  init(_ axis: CellKernels.Axis) {
    reciprocal = 1 / axis.cellSize
    shift = -axis.firstCell - 0.5
    middle = (axis.cellCount - 1) / 2
    reach = middle
    let largest = max(abs(axis.firstCell), abs(axis.firstCell + axis.cellCount), 1) + 1
    // Without a finite reciprocal, or with numbers that leave no room, every position is in doubt.
    tolerance = reciprocal.isNormal && axis.cellSize.isNormal ? 0.5 - 16 * largest.ulp : -1
    stride = Double(axis.stride)
  }

  /// What a coordinate adds to the number of its group.
  ///
  /// - Parameter isInDoubt: Gets a bit set where the coordinate may have another cell, or none; the term is then
  ///   any number, but always the same one.
  @inline(__always)
  func term(_ coordinate: Double, isInDoubt: inout UInt64) -> UInt64 {
    let position = coordinate * reciprocal + shift
    let index = (position + 0x1.8p52) - 0x1.8p52
    isInDoubt |= abs(position - index) <= tolerance ? 0 : 1
    isInDoubt |= abs(index - middle) <= reach ? 0 : 1
    return (index * stride + 0x1p52).bitPattern & 0xf_ffff_ffff_ffff
  }
}
