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

  /// Reads what `hexadecimal` writes.
  ///
  /// - Returns: nil for anything else.
  package init?(hexadecimal digits: [UInt8]) {
    guard digits.count == 32, digits.allSatisfy(Self.isDigit) else { return nil }
    let text = digits.map { Character(Unicode.Scalar($0)) }
    guard let high = UInt64(String(text.prefix(16)), radix: 16),
      let low = UInt64(String(text.suffix(16)), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  private static func digits(_ number: UInt64) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16)
    for index in 0..<UInt64(16) {
      let digit = UInt8(number >> (60 - index * 4) & 15)
      bytes.append(digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
