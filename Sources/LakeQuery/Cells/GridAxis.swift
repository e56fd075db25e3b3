/// The cells of one coordinate: where they lie, and which of them holds a number.
struct GridAxis: Hashable, Sendable {
  /// Degrees.
  let cellSize: Double
  /// The first and the last cell; numbers beyond lie in these. `nil` where there is no end.
  private let limits: ClosedRange<Double>?
  /// Whether cells are told by their edges, which are exact, instead of by the rounded quotient.
  private let isByEdges: Bool

  /// Cell `i` holds the numbers whose quotient by the size, as IEEE 754 divides doubles, rounds down to `i`.
  init(cellSize: Double) {
    self.cellSize = cellSize
    limits = nil
    isByEdges = false
  }

  /// As above, with `cellCount` cells to each side of 0.
  init(cellSize: Double, cellCount: Double) {
    self.cellSize = cellSize
    limits = -cellCount...(cellCount - 1)
    isByEdges = false
  }

  /// The range of `degrees` around 0, halved as often as told: edges are multiples of the size, which doubles
  /// hold exactly.
  ///
  /// - Precondition: 1 to 40 halvings of 360 or 180 degrees.
  init(halvings: Int, of degrees: Double) {
    precondition((1...40).contains(halvings))
    let count = Double(1 << halvings)
    cellSize = degrees / count
    limits = -(count / 2)...(count / 2 - 1)
    isByEdges = true
  }

  /// The number of the cell; not finite where the coordinate is not, or where the quotient overflows, unless the
  /// cells have an end.
  @inline(__always)
  func cell(of coordinate: Double) -> Double {
    var cell = (coordinate / cellSize).rounded(.down)
    // A quotient just below a whole number may have been rounded up to it, never the other way.
    if isByEdges, cell * cellSize > coordinate { cell -= 1 }
    guard let limits else { return cell }
    return min(max(cell, limits.lowerBound), limits.upperBound)
  }

  /// The middle of a cell in degrees.
  func centre(ofCell number: Int) -> Double { (Double(number) + 0.5) * cellSize }
}
