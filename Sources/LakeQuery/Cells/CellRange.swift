internal import TripModel

/// The cells of one axis in which some points may lie, from the manifest alone.
struct CellRange: Hashable, Sendable {
  /// Empty where no point has a cell.
  private(set) var cells: Range<Int>

  static let none = CellRange(cells: 0..<0)

  private init(cells: Range<Int>) {
    self.cells = cells
  }

  /// The cells from the smallest to the largest coordinate.
  ///
  /// - Throws: `QueryError.tooManyGroups` where their numbers are beyond what a double counts exactly.
  init(from smallest: Double, through largest: Double, _ axis: GridAxis) throws(QueryError) {
    let (first, last) = (axis.cell(of: smallest), axis.cell(of: largest))
    // Also false for NaN.
    guard abs(first) < CellGrid.numberLimit, abs(last) < CellGrid.numberLimit else {
      throw QueryError(
        .tooManyGroups,
        "coordinates from \(smallest) to \(largest) lie in too many cells of \(axis.cellSize) degrees"
      )
    }
    cells = Int(first)..<max(Int(first), Int(last)) + 1
  }

  /// The cells of longitude in all rows of cells that latitudes lie in.
  ///
  /// The number of a cell grows with the number of cells of its row or falls with it, by the sign of the
  /// longitude; so the rows of the most and of the fewest cells have the first and the last.
  init(
    from smallest: Double, through largest: Double, rows: CellRange, _ grid: CellGrid
  ) throws(QueryError) {
    var rowNumbers = [rows.cells.lowerBound, max(rows.cells.lowerBound, rows.cells.upperBound - 1)]
    rowNumbers += [-1, 0].filter { rows.cells.contains($0) }
    self = .none
    for row in rowNumbers {
      let axis = grid.longitudes(inRow: Double(row))
      self = union(try CellRange(from: smallest, through: largest, axis))
    }
  }

  func union(_ other: CellRange) -> CellRange {
    if cells.isEmpty { return other }
    if other.cells.isEmpty { return self }
    return CellRange(
      cells: min(
        cells.lowerBound, other.cells.lowerBound)..<max(cells.upperBound, other.cells.upperBound))
  }
}

/// The cells in which one end of some trips may lie.
struct CellExtent: Hashable, Sendable {
  var x = CellRange.none
  var y = CellRange.none
  /// Whether a trip may have no cell there: no destination, or a coordinate that is no number.
  var hasAbsent = false

  static let empty = CellExtent()

  func union(_ other: CellExtent) -> CellExtent {
    CellExtent(
      x: x.union(other.x), y: y.union(other.y), hasAbsent: hasAbsent || other.hasAbsent)
  }

  /// Whether a trip of each may lie in the same cell, or in none.
  func mayShareCell(with other: CellExtent) -> Bool {
    x.cells.overlaps(other.x.cells) && y.cells.overlaps(other.y.cells)
      || hasAbsent && other.hasAbsent
  }
}
