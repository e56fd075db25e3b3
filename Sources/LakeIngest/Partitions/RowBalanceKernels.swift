/// A count and a commutative sum of rows, taken where rows are routed and again where they are written. Equal
/// balances mean that sorting and gathering neither lost nor changed a row.
struct RowBalance: Equatable, Sendable {
  private(set) var rowCount = 0
  /// Of coordinates and times.
  private var sums = SIMD4<UInt64>()
  private var extraSum: UInt64 = 0

  private static var addends: SIMD4<UInt64> {
    SIMD4(
      0x9e37_79b9_7f4a_7c15, 0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb, 0xd6e8_feb8_6659_fd93)
  }

  /// Adds a row's coordinates and time: the low half of each coordinate times the high half of the next, after the
  /// time and a number of its own were added, so that exchanged words show, within a row and between rows.
  ///
  /// Source: Black, Halevi, Krawczyk, Krovetz and Rogaway, "UMAC", 1999, the hash NH.
  @inline(__always)
  mutating func add(_ row: UnsafePointer<UInt64>) {
    rowCount += 1
    let places = UnsafeRawPointer(row).loadUnaligned(as: SIMD4<UInt64>.self)
    let words = places &+ Self.addends &+ SIMD4(repeating: row[TripRow.startTime])
    let next = SIMD4(words[1], words[2], words[3], words[0])
    sums &+= (words & SIMD4(repeating: 0xffff_ffff)) &* (next &>> 32)
  }

  /// Adds the words of the extra columns of a row that is added itself.
  @inline(__always)
  mutating func add(_ extras: UnsafePointer<UInt64>, count: Int) {
    var factor: UInt64 = 0xc2b2_ae3d_27d4_eb4f
    for index in 0..<count {
      extraSum &+= extras[index] &* factor
      factor &+= 0x9e37_79b9_7f4a_7c16
    }
  }

  static func + (left: RowBalance, right: RowBalance) -> RowBalance {
    var result = left
    result.rowCount += right.rowCount
    result.sums &+= right.sums
    result.extraSum &+= right.extraSum
    return result
  }

  static func += (left: inout RowBalance, right: RowBalance) {
    left = left + right
  }
}
