/// Lays rows out in tiles: as many rows as a block holds lie in about a square, and blocks hardly overlap.
///
/// ```
///  +----------------------+   Slices from south to north of about as many rows each; in each slice the rows from west
///  | > > > > > > > > > >  |   to east, in the next from east to west. As many rows as a block holds fill about as much
///  +----------------------+   of a slice as it is high.
///  | < < < < < < < < < <  |
///  +----------------------+
/// ```
///
/// Where rows are dense, slices are low. All is found from how many rows there are in bands of cells: it depends on the
/// rows alone, not on the order that they come in. Neighbouring rows are near to each other in x, which a box is held against
/// first: it decides most frames whole.
///
/// Source: Leutenegger, Lopez and Edgington, "STR: A Simple and Efficient Algorithm for R-Tree Packing", ICDE 1997.
final class OriginTiles {
  /// Neighbouring rows of cells are counted together, so that there are few counts where there are few trips.
  private static let bandBitCounts = 4...14
  /// A band for each so many trips, as a power of two.
  private static let tripBitCountOfBand = 4

  private let blockRowCount: Int
  /// How many trips begin in each band of cells, then which slice it belongs to.
  private let bands: UnsafeMutablePointer<UInt32>

  /// - Parameter blockRowCount: Rows of a tile.
  init(blockRowCount: Int) {
    self.blockRowCount = blockRowCount
    bands = .allocate(capacity: 1 << Self.bandBitCounts.upperBound)
  }

  deinit {
    bands.deallocate()
  }

  /// Sets the high half of each entry, which is 0, to the place in the order of tiles of the row in the low half.
  ///
  /// Unchecked: the rows are in `blocks`.
  ///
  /// - Complexity: O(n).
  func place(
    _ entries: UnsafeMutablePointer<UInt64>, count: Int, on grid: OriginGrid, _ blocks: RowBlocks
  ) {
    guard count > 0 else { return }
    let bandBitCount = Self.bandBitCount(of: count)
    let shift = UInt64(32 + OriginGrid.cellBitCount - bandBitCount)
    let bandMask = 1 << bandBitCount - 1
    bands.initialize(repeating: 0, count: 1 << bandBitCount)
    for index in 0..<count {
      let cell = grid.cell(blocks[UInt32(truncatingIfNeeded: entries[index])])
      let entry = entries[index] | UInt64(cell) &<< 32
      entries[index] = entry
      bands[Int(truncatingIfNeeded: entry &>> shift) & bandMask] &+= 1
    }
    let slices = TileSlices(rowCount: count, blockRowCount: blockRowCount)
    slices.divide(bands, bandCount: 1 << bandBitCount)
    for index in 0..<count {
      let entry = entries[index]
      let slice = bands[Int(truncatingIfNeeded: entry &>> shift) & bandMask]
      let place = slices.place(slice: slice, cell: UInt32(truncatingIfNeeded: entry &>> 32))
      entries[index] = UInt64(place) &<< 32 | entry & 0xffff_ffff
    }
  }

  private static func bandBitCount(of rowCount: Int) -> Int {
    let bitCount = Int.bitWidth - rowCount.leadingZeroBitCount - tripBitCountOfBand
    return min(max(bitCount, bandBitCounts.lowerBound), bandBitCounts.upperBound)
  }
}

/// How the rows of a partition are cut into slices from south to north.
struct TileSlices {
  let rowCount: Int
  /// As many as there are tiles in a slice.
  let count: Int
  /// How many places each slice has.
  private let span: UInt64

  /// - Precondition: There is at least one row.
  init(rowCount: Int, blockRowCount: Int) {
    self.rowCount = rowCount
    let tileCount = Double(rowCount) / Double(blockRowCount)
    count = max(1, Int(tileCount.squareRoot().rounded()))
    span = (1 << 32) / UInt64(count)
  }

  /// Replaces how many rows there are in each band of cells, from south to north, by the slice that the middle one of
  /// them belongs to.
  ///
  /// Unchecked: there are `bandCount` bands, and `rowCount` rows in them.
  func divide(_ bands: UnsafeMutablePointer<UInt32>, bandCount: Int) {
    var before = 0
    for band in 0..<bandCount {
      let bandRowCount = Int(bands[band])
      let middle = min(before + bandRowCount / 2, rowCount - 1)
      bands[band] = UInt32(middle * count / rowCount)
      before += bandRowCount
    }
  }

  /// A row's place in the order of tiles: its slice, then x, then y; in every other slice the other way around.
  ///
  /// - Parameter cell: x in the high half, y in the low one.
  @inline(__always)
  func place(slice: UInt32, cell: UInt32) -> UInt32 {
    let isBackwards = slice & 1
    let along = UInt64(cell ^ (0 &- isBackwards))
    return UInt32(truncatingIfNeeded: UInt64(slice) &* span &+ (along &* span) &>> 32)
  }
}
