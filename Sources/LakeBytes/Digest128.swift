/// A 128-bit hash value, as XXH3-128 makes it.
package struct Digest128: Hashable, Sendable {
  package var high: UInt64
  package var low: UInt64

  @inlinable
  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  package static let zero = Digest128(high: 0, low: 0)

  /// The sum modulo 2^128. Sums of row hashes do not depend on the order of the rows.
  @inlinable
  package static func &+ (left: Digest128, right: Digest128) -> Digest128 {
    let (low, carry) = left.low.addingReportingOverflow(right.low)
    return Digest128(high: left.high &+ right.high &+ (carry ? 1 : 0), low: low)
  }

  @inlinable
  package static func &- (left: Digest128, right: Digest128) -> Digest128 {
    let (low, borrow) = left.low.subtractingReportingOverflow(right.low)
    return Digest128(high: left.high &- right.high &- (borrow ? 1 : 0), low: low)
  }

  /// 32 lower-case hexadecimal digits, the highest first.
  package var hexadecimal: String {
    Self.digits(high) + Self.digits(low)
  }

  private static func digits(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
