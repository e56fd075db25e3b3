internal import LakeBytes
internal import LakeColumns
internal import TripModel

/// The section `zone maps` of an open file: its size and counts are proven as a whole; each range is read where it stands, and
/// looked at then.
///
/// ```
///  null counts, u32 a block | NaN counts, u32 a block | minimums, u64 a block | maximums, u64 a block
///  (nullable columns)       | (float64 columns)       |                       |
/// ```
///
/// Format: `formats/trip-file/v1.md`.
struct StoredZoneMaps: Sendable {
  private let bytes: [UInt8]
  private let table: ColumnTable
  /// Where the four arrays of each column begin in `bytes`; `notStored` for counts that are all zero.
  private var places: [Int] = []

  private static let arraysPerColumn = 4
  private static let notStored = -1

  /// Reads the section to its end.
  init(decoding cursor: inout ByteCursor, _ table: ColumnTable) throws(ByteError) {
    bytes = cursor.bytes
    self.table = table
    places.reserveCapacity(table.shapes.count * Self.arraysPerColumn)
    for columnIndex in table.shapes.indices {
      let offset = cursor.offset
      try place(columnIndex, &cursor)
      try check(columnIndex, at: offset)
    }
    guard cursor.remaining == 0 else {
      throw ByteError(.outOfRange, at: cursor.offset, "bytes after the last zone map")
    }
  }

  private mutating func place(
    _ columnIndex: Int, _ cursor: inout ByteCursor
  ) throws(ByteError) {
    let shape = table.shapes[columnIndex]
    // The page directory, which is longer, has been found to hold its blocks: no product overflows.
    let count = table.blockCount
    places.append(shape.isNullable ? try cursor.advance(by: count * 4) : Self.notStored)
    places.append(shape.type == .float64 ? try cursor.advance(by: count * 4) : Self.notStored)
    places.append(try cursor.advance(by: count * 8))
    places.append(try cursor.advance(by: count * 8))
  }

  private func check(_ columnIndex: Int, at offset: Int) throws(ByteError) {
    let places = places(ofColumn: columnIndex)
    guard places.nulls != Self.notStored || places.nans != Self.notStored else { return }
    for block in 0..<table.blockCount {
      let count = count(at: places.nulls, block) + count(at: places.nans, block)
      guard count <= table.rowCount(ofBlock: block) else {
        throw ByteError(
          .outOfRange, at: offset, "block \(block) has more nulls and NaNs than rows")
      }
    }
  }

  @inline(__always)
  private func stored(_ places: Places, _ block: Int) -> ZoneMap {
    ZoneMap(
      rowCount: table.rowCount(ofBlock: block),
      nullCount: count(at: places.nulls, block), nanCount: count(at: places.nans, block),
      minimum: FooterKernels.word(bytes, at: places.minimums + block * 8),
      maximum: FooterKernels.word(bytes, at: places.maximums + block * 8))
  }

  /// Where the arrays of a column begin.
  private struct Places {
    let nulls: Int
    let nans: Int
    let minimums: Int
    let maximums: Int
  }

  private func places(ofColumn columnIndex: Int) -> Places {
    let first = columnIndex * Self.arraysPerColumn
    return Places(
      nulls: places[first], nans: places[first + 1], minimums: places[first + 2],
      maximums: places[first + 3])
  }

  private func count(at place: Int, _ block: Int) -> Int {
    place == Self.notStored ? 0 : Int(FooterKernels.number(bytes, at: place + block * 4))
  }
}

extension StoredZoneMaps {
  /// A range that cannot be right is the widest there is, which proves nothing.
  ///
  /// - Precondition: Both are the file's.
  func zoneMap(ofColumn columnIndex: Int, block: Int) -> ZoneMap {
    var map = stored(places(ofColumn: columnIndex), block)
    if isMalformed(map, ofColumn: columnIndex) {
      let shape = table.shapes[columnIndex]
      map.widen(shape.type, dictionaryCount: shape.dictionaryCount)
    }
    return map
  }

  /// Whether the stored range could not be right.
  func isMalformed(ofColumn columnIndex: Int, block: Int) -> Bool {
    isMalformed(stored(places(ofColumn: columnIndex), block), ofColumn: columnIndex)
  }

  private func isMalformed(_ stored: ZoneMap, ofColumn columnIndex: Int) -> Bool {
    let (type, dictionaryCount) = (
      table.shapes[columnIndex].type, table.shapes[columnIndex].dictionaryCount
    )
    return !stored.isWellFormed(type.wordKind, dictionaryCount: dictionaryCount)
  }

  func nullCount(ofColumn columnIndex: Int, block: Int) -> Int {
    count(at: places[columnIndex * Self.arraysPerColumn], block)
  }

  /// Those of all blocks as flat arrays.
  func zoneMaps(ofColumn columnIndex: Int) -> ColumnZoneMaps {
    let maps = (0..<table.blockCount).map { zoneMap(ofColumn: columnIndex, block: $0) }
    return ColumnZoneMaps(
      nullCounts: maps.map { UInt32($0.nullCount) }, nanCounts: maps.map { UInt32($0.nanCount) },
      minimums: maps.map(\.minimum), maximums: maps.map(\.maximum))
  }
}

extension ZoneMap {
  /// Whether the range can be that of some values of the kind.
  fileprivate func isWellFormed(_ kind: WordKind, dictionaryCount: UInt32) -> Bool {
    guard hasRange else { return minimum == 0 && maximum == 0 }
    switch kind {
    case .integer: return minimumInteger <= maximumInteger
    case .code: return minimum <= maximum && maximum < max(2, UInt64(dictionaryCount))
    case .float:
      // False for NaNs, too.
      return minimumDouble <= maximumDouble && minimum != 0 && maximum != FloatOrder.signBit
    }
  }

  /// Replaces the range by that of all values.
  fileprivate mutating func widen(_ type: ColumnType, dictionaryCount: UInt32) {
    switch type.wordKind {
    case .integer:
      minimum = UInt64(bitPattern: .min)
      maximum = UInt64(bitPattern: .max)
    case .code:
      minimum = 0
      maximum = type == .bool ? 1 : UInt64(dictionaryCount) - 1
    case .float:
      minimum = (-Double.infinity).bitPattern
      maximum = Double.infinity.bitPattern
    }
  }
}
