#if arch(x86_64)
  internal import CVector
#endif
internal import Glibc

/// Reads decimal numbers from text, correctly rounded, without copying them.
///
/// The grammar is that of SQL's numeric literals: an optional sign, digits with an optional point among
/// or around them, an optional exponent. `nan`, `inf`, hexadecimal and digit groups are not numbers.
///
/// Unchecked: the bytes from `start` up to `end` belong to the caller's buffer, and at least eight
/// readable bytes follow `end`, so that whole words can be loaded. the scanner sees to both.
struct DecimalKernels {
  private let powersOfFive: UnsafePointer<UInt64>
  private let powersOfTen: UnsafePointer<Double>
  private let integerPowersOfTen: UnsafePointer<UInt64>
  private let digitMasks: UnsafePointer<UInt8>

  /// - Parameter tables: must outlive this value.
  init(_ tables: DecimalTables) {
    powersOfFive = UnsafePointer(tables.powersOfFive)
    powersOfTen = UnsafePointer(tables.powersOfTen)
    integerPowersOfTen = UnsafePointer(tables.integerPowersOfTen)
    digitMasks = UnsafePointer(tables.digitMasks)
  }

  /// Parses the number that begins at `start` and moves `start` behind it.
  ///
  /// - Returns: false where there is no number or it is too large; `start` and `result` are then
  ///   unspecified.
  @inline(__always)
  func parse(
    _ start: inout UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, into result: inout Double
  ) -> Bool {
    let text = start
    var cursor = start
    var isNegative = false
    if cursor < end, cursor.pointee == Ascii.minus || cursor.pointee == Ascii.plus {
      isNegative = cursor.pointee == Ascii.minus
      cursor += 1
    }
    var significand: UInt64 = 0
    let digitsStart = cursor
    accumulateDigits(&cursor, end: end, into: &significand)
    var digitCount = cursor - digitsStart
    var exponent = 0
    if cursor < end, cursor.pointee == Ascii.point {
      cursor += 1
      let fractionStart = cursor
      accumulateDigits(&cursor, end: end, into: &significand)
      exponent = fractionStart - cursor
      digitCount += cursor - fractionStart
    }
    if digitCount == 0 { return false }
    if cursor < end, cursor.pointee | 0x20 == Ascii.lowercaseE {
      guard Self.parseExponent(&cursor, end: end, into: &exponent) else { return false }
    }
    start = cursor
    if digitCount > 19, Self.significantDigitCount(digitsStart, end: cursor) > 19 {
      return parseExactly(text, end: cursor, into: &result)
    }
    let signBit: UInt64 = isNegative ? 1 << 63 : 0
    if significand == 0 {
      result = Double(bitPattern: signBit)
      return true
    }
    return assemble(significand, exponent: exponent, signBit: signBit, into: &result)
      || parseExactly(text, end: cursor, into: &result)
  }

  /// significand · 10^exponent, by the cheapest way that is exact.
  ///
  /// - Returns: false where a slower way must decide (subnormal, too large, a far exponent).
  @inline(__always)
  func assemble(
    _ significand: UInt64, exponent: Int, signBit: UInt64, into result: inout Double
  ) -> Bool {
    if significand < 1 << 53, exponent <= 0, exponent >= -22 {
      // Both numbers are exact doubles, so the one division rounds correctly (Clinger 1990).
      let magnitude = Double(Int64(bitPattern: significand)) / powersOfTen[-2 &* exponent]
      result = Double(bitPattern: magnitude.bitPattern | signBit)
      return true
    }
    return assembleWide(significand, exponent: exponent, signBit: signBit, into: &result)
  }

  /// `assemble` where one division would not be exact; not inlined, so that what is inlined stays small.
  @inline(never)
  private func assembleWide(
    _ significand: UInt64, exponent: Int, signBit: UInt64, into result: inout Double
  ) -> Bool {
    if exponent >= PowerOfFiveTable.smallestExponent, exponent <= PowerOfFiveTable.largestExponent,
      let bits = eiselLemire(significand, exponent)
    {
      result = Double(bitPattern: bits | signBit)
      return true
    }
    return false
  }

  #if arch(x86_64)
    /// Keeps the digit values of the last `count` of sixteen bytes; the highest bit of each says so.
    /// Unchecked: the count is 0 to 17.
    @inline(__always)
    func digitMask(_ count: Int) -> __m128i {
      UnsafeRawPointer(digitMasks + count).loadUnaligned(as: __m128i.self)
    }

    /// Powers of ten of two exponents, negative where the sign is 1. Unchecked: exponents are 0 to 22.
    @inline(__always)
    func powersOfTen(_ first: Int, sign firstSign: Int, _ second: Int, sign secondSign: Int)
      -> __m128d
    {
      _mm_set_pd(powersOfTen[2 &* second &+ secondSign], powersOfTen[2 &* first &+ firstSign])
    }
  #endif

  /// The bits of the double nearest to significand · 10^exponent; `nil` where a slower way must decide
  /// (subnormal or too large).
  ///
  /// Source: Lemire 2021, algorithm 1.
  @inline(__always)
  private func eiselLemire(_ significand: UInt64, _ exponent: Int) -> UInt64? {
    let shift = UInt64(significand.leadingZeroBitCount)
    let normalized = significand << shift
    let entry = 2 * (exponent - PowerOfFiveTable.smallestExponent)
    var (high, low) = normalized.multipliedFullWidth(by: powersOfFive[entry])
    if high & 0x1ff == 0x1ff {
      let second = normalized.multipliedFullWidth(by: powersOfFive[entry + 1]).high
      let (sum, overflow) = low.addingReportingOverflow(second)
      low = sum
      if overflow { high &+= 1 }
    }
    let upperBit = high >> 63
    var mantissa = high >> (upperBit + 9)
    // floor(exponent · log2(10)) + 63, biased.
    var binaryExponent = ((217_706 * exponent) >> 16) + 63 + 1023 + Int(upperBit) - Int(shift)
    if binaryExponent <= 0 { return nil }
    if low <= 1, exponent >= -4, exponent <= 23, mantissa & 3 == 1,
      mantissa << (upperBit + 9) == high
    {
      mantissa &= ~1  // exactly between two doubles: to even
    }
    mantissa = (mantissa + (mantissa & 1)) >> 1
    if mantissa >= 1 << 53 {
      mantissa = 1 << 52
      binaryExponent += 1
    }
    if binaryExponent >= 0x7ff { return nil }
    return mantissa & ~(1 << 52) | UInt64(binaryExponent) << 52
  }

  /// The C library's correctly rounded conversion, for the rare long, tiny or huge number.
  @inline(never)
  private func parseExactly(
    _ text: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, into result: inout Double
  ) -> Bool {
    let byteCount = end - text
    let value = withUnsafeTemporaryAllocation(of: CChar.self, capacity: byteCount + 1) { copy in
      for index in 0..<byteCount { copy[index] = CChar(bitPattern: text[index]) }
      copy[byteCount] = 0
      return copy.baseAddress.map { strtod($0, nil) } ?? .nan
    }
    result = value
    return value.isFinite
  }

  /// Appends the digits at `cursor` to `significand`, up to eight at a time; wraps past 19 digits.
  @inline(__always)
  private func accumulateDigits(
    _ cursor: inout UnsafePointer<UInt8>, end: UnsafePointer<UInt8>,
    into significand: inout UInt64
  ) {
    while cursor < end {
      let word = UnsafeRawPointer(cursor).loadUnaligned(as: UInt64.self).littleEndian
      let count = min(Self.digitCount(word), end - cursor)
      if count == 0 { return }
      let digits = word & 0x0f0f_0f0f_0f0f_0f0f
      significand =
        significand &* integerPowersOfTen[count]
        &+ Self.eightDigits(digits << UInt64(8 * (8 - count)))
      cursor += count
      if count < 8 { return }
    }
  }

  /// How many of the word's bytes, from the first on, are ASCII digits.
  @inline(__always)
  private static func digitCount(_ word: UInt64) -> Int {
    let highNibbles = (word & 0xf0f0_f0f0_f0f0_f0f0) ^ 0x3030_3030_3030_3030
    // Adding 6 to the low nibble carries into the high one for 0x3a to 0x3f.
    let carries = ((word & 0x0f0f_0f0f_0f0f_0f0f) &+ 0x0606_0606_0606_0606) & 0x1010_1010_1010_1010
    return (highNibbles | carries).trailingZeroBitCount / 8
  }

  /// The number that eight digit values make, the first in the lowest byte.
  @inline(__always)
  static func eightDigits(_ digits: UInt64) -> UInt64 {
    let pairs = digits &* 10 &+ (digits >> 8)
    let low = (pairs & 0x0000_00ff_0000_00ff) &* 0x000f_4240_0000_0064
    let high = ((pairs >> 16) & 0x0000_00ff_0000_00ff) &* 0x0000_2710_0000_0001
    return (low &+ high) >> 32
  }

  @inline(__always)
  private static func parseExponent(
    _ cursor: inout UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, into exponent: inout Int
  ) -> Bool {
    cursor += 1
    var isNegative = false
    if cursor < end, cursor.pointee == Ascii.minus || cursor.pointee == Ascii.plus {
      isNegative = cursor.pointee == Ascii.minus
      cursor += 1
    }
    let first = cursor
    var value = 0
    while cursor < end, cursor.pointee &- Ascii.zero < 10 {
      // Past a million every number is zero or too large, whatever its digits.
      if value < 1_000_000 { value = value * 10 + Int(cursor.pointee - Ascii.zero) }
      cursor += 1
    }
    exponent += isNegative ? -value : value
    return cursor > first
  }

  /// Digits before an exponent, without leading zeros.
  @inline(never)
  private static func significantDigitCount(
    _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>
  ) -> Int {
    var count = 0
    var cursor = start
    while cursor < end, cursor.pointee | 0x20 != Ascii.lowercaseE {
      let digit = cursor.pointee &- Ascii.zero
      if digit < 10, count > 0 || digit > 0 { count += 1 }
      cursor += 1
    }
    return count
  }
}

/// The constants of decimal parsing at fixed addresses; one for each worker, so that none is shared.
final class DecimalTables {
  fileprivate let powersOfFive: UnsafeMutablePointer<UInt64>
  /// Each power and its negative.
  fileprivate let powersOfTen: UnsafeMutablePointer<Double>
  fileprivate let integerPowersOfTen: UnsafeMutablePointer<UInt64>
  /// Sixteen zeros, then seventeen masks of a digit's value with the highest bit set, which no digit has.
  fileprivate let digitMasks: UnsafeMutablePointer<UInt8>

  init() {
    let words = PowerOfFiveTable.words()
    powersOfFive = .allocate(capacity: words.count)
    powersOfFive.initialize(from: words, count: words.count)
    // All exact: 10^22 is the largest power of ten that a double holds.
    let tens: [Double] = [
      1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
      1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
    powersOfTen = .allocate(capacity: 2 * tens.count)
    for (exponent, power) in tens.enumerated() {
      powersOfTen[2 * exponent] = power
      powersOfTen[2 * exponent + 1] = -power
    }
    integerPowersOfTen = .allocate(capacity: 9)
    for exponent in 0...8 { integerPowersOfTen[exponent] = UInt64(tens[exponent]) }
    digitMasks = .allocate(capacity: 33)
    digitMasks.initialize(repeating: 0, count: 16)
    (digitMasks + 16).initialize(repeating: 0x8f, count: 17)
  }

  deinit {
    powersOfFive.deallocate()
    powersOfTen.deallocate()
    integerPowersOfTen.deallocate()
    digitMasks.deallocate()
  }
}
