internal import LakeColumns
internal import TripModel

/// The zone maps of one column of an open file, block by block; each is read where it stands, and looked at then.
package struct BlockZoneMaps: Sendable {
  /// Where the arrays of the column begin in the bytes of the footer.
  struct Places: Sendable {
    /// Of counts that are all zero.
    static let notStored = -1

    let nulls: Int
    let nans: Int
    let minimums: Int
    let maximums: Int
  }

  /// How many blocks there are.
  package let count: Int
  private let rowCount: Int
  private let blockRowCount: Int
  private let bytes: [UInt8]
  /// `nil` for a column that the file does not hold: all its rows are null.
  private let places: Places?
  private let type: ColumnType
  private let dictionaryCount: UInt32

  init(_ bytes: [UInt8], _ places: Places?, _ shape: ColumnTable.Shape?, _ table: ColumnTable) {
    count = table.blockCount
    rowCount = table.rowCount
    blockRowCount = table.blockRowCount
    self.bytes = bytes
    self.places = places
    type = shape?.type ?? .int64
    dictionaryCount = shape?.dictionaryCount ?? 0
  }

  /// A range that cannot be right is the widest there is, which proves nothing.
  ///
  /// - Precondition: The file has the block.
  package subscript(block: Int) -> ZoneMap {
    var map = stored(block)
    if !isWellFormed(map) { map.widen(type, dictionaryCount: dictionaryCount) }
    return map
  }

  /// Whether the stored range could not be right.
  func isMalformed(block: Int) -> Bool { !isWellFormed(stored(block)) }

  func nullCount(ofBlock block: Int) -> Int {
    precondition(block >= 0 && block < count, "the file has no such block")
    guard let places else { return blockRowCount(block) }
    return number(at: places.nulls, block)
  }

  func nanCount(ofBlock block: Int) -> Int {
    precondition(block >= 0 && block < count, "the file has no such block")
    guard let places else { return 0 }
    return number(at: places.nans, block)
  }

  @inline(__always)
  private func stored(_ block: Int) -> ZoneMap {
    precondition(block >= 0 && block < count, "the file has no such block")
    let rowCount = blockRowCount(block)
    guard let places else {
      return ZoneMap(
        rowCount: rowCount, nullCount: rowCount, nanCount: 0, minimum: 0, maximum: 0)
    }
    return ZoneMap(
      rowCount: rowCount, nullCount: number(at: places.nulls, block),
      nanCount: number(at: places.nans, block),
      minimum: FooterKernels.word(bytes, at: places.minimums &+ block &* 8),
      maximum: FooterKernels.word(bytes, at: places.maximums &+ block &* 8))
  }

  @inline(__always)
  private func blockRowCount(_ block: Int) -> Int {
    min(blockRowCount, rowCount &- block &* blockRowCount)
  }

  @inline(__always)
  private func number(at place: Int, _ block: Int) -> Int {
    place == Places.notStored
      ? 0 : Int(FooterKernels.number(bytes, at: place &+ block &* 4))
  }

  @inline(__always)
  private func isWellFormed(_ map: ZoneMap) -> Bool {
    map.isWellFormed(type.wordKind, dictionaryCount: dictionaryCount)
  }
}

extension ZoneMap {
  /// Whether the range can be that of some values of the kind.
  @inline(__always)
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
