internal import LakeBytes
internal import LakeColumns
internal import TripModel

/// ```
///  null counts, u32 a block | NaN counts, u32 a block | minimums, u64 a block | maximums, u64 a block
///  (nullable columns)       | (float64 columns)       |                       |
/// ```
///
/// Format: `formats/trip-file/v1.md`.
extension ColumnZoneMaps {
  func encode(_ definition: ColumnDefinition, into writer: inout ByteWriter) {
    if definition.isNullable { writer.append(array: nullCounts) }
    if definition.type == .float64 { writer.append(array: nanCounts) }
    writer.append(array: minimums)
    writer.append(array: maximums)
  }

  /// - Parameter blockRowCounts: The rows of each block.
  init(
    decoding cursor: inout ByteCursor, _ definition: ColumnDefinition, blockRowCounts: [Int]
  ) throws(ByteError) {
    let place = cursor.offset
    let count = blockRowCounts.count
    nullCounts =
      definition.isNullable
      ? try cursor.readArray(count: count) : [UInt32](repeating: 0, count: count)
    nanCounts =
      definition.type == .float64
      ? try cursor.readArray(count: count) : [UInt32](repeating: 0, count: count)
    minimums = try cursor.readArray(count: count)
    maximums = try cursor.readArray(count: count)
    for block in 0..<count
    where Int(nullCounts[block]) + Int(nanCounts[block]) > blockRowCounts[block] {
      throw ByteError(.outOfRange, at: place, "block \(block) has more nulls and NaNs than rows")
    }
  }

  /// Replaces ranges that cannot be right by the widest there is, which proves nothing.
  ///
  /// - Returns: The blocks whose ranges were replaced.
  mutating func widenMalformedRanges(
    _ column: ColumnTable.Column, blockRowCounts: [Int]
  ) -> [Int] {
    let kind = column.definition.type.wordKind
    return blockRowCounts.indices.filter { block in
      let map = zoneMap(ofBlock: block, rowCount: blockRowCounts[block])
      if map.isWellFormed(kind, dictionaryCount: column.dictionaryCount) { return false }
      switch kind {
      case .integer:
        minimums[block] = UInt64(bitPattern: .min)
        maximums[block] = UInt64(bitPattern: .max)
      case .code:
        minimums[block] = 0
        maximums[block] = column.definition.type == .bool ? 1 : UInt64(column.dictionaryCount) - 1
      case .float:
        minimums[block] = (-Double.infinity).bitPattern
        maximums[block] = Double.infinity.bitPattern
      }
      return true
    }
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
      return !FloatOrder.isNaN(minimum) && !FloatOrder.isNaN(maximum)
        && FloatOrder.key(minimum) <= FloatOrder.key(maximum)
        && minimum != 0 && maximum != FloatOrder.signBit
    }
  }
}
