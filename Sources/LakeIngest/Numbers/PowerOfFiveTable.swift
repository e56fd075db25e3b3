/// The 128-bit significands of the powers of five that decimal parsing multiplies by.
///
/// Entry `q` holds the top 128 bits of 5^q, exact for 0 ≤ q ≤ 55; for -27 ≤ q < 0 it holds
/// floor(2^b / 5^-q) + 1 with b chosen so that the top bit is set.
///
/// Source: Daniel Lemire, "Number Parsing at a Gigabyte per Second", Software: Practice and
/// Experience 51 (2021), section 5 and its remarks on truncated tables.
enum PowerOfFiveTable {
  static let smallestExponent = -27
  static let largestExponent = 55

  /// High and low words in turn, from the smallest exponent on.
  static func words() -> [UInt64] {
    var words: [UInt64] = []
    for exponent in smallestExponent...largestExponent {
      let significand =
        exponent < 0 ? reciprocal(ofPower: -exponent) : normalized(power: exponent)
      words.append(UInt64(truncatingIfNeeded: significand >> 64))
      words.append(UInt64(truncatingIfNeeded: significand))
    }
    return words
  }

  private static func normalized(power: Int) -> UInt128 {
    let value = five(toThe: power)
    return value << UInt128(value.leadingZeroBitCount)
  }

  /// floor(2^(z + 127) / 5^power) + 1, where z is the bit length of 5^power; long division by words.
  private static func reciprocal(ofPower power: Int) -> UInt128 {
    let divisor = UInt64(truncatingIfNeeded: five(toThe: power))
    let bitLength = 64 - divisor.leadingZeroBitCount
    let first = divisor.dividingFullWidth((UInt64(1) << UInt64(bitLength - 1), 0))
    let second = divisor.dividingFullWidth((first.remainder, 0))
    return (UInt128(first.quotient) << 64 | UInt128(second.quotient)) + 1
  }

  private static func five(toThe power: Int) -> UInt128 {
    (0..<power).reduce(UInt128(1)) { product, _ in product * 5 }
  }
}
