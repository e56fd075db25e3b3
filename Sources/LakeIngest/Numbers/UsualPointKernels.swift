#if arch(x86_64)
  internal import CVector
#endif

/// Reads the spelling that nearly all points have: `POINT (x y)` with one blank, numbers of one to three
/// digits, a point and one to sixteen more, nothing around. The places of all parts come from one mask, so no
/// branch depends on how long a number is.
///
/// Unchecked: `windowByteCount + 16` readable bytes follow the text's first.
enum UsualPointKernels {
  private static let prefixByteCount = 7
  /// Longest text behind the prefix.
  private static let windowByteCount = 48

  /// Where a number's parts lie, from the window's start.
  private struct Places {
    let isNegative: UInt64
    let point: Int
    let end: Int
    let wholeCount: Int
    let fractionCount: Int

    /// Takes the next number from a mask of bytes that are no digits; `start` is its first byte.
    @inline(__always)
    init(_ window: UnsafePointer<UInt8>, start: Int, mask: inout UInt64) {
      isNegative = window[start] == Ascii.minus ? 1 : 0
      mask &= ~(isNegative &<< UInt64(truncatingIfNeeded: start))
      point = mask.trailingZeroBitCount
      mask &= mask &- 1
      end = mask.trailingZeroBitCount
      mask &= mask &- 1
      wholeCount = point &- start &- Int(truncatingIfNeeded: isNegative)
      fractionCount = end &- point &- 1
    }

    @inline(__always)
    func isNumber(_ window: UnsafePointer<UInt8>) -> Bool {
      UInt(bitPattern: wholeCount &- 1) < 3 && UInt(bitPattern: fractionCount &- 1) < 16
        && window[point] == Ascii.point
    }
  }

  /// - Returns: false where the text is spelt in another way; `x` and `y` are then unspecified.
  @inline(__always)
  static func parse(
    _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, numbers: DecimalKernels,
    x: inout Double, y: inout Double
  ) -> Bool {
    #if arch(x86_64)
      // "POINT (" as a little-endian word.
      let prefix = UnsafeRawPointer(start).loadUnaligned(as: UInt64.self).littleEndian
      guard prefix & 0x00ff_ffff_ffff_ffff == 0x0028_2054_4e49_4f50 else { return false }
      let window = start + prefixByteCount
      var mask = nonDigits(window)
      let first = Places(window, start: 0, mask: &mask)
      let second = Places(window, start: first.end &+ 1, mask: &mask)
      guard first.isNumber(window), window[first.end] == Ascii.space, second.isNumber(window),
        window[second.end] == Ascii.rightParenthesis, window + second.end + 1 == end
      else { return false }
      return numbers.assemble(
        significand(first, window, numbers), exponent: 0 &- first.fractionCount,
        signBit: first.isNegative &<< 63, into: &x)
        && numbers.assemble(
          significand(second, window, numbers), exponent: 0 &- second.fractionCount,
          signBit: second.isNegative &<< 63, into: &y)
    #else
      return false
    #endif
  }

  #if arch(x86_64)
    /// One bit for each byte of the window that is no digit; the bits behind the window are set.
    @inline(__always)
    private static func nonDigits(_ window: UnsafePointer<UInt8>) -> UInt64 {
      // Less "0" and 128, digits are the signed bytes -128 to -119, and no other bytes are.
      let offset = _mm_set1_epi8(CChar(bitPattern: Ascii.zero &+ 0x80))
      let largest = _mm_set1_epi8(-119)
      var mask: UInt64 = ~0 << UInt64(windowByteCount)
      for part in 0..<3 {
        let vector = UnsafeRawPointer(window).loadUnaligned(
          fromByteOffset: part * 16, as: __m128i.self)
        let hits = _mm_movemask_epi8(_mm_cmpgt_epi8(_mm_sub_epi8(vector, offset), largest))
        mask |= UInt64(UInt32(truncatingIfNeeded: hits)) << UInt64(part * 16)
      }
      return mask
    }
  #endif

  /// All digits of a number as one integer: at most nineteen.
  @inline(__always)
  private static func significand(
    _ places: Places, _ window: UnsafePointer<UInt8>, _ numbers: DecimalKernels
  ) -> UInt64 {
    let point = UnsafeRawPointer(window + places.point)
    // The prefix stands before the first number, so four bytes end at every point.
    let whole = point.loadUnaligned(fromByteOffset: -4, as: UInt32.self).littleEndian
    let first = point.loadUnaligned(fromByteOffset: 1, as: UInt64.self).littleEndian
    let second = point.loadUnaligned(fromByteOffset: 9, as: UInt64.self).littleEndian
    let firstCount = min(places.fractionCount, 8)
    let secondCount = places.fractionCount &- firstCount
    return threeDigits(whole, count: places.wholeCount)
      &* numbers.powerOfTen(places.fractionCount)
      &+ leadingDigits(first, count: firstCount) &* numbers.powerOfTen(secondCount)
      &+ leadingDigits(second, count: secondCount)
  }

  /// The number that the last `count` digits of the word make: one to three.
  @inline(__always)
  private static func threeDigits(_ word: UInt32, count: Int) -> UInt64 {
    let digits = word & 0x0f0f_0f0f & (~0 &<< UInt32(truncatingIfNeeded: 32 &- 8 &* count))
    let pairs = digits &* 10 &+ digits >> 8
    return UInt64((pairs & 0xff) &* 100 &+ (pairs >> 16 & 0xff))
  }

  /// The number that the first `count` digits of the word make: none to eight.
  @inline(__always)
  private static func leadingDigits(_ word: UInt64, count: Int) -> UInt64 {
    let shift = UInt64(truncatingIfNeeded: 32 &- 4 &* count)
    return DecimalKernels.eightDigits(((word & 0x0f0f_0f0f_0f0f_0f0f) &<< shift) &<< shift)
  }
}
