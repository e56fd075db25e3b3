internal import LakeQuery
internal import TripModel

/// A row of `trip_groups`, in the order of the table's key.
struct GroupRow: Comparable {
  /// A cell by name, and its middle; the name is empty where there is no cell.
  struct Cell: Hashable {
    let name: String
    let centre: (x: Double, y: Double)?

    init(_ value: GroupedCount.Value, _ grid: CellGrid) {
      guard case .cell(let x, let y) = value else {
        name = ""
        centre = nil
        return
      }
      name = grid.geohash(x: x, y: y) ?? "\(x)/\(y)"
      centre = grid.centre(x: x, y: y)
    }

    static func == (left: Cell, right: Cell) -> Bool { left.name == right.name }

    func hash(into hasher: inout Hasher) { hasher.combine(name) }
  }

  let region: ByteString
  let origin: Cell
  let destination: Cell
  /// `07:30`.
  let slot: String
  let trips: Int

  init(_ group: SummaryTables.Group, _ grid: CellGrid) {
    region = group.region
    origin = Cell(group.origin, grid)
    destination = Cell(group.destination, grid)
    slot = TimestampText.clock(minute: group.minute)
    trips = group.trips
  }

  /// Names of cells are of digits and ASCII letters, which Swift orders as bytes do.
  static func < (left: GroupRow, right: GroupRow) -> Bool {
    (left.region, left.origin.name, left.destination.name, left.slot)
      < (right.region, right.origin.name, right.destination.name, right.slot)
  }
}
