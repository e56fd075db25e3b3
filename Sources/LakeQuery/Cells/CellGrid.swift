/// Cells over the map, by which ends of trips are grouped.
///
/// Cell `i` of an axis begins at `i` times the side of a cell, counted from 0 degrees, and its western and southern
/// edges belong to it. Quotients are those of IEEE 754, so another program that divides doubles has the same cells.
///
/// - `degrees`: squares of a side in degrees; a cell is `floor(coordinate / side)`, bit for bit.
/// - `metres`: rows of latitude of one height, `side / 111195.08` degrees (a sphere of 6,371,008.8 m radius), each
///   cut into cells about as wide as they are high, as many as fit its middle; see `MetricRow`.
/// - `geohash`: the cells of that standard, as halving the map exactly gives them.
package struct CellGrid: Hashable, Sendable {
  package enum Shape: Hashable, Sendable {
    /// The side of a cell.
    case degrees(Double)
    /// The side of a cell.
    case metres(Double)
    /// The number of characters of a cell's name.
    case geohash(length: Int)
  }

  package let shape: Shape

  /// About a kilometre.
  package static let usual = CellGrid(shape: .degrees(0.01))

  /// Characters that a geohash may have.
  package static let geohashLengths = 1...12

  /// Of a meridian, on a sphere of the earth's mean radius.
  static let metresPerDegree = 111_195.08

  private init(shape: Shape) {
    self.shape = shape
  }

  /// - Parameter size: The side of a cell in degrees.
  /// - Returns: `nil` where the size is not a finite number above zero.
  package init?(size: Double) {
    guard size > 0, size.isFinite else { return nil }
    self.init(shape: .degrees(size))
  }

  /// - Parameter metres: The side of a cell.
  /// - Returns: `nil` where it is not a finite number from a millimetre on.
  package init?(metres: Double) {
    guard metres >= 0.001, metres.isFinite else { return nil }
    self.init(shape: .metres(metres))
  }

  /// - Returns: `nil` where the length is not one of `geohashLengths`.
  package init?(geohashLength length: Int) {
    guard Self.geohashLengths.contains(length) else { return nil }
    self.init(shape: .geohash(length: length))
  }

  /// Numbers of cells up to here are exact in a double, with room to compute.
  static let numberLimit = 0x1p50
}

extension CellGrid {
  /// Where the cells of latitude lie.
  var latitudes: GridAxis {
    switch shape {
    case .degrees(let size): GridAxis(cellSize: size)
    case .metres(let metres): GridAxis(cellSize: metres / Self.metresPerDegree)
    case .geohash(let length): GridAxis(halvings: Geohash.latitudeBits(length), of: 180)
    }
  }

  /// Where the cells of longitude lie in a row of cells.
  ///
  /// - Parameter row: The number of its cell of latitude; of no account but for a grid of metres.
  func longitudes(inRow row: Double) -> GridAxis {
    switch shape {
    case .degrees(let size): GridAxis(cellSize: size)
    case .metres: MetricRow(row, height: latitudes.cellSize).axis
    case .geohash(let length): GridAxis(halvings: Geohash.longitudeBits(length), of: 360)
    }
  }

  /// The middle of a cell in degrees.
  package func centre(x: Int, y: Int) -> (x: Double, y: Double) {
    let columns = longitudes(inRow: Double(y))
    return (columns.centre(ofCell: x), latitudes.centre(ofCell: y))
  }

  /// The name of a cell; `nil` where the grid is not one of geohashes.
  package func geohash(x: Int, y: Int) -> String? {
    guard case .geohash(let length) = shape else { return nil }
    return Geohash.text(x: x, y: y, length: length)
  }
}
