/// The cells of longitude of some rows of a grid of metres, kept where they have just been computed: trips that lie
/// side by side in a file lie in few rows.
struct MetricRowCache {
  private static let slotCount = 64

  private let latitudes: GridAxis
  private let grid: CellGrid
  private let field: GroupLayout.Field
  /// The axis of a row at the place of its number's low bits.
  private var slots: [(row: Double, axis: CellKernels.Axis)]

  init(_ grid: CellGrid, _ field: GroupLayout.Field) {
    self.grid = grid
    self.field = field
    latitudes = grid.latitudes
    let first = CellKernels.Axis(grid.longitudes(inRow: 0), field)
    slots = Array(repeating: (0, first), count: Self.slotCount)
  }

  /// The cells of the row in which a latitude lies.
  ///
  /// - Precondition: The latitude is not NaN.
  mutating func axis(atLatitude latitude: Double) -> CellKernels.Axis {
    let row = latitudes.cell(of: latitude)
    let slot = Int(exactly: row).map { $0 & (Self.slotCount - 1) } ?? 0
    if slots[slot].row != row {
      slots[slot] = (row, CellKernels.Axis(grid.longitudes(inRow: row), field))
    }
    return slots[slot].axis
  }
}
