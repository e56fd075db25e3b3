/// A row of cells of a grid of metres: between two parallels, cut from the meridian of 0 degrees to either side.
///
/// With h the height of rows in degrees, row `j` lies from `j * h` to `(j + 1) * h`. Half of its circle, 180 degrees,
/// is cut into `n = max(1, round(180 * cos((j + 0.5) * h) / h))` cells of `180 / n` degrees, so that a cell is as wide
/// as high at the middle of its row but for what is left over, and cells end where they meet at 180 degrees.
struct MetricRow {
  /// How many cells lie to each side of 0 degrees.
  let cellCount: Double

  /// - Parameters:
  ///   - number: The cell of latitude.
  ///   - height: Degrees.
  init(_ number: Double, height: Double) {
    let middle = (number + 0.5) * height
    let fitting = 180 * Self.cosine(ofDegrees: middle) / height
    cellCount = max(1, fitting.rounded(.toNearestOrAwayFromZero))
  }

  var axis: GridAxis { GridAxis(cellSize: 180 / cellCount, cellCount: cellCount) }

  /// The cosine of a latitude by its series, of additions and multiplications alone: the same number on every
  /// machine, within 1e-15 of the right one. 0 beyond the poles.
  static func cosine(ofDegrees degrees: Double) -> Double {
    guard abs(degrees) < 90 else { return 0 }
    let angle = degrees * (Double.pi / 180)
    let square = angle * angle
    var sum = 0.0
    // 1 - x²/2! + x⁴/4! - … from the smallest term on; the next would be below 1e-17.
    for factor in stride(from: 22.0, to: 0, by: -2) {
      sum = (1 - sum) * square / (factor * (factor - 1))
    }
    return 1 - sum
  }
}
