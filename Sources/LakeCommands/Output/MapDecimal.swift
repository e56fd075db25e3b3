/// The shortest decimal that rounds to a number of a map: `digits / 10^fractionDigitCount`.
///
/// Source of the method: Ulf Adams, "Ryū: fast float-to-string conversion" (2018). For magnitudes of 1/64 to
/// 1024 the powers of ten fit into 64 bits, so that products are exact and no tables are needed; this is
/// several times faster than the way by `String`.
struct MapDecimal: Hashable {
  /// The last one is not zero where there is a fraction.
  private(set) var digits: UInt64
  /// Below zero where the number ends in zeros that are not among the digits; never below -3.
  private(set) var fractionDigitCount: Int
  /// The digits before the point, at least one.
  let wholeDigitCount: Int

  /// - Returns: `nil` for a number that does not lie in 1/64 ..< 1024.
  init?(_ magnitude: Double) {
    guard magnitude >= 0x1p-6, magnitude < 0x1p10 else { return nil }
    let exponent = Int(magnitude.bitPattern >> 52) - 1023
    let significand = magnitude.significandBitPattern
    // The number and the ends of the interval that rounds to it, in quarters of its last place, scaled so
    // that they have 18 digits. The ends have at most one factor of two, so they are never whole numbers of
    // that scale, and whether they belong to the interval does not matter.
    let quarters = (significand | 1 << 52) * 4
    let scale = Self.scale(exponent: exponent)
    let shift = UInt64(54 - exponent)
    var value = Scaled(quarters, power: scale.power, shift: shift)
    var low = Scaled(quarters - (significand == 0 ? 1 : 2), power: scale.power, shift: shift).units
    var high = Scaled(quarters + 2, power: scale.power, shift: shift).units
    var count = scale.digitCount
    var lastDigit: UInt64 = 0
    var isTie = value.isWhole
    while high / 10 > low / 10 {
      isTie = isTie && lastDigit == 0
      lastDigit = value.removeDigit()
      low /= 10
      high /= 10
      count -= 1
    }
    // Half of the last place goes to the even digit.
    if isTie && lastDigit == 5 && value.units & 1 == 0 { lastDigit = 4 }
    let isBelow = value.units == low
    digits = value.units + (isBelow || lastDigit >= 5 ? 1 : 0)
    fractionDigitCount = count
    wholeDigitCount = magnitude < 10 ? 1 : magnitude < 100 ? 2 : magnitude < 1000 ? 3 : 4
  }

  /// The power of ten that lifts every number of an exponent to at least 10^17, and below 2^61.
  private static func scale(exponent: Int) -> (power: UInt64, digitCount: Int) {
    switch exponent {
    case 7...: (1_000_000_000_000_000, 15)
    case 4...6: (10_000_000_000_000_000, 16)
    case 0...3: (100_000_000_000_000_000, 17)
    case -3 ... -1: (1_000_000_000_000_000_000, 18)
    default: (10_000_000_000_000_000_000, 19)
    }
  }

  /// A product with a power of ten, cut to a whole number.
  private struct Scaled {
    var units: UInt64
    /// Whether nothing was cut off.
    let isWhole: Bool

    init(_ quarters: UInt64, power: UInt64, shift: UInt64) {
      let product = quarters.multipliedFullWidth(by: power)
      units = product.high << (64 - shift) | product.low >> shift
      isWhole = product.low & (1 << shift - 1) == 0
    }

    mutating func removeDigit() -> UInt64 {
      let (quotient, digit) = units.quotientAndRemainder(dividingBy: 10)
      units = quotient
      return digit
    }
  }
}
