internal import LakeBytes
internal import TripModel

/// The section `zone maps` of an open file: its size and counts are proven as a whole.
///
/// ```
///  null counts, u32 a block | NaN counts, u32 a block | minimums, u64 a block | maximums, u64 a block
///  (nullable columns)       | (float64 columns)       |                       |
/// ```
///
/// Format: `formats/trip-file/v1.md`.
struct StoredZoneMaps: Sendable {
  /// In the order of the file.
  private var columns: [BlockZoneMaps] = []
  private let absent: BlockZoneMaps

  /// Reads the section to its end.
  init(decoding cursor: inout ByteCursor, _ table: ColumnTable) throws(ByteError) {
    absent = BlockZoneMaps([], nil, nil, table)
    columns.reserveCapacity(table.shapes.count)
    for shape in table.shapes {
      let offset = cursor.offset
      let places = try Self.places(shape, blockCount: table.blockCount, &cursor)
      let column = BlockZoneMaps(cursor.bytes, places, shape, table)
      if shape.isNullable || shape.type == .float64 { try Self.check(column, table, at: offset) }
      columns.append(column)
    }
    guard cursor.remaining == 0 else {
      throw ByteError(.outOfRange, at: cursor.offset, "bytes after the last zone map")
    }
  }

  private static func places(
    _ shape: ColumnTable.Shape, blockCount: Int, _ cursor: inout ByteCursor
  ) throws(ByteError) -> BlockZoneMaps.Places {
    let notStored = BlockZoneMaps.Places.notStored
    // The page directory, which is longer, has been found to hold its blocks: no product overflows.
    return BlockZoneMaps.Places(
      nulls: shape.isNullable ? try cursor.advance(by: blockCount * 4) : notStored,
      nans: shape.type == .float64 ? try cursor.advance(by: blockCount * 4) : notStored,
      minimums: try cursor.advance(by: blockCount * 8),
      maximums: try cursor.advance(by: blockCount * 8))
  }

  private static func check(
    _ column: BlockZoneMaps, _ table: ColumnTable, at offset: Int
  ) throws(ByteError) {
    for block in 0..<column.count {
      let count = column.nullCount(ofBlock: block) + column.nanCount(ofBlock: block)
      guard count <= table.rowCount(ofBlock: block) else {
        throw ByteError(
          .outOfRange, at: offset, "block \(block) has more nulls and NaNs than rows")
      }
    }
  }

  /// - Parameter columnIndex: `nil` for a column that the file does not hold.
  func column(_ columnIndex: Int?) -> BlockZoneMaps {
    columnIndex.map { columns[$0] } ?? absent
  }

  func zoneMap(ofColumn columnIndex: Int?, block: Int) -> ZoneMap {
    guard let columnIndex else { return absent[block] }
    return columns[columnIndex][block]
  }

  func nullCount(ofColumn columnIndex: Int, block: Int) -> Int {
    columns[columnIndex].nullCount(ofBlock: block)
  }
}

extension ColumnZoneMaps {
  /// Those of all blocks as flat arrays.
  init(_ stored: BlockZoneMaps) {
    let maps = (0..<stored.count).map { stored[$0] }
    self.init(
      nullCounts: maps.map { UInt32($0.nullCount) }, nanCounts: maps.map { UInt32($0.nanCount) },
      minimums: maps.map(\.minimum), maximums: maps.map(\.maximum))
  }
}
