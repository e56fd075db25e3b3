/// A count and a commutative sum of rows, taken where rows are routed and again where they are written. Equal
/// balances mean that sorting and gathering neither lost nor changed a row.
struct RowBalance: Equatable, Sendable {
  private(set) var rowCount = 0
  private(set) var sum: UInt64 = 0

  /// Adds a row's coordinates and time; each word has an odd factor of its own, so that exchanged words show.
  @inline(__always)
  mutating func add(_ row: UnsafePointer<UInt64>) {
    rowCount += 1
    sum &+=
      row[0] &* 0x9e37_79b9_7f4a_7c15 &+ row[1] &* 0xbf58_476d_1ce4_e5b9
      &+ row[2] &* 0x94d0_49bb_1331_11eb &+ row[3] &* 0xd6e8_feb8_6659_fd93
      &+ (row[4] ^ row[0] >> 32) &* 0xff51_afd7_ed55_8ccd
  }

  /// Adds the words of the extra columns of a row that is added itself.
  @inline(__always)
  mutating func add(_ extras: UnsafePointer<UInt64>, count: Int) {
    var factor: UInt64 = 0xc2b2_ae3d_27d4_eb4f
    for index in 0..<count {
      sum &+= extras[index] &* factor
      factor &+= 0x9e37_79b9_7f4a_7c16
    }
  }

  static func + (left: RowBalance, right: RowBalance) -> RowBalance {
    var result = left
    result.rowCount += right.rowCount
    result.sum &+= right.sum
    return result
  }

  static func += (left: inout RowBalance, right: RowBalance) {
    left = left + right
  }
}
