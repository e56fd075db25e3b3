/// Square cells over the map: an axis is cut into cells of equal size, and cell `i` holds the coordinates whose
/// quotient by the size, as IEEE 754 divides doubles, rounds down to `i`.
///
/// So a cell is what `floor(x / size)` gives in SQL, bit for bit, at its borders as well.
package struct CellGrid: Hashable, Sendable {
  /// The length of a cell's side in degrees.
  package let size: Double

  /// About a kilometre.
  package static let usual = CellGrid(uncheckedSize: 0.01)

  /// - Returns: `nil` where the size is not a finite number above zero.
  package init?(size: Double) {
    guard size > 0, size.isFinite else { return nil }
    self.init(uncheckedSize: size)
  }

  private init(uncheckedSize: Double) {
    size = uncheckedSize
  }

  /// Numbers of cells up to here are exact in a double, with room to compute.
  static let numberLimit = 0x1p50

  /// The number of the cell; not finite where the coordinate is not, or where the quotient overflows.
  func cell(of coordinate: Double) -> Double { (coordinate / size).rounded(.down) }
}
