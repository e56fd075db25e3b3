/// Doubles as whole numbers of a power of ten, the few that are none aside: value = integer / 10^exponent.
///
/// ```
///  0          1       2             10           14
///  +----------+-------+-------------+------------+---------------+---------------+-----------------+
///  | exponent | width | reference   | exceptions | integers -    | places of the | words of the    |
///  |          |       | (smallest)  |            | reference,    | exceptions,   | exceptions,     |
///  |          |       |             |            | bit-packed    | bit-packed    | eight bytes each|
///  +----------+-------+-------------+------------+---------------+---------------+-----------------+
/// ```
///
/// The quotient is rounded once, as IEEE 754 has it, so a double comes back bit for bit if it is the nearest
/// one to its decimal; each is tried before it is taken, and -0.0, NaNs and infinities are exceptions.
///
/// Format: `formats/encodings/decimal-float.md`.
struct DecimalFloat: Hashable {
  static let headerByteCount = 14
  /// All of these powers of ten are exact doubles.
  static let exponents = 0...22

  let exponent: Int
  let packing: NumberPacking
  let reference: Int64
  let exceptionCount: Int

  var width: Int { packing.width }

  /// The size of the body, before its numbers are framed.
  func byteCount(count: Int) -> Int {
    Self.headerByteCount + BitPacking.byteCount(count: count, width: width)
      + BitPacking.byteCount(count: exceptionCount, width: Self.placeWidth(count: count))
      + exceptionCount * 8
  }

  /// The bits of an exception's place among `count` values.
  static func placeWidth(count: Int) -> Int { BitPacking.width(of: UInt64(max(count, 1) - 1)) }

  /// An exact power of ten.
  ///
  /// - Precondition: `exponent` is one of `exponents`.
  static func power(_ exponent: Int) -> Double { powers[exponent] }

  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
