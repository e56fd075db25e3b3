internal import LakeBytes

/// Writes coordinates as the shortest decimals that read back to the same bits.
///
/// The numbers of a map, 1/64 to 1024 in magnitude, are written by 64-bit arithmetic here, several times
/// faster than by way of `String`; all others are left to it. Source of the method: Ulf Adams, "Ryū: fast
/// float-to-string conversion" (2018). In this range the powers of ten fit into 64 bits, so that products
/// are exact and no tables are needed.
enum CoordinateText {
  /// The exponents of two of the numbers that are written here.
  private static let exponents: ClosedRange<UInt64> = 1023 - 6...1023 + 9

  static func append(_ number: Double, to bytes: inout [UInt8]) {
    let biasedExponent = number.bitPattern >> 52 & 0x7ff
    guard exponents.contains(biasedExponent) else {
      bytes.append(contentsOf: number.shortestDecimal.utf8)
      return
    }
    if number.sign == .minus { bytes.append(UInt8(ascii: "-")) }
    let decimal = ShortestDecimal(
      significand: number.significandBitPattern, exponent: Int(biasedExponent) - 1023)
    decimal.append(to: &bytes)
  }
}

/// A decimal fraction: `digits / 10^fractionDigitCount`; the count may be below zero.
private struct ShortestDecimal {
  private(set) var digits: UInt64
  private(set) var fractionDigitCount: Int

  /// The shortest decimal that rounds to a number; of several, the nearest to it.
  ///
  /// - Parameters:
  ///   - significand: The 52 bits after the leading one.
  ///   - exponent: -6 to 9.
  init(significand: UInt64, exponent: Int) {
    // The number and the ends of the interval that rounds to it, in quarters of its last place, scaled so
    // that they have 18 digits before the point.
    let quarters = (significand | 1 << 52) * 4
    let scale = Self.scale(exponent: exponent)
    let shift = UInt64(54 - exponent)
    var value = Scaled(quarters, power: scale.power, shift: shift)
    var low = Scaled(quarters - (significand == 0 ? 1 : 2), power: scale.power, shift: shift)
    var high = Scaled(quarters + 2, power: scale.power, shift: shift)
    // The ends themselves round to the number only where its last bit is zero.
    let includesEnds = significand & 1 == 0
    if !includesEnds && high.isWhole { high.units -= 1 }
    fractionDigitCount = scale.digitCount
    var lastDigit: UInt64 = 0
    var isTie = value.isWhole
    while high.units / 10 > low.units / 10 {
      low.isWhole = low.isWhole && low.units % 10 == 0
      isTie = isTie && lastDigit == 0
      lastDigit = value.units % 10
      value.units /= 10
      low.units /= 10
      high.units /= 10
      fractionDigitCount -= 1
    }
    if includesEnds && low.isWhole {
      while low.units % 10 == 0 {
        isTie = isTie && lastDigit == 0
        lastDigit = value.units % 10
        value.units /= 10
        low.units /= 10
        fractionDigitCount -= 1
      }
    }
    if isTie && lastDigit == 5 && value.units & 1 == 0 { lastDigit = 4 }
    let isBelow = value.units == low.units && !(includesEnds && low.isWhole)
    digits = value.units + (isBelow || lastDigit >= 5 ? 1 : 0)
  }

  func append(to bytes: inout [UInt8]) {
    guard fractionDigitCount > 0 else {
      bytes.append(contentsOf: String(digits).utf8)
      bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -fractionDigitCount))
      return
    }
    // Last digit first, at most 17 of them and the zeros before them.
    let start = bytes.count
    var rest = digits
    var count = 0
    while rest > 0 || count <= fractionDigitCount {
      if count == fractionDigitCount { bytes.append(UInt8(ascii: ".")) }
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
      count += 1
    }
    bytes[start...].reverse()
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
    var isWhole: Bool

    init(_ quarters: UInt64, power: UInt64, shift: UInt64) {
      let product = quarters.multipliedFullWidth(by: power)
      units = product.high << (64 - shift) | product.low >> shift
      isWhole = product.low & (1 << shift - 1) == 0
    }
  }
}
