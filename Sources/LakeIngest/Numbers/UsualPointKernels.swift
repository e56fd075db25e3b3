#if arch(x86_64)
  internal import CVector
#endif

/// Reads the spelling that nearly all points have: `POINT (x y)` with one blank, numbers of one to three
/// digits, a point and one to sixteen more, nothing around. The places of all parts come from one mask, so no
/// branch depends on how long a number is.
///
/// Unchecked: `windowByteCount + 16` readable bytes follow the text's first, and sixteen stand before it.
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
      let fractions = lastDigits(
        before: window + first.end, numbers.digitMask(first.fractionCount),
        before: window + second.end, numbers.digitMask(second.fractionCount))
      return numbers.assemblePair(
        significand(first, window, fractions.0, numbers), first.fractionCount,
        first.isNegative &<< 63, into: &x,
        significand(second, window, fractions.1, numbers), second.fractionCount,
        second.isNegative &<< 63, into: &y)
    #else
      return false
    #endif
  }

  #if arch(x86_64)
    /// One bit for each byte of the window that is no digit; the bits behind the window are set.
    @inline(__always)
    private static func nonDigits(_ window: UnsafePointer<UInt8>) -> UInt64 {
      let raw = UnsafeRawPointer(window)
      let low = nonDigits(raw.loadUnaligned(as: __m256i.self))
      let high = nonDigits(raw.loadUnaligned(fromByteOffset: 32, as: __m256i.self))
      return UInt64(low) | UInt64(high) << 32 | ~0 << UInt64(windowByteCount)
    }

    @inline(__always)
    private static func nonDigits(_ bytes: __m256i) -> UInt32 {
      // Less "0" and 128, digits are the signed bytes -128 to -119, and no other bytes are.
      let shifted = _mm256_sub_epi8(
        bytes, _mm256_set1_epi8(CChar(bitPattern: Ascii.zero &+ 0x80)))
      return UInt32(
        bitPattern: _mm256_movemask_epi8(_mm256_cmpgt_epi8(shifted, _mm256_set1_epi8(-119))))
    }

    /// All digits of a number as one integer: at most nineteen.
    @inline(__always)
    private static func significand(
      _ places: Places, _ window: UnsafePointer<UInt8>, _ fraction: UInt64,
      _ numbers: DecimalKernels
    ) -> UInt64 {
      // The prefix stands before the first number, so four bytes end at every point.
      let whole = UnsafeRawPointer(window + places.point)
        .loadUnaligned(fromByteOffset: -4, as: UInt32.self).littleEndian
      return threeDigits(whole, count: places.wholeCount)
        &* numbers.powerOfTen(places.fractionCount) &+ fraction
    }

    /// The numbers that the digits before two ends make, of whose sixteen bytes each `keep` keeps the last ones.
    @inline(__always)
    private static func lastDigits(
      before first: UnsafePointer<UInt8>, _ keepFirst: __m128i,
      before second: UnsafePointer<UInt8>, _ keepSecond: __m128i
    ) -> (UInt64, UInt64) {
      let digits = _mm256_and_si256(
        both(bytes(before: first), bytes(before: second)), both(keepFirst, keepSecond))
      // Two digits to a number of 16 bits, four to one of 32, eight to one of 32.
      let pairs = _mm256_maddubs_epi16(digits, _mm256_set1_epi16(1 << 8 | 10))
      let fours = _mm256_madd_epi16(pairs, _mm256_set1_epi32(1 << 16 | 100))
      let eights = _mm256_madd_epi16(
        _mm256_packs_epi32(fours, fours), _mm256_set1_epi32(1 << 16 | 10_000))
      return (sixteen(eights[0]), sixteen(eights[2]))
    }

    @inline(__always)
    private static func bytes(before end: UnsafePointer<UInt8>) -> __m128i {
      UnsafeRawPointer(end).loadUnaligned(fromByteOffset: -16, as: __m128i.self)
    }

    @inline(__always)
    private static func both(_ low: __m128i, _ high: __m128i) -> __m256i {
      _mm256_set_m128i(high, low)
    }

    /// The number of sixteen digits whose first eight are the low 32 bits, the other eight the high ones.
    @inline(__always)
    private static func sixteen(_ word: Int64) -> UInt64 {
      let halves = UInt64(bitPattern: word)
      return (halves & 0xffff_ffff) &* 100_000_000 &+ halves >> 32
    }
  #endif

  /// The number that the last `count` digits of the word make: one to three.
  @inline(__always)
  private static func threeDigits(_ word: UInt32, count: Int) -> UInt64 {
    let digits = word & 0x0f0f_0f0f & (~0 &<< UInt32(truncatingIfNeeded: 32 &- 8 &* count))
    let pairs = digits &* 10 &+ digits >> 8
    return UInt64((pairs & 0xff) &* 100 &+ (pairs >> 16 & 0xff))
  }
}
