#if arch(x86_64)
  internal import CVector
#endif

/// Reads the spelling that nearly all points have: `POINT (x y)` with one blank, numbers of digits around a point, up to
/// seventeen, nothing around. The places of all parts come from one mask, so no branch depends on how long a number is.
///
/// Unchecked: sixteen readable bytes stand before the text, and 64 follow its first.
enum UsualPointKernels {
  /// Stores the bit patterns of x and y at `place`.
  ///
  /// - Returns: false where nothing is stored: the text is spelt in another way, or the point is at zero or no place on
  ///   earth.
  @inline(__always)
  static func parse(
    _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, numbers: DecimalKernels,
    into place: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    #if arch(x86_64)
      guard let text = UsualPointText(start, end: end) else { return false }
      let halves = _mm256_cvtepi32_pd(text.lastDigits(numbers))
      let significands = _mm_fmadd_pd(halves.evenHalf, _mm_set1_pd(1e8), halves.oddHalf)
      let powers = numbers.powersOfTen(
        text.x.fractionCount, sign: text.x.sign, text.y.fractionCount, sign: text.y.sign)
      // Exact doubles, so the one division rounds correctly (Clinger 1990).
      var point = _mm_div_pd(significands, powers)
      let isInexact = _mm_cmpge_pd(significands, _mm_set1_pd(0x1p53))
      if text.isLong || _mm_movemask_pd(isInexact) != 0 {
        guard
          divide(text.firstDigits, halves.evenHalf, halves.oddHalf, by: powers, into: &point)
        else { return false }
      }
      let isFar = _mm_cmpgt_pd(_mm_andnot_pd(_mm_set1_pd(-0.0), point), _mm_set_pd(90, 180))
      let bits = _mm_castpd_si128(significands)
      guard _mm_movemask_pd(isFar) == 0, _mm_testz_si128(bits, bits) == 0 else { return false }
      UnsafeMutableRawPointer(place).storeBytes(of: point, as: __m128d.self)
      return true
    #else
      return false
    #endif
  }

  #if arch(x86_64)
    /// Divides integers of seventeen digits: one, eight and eight.
    ///
    /// - Returns: false where a quotient lies between two doubles, or so nearly that a slower way must decide.
    @inline(__always)
    private static func divide(
      _ first: __m128d, _ high: __m128d, _ low: __m128d, by powers: __m128d,
      into quotients: inout __m128d
    ) -> Bool {
      // Each sum comes with what it lost, which is an integer below 16.
      let sixteen = _mm_fmadd_pd(high, _mm_set1_pd(1e8), low)
      let all = _mm_fmadd_pd(first, _mm_set1_pd(1e16), sixteen)
      let lost = _mm_add_pd(
        _mm_add_pd(_mm_fmsub_pd(high, _mm_set1_pd(1e8), sixteen), low),
        _mm_add_pd(_mm_fmsub_pd(first, _mm_set1_pd(1e16), all), sixteen))
      let nearly = _mm_div_pd(all, powers)
      // The rest is exact, so only its division and the last sum round.
      let rest = _mm_add_pd(_mm_fnmadd_pd(nearly, powers, all), lost)
      let more = _mm_div_pd(rest, powers)
      quotients = _mm_fmadd_pd(more, _mm_set1_pd(1 - 0x1p-50), nearly)
      let others = _mm_fmadd_pd(more, _mm_set1_pd(1 + 0x1p-50), nearly)
      return _mm_movemask_pd(_mm_cmpeq_pd(quotients, others)) == 3
    }
  #endif
}

#if arch(x86_64)
  /// A point in the usual spelling. Unchecked as `UsualPointKernels`.
  private struct UsualPointText {
    private static let prefixByteCount = 7
    /// Longest text behind the prefix.
    private static let windowByteCount = 48
    /// Digits of a number; the first of as many is not in a vector of sixteen.
    private static let longestDigitCount = 17

    /// Where a number's parts lie, from the window's start.
    struct Places {
      /// 1 where there is one.
      let sign: Int
      let firstDigit: Int
      let point: Int
      let end: Int

      var fractionCount: Int { end &- point &- 1 }
      var digitCount: Int { end &- firstDigit &- 1 }

      /// Takes the next point, and the end if it is not known, from a mask of bytes that are no digits; `start` is the
      /// number's first byte.
      @inline(__always)
      init(_ window: UnsafePointer<UInt8>, start: Int, mask: inout UInt64, end: Int? = nil) {
        sign = window[start] == Ascii.minus ? 1 : 0
        mask &= ~(UInt64(truncatingIfNeeded: sign) &<< UInt64(truncatingIfNeeded: start))
        firstDigit = start &+ sign
        point = mask.trailingZeroBitCount
        mask &= mask &- 1
        self.end = end ?? mask.trailingZeroBitCount
      }

      /// Whether digits stand before the point, and not too many all in all.
      @inline(__always)
      var isNumber: Bool { point > firstDigit && digitCount <= UsualPointText.longestDigitCount }
    }

    private let window: UnsafePointer<UInt8>
    let x: Places
    let y: Places

    /// `nil` where the text is spelt in another way.
    @inline(__always)
    init?(_ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) {
      // "POIN" and "NT (" as little-endian words.
      let text = UnsafeRawPointer(start)
      guard text.loadUnaligned(as: UInt32.self).littleEndian == 0x4e49_4f50,
        text.loadUnaligned(fromByteOffset: 3, as: UInt32.self).littleEndian == 0x2820_544e
      else { return nil }
      window = start + Self.prefixByteCount
      var mask = Self.nonDigits(window)
      x = Places(window, start: 0, mask: &mask)
      mask &= mask &- 1
      // So what is read of the second number need not wait for the first.
      y = Places(window, start: x.end &+ 1, mask: &mask, end: end - window - 1)
      guard x.isNumber, y.isNumber, mask.trailingZeroBitCount == y.end,
        window[x.point] == Ascii.point,
        window[x.end] == Ascii.space, window[y.point] == Ascii.point,
        window[y.end] == Ascii.rightParenthesis
      else { return nil }
    }

    /// Whether a number has a digit more than the sixteen.
    @inline(__always)
    var isLong: Bool {
      x.digitCount == Self.longestDigitCount || y.digitCount == Self.longestDigitCount
    }

    /// The digit before the last sixteen of each number.
    @inline(__always)
    var firstDigits: __m128d { _mm_set_pd(firstDigit(y), firstDigit(x)) }

    @inline(__always)
    private func firstDigit(_ number: Places) -> Double {
      number.digitCount == Self.longestDigitCount
        ? Double(window[number.firstDigit] &- Ascii.zero) : 0
    }

    /// One bit for each byte of the window that is no digit; the bits behind the window are set.
    @inline(__always)
    private static func nonDigits(_ window: UnsafePointer<UInt8>) -> UInt64 {
      let raw = UnsafeRawPointer(window)
      let first = nonDigits(raw.loadUnaligned(as: __m256i.self))
      let last = nonDigits(
        raw.loadUnaligned(fromByteOffset: windowByteCount - 32, as: __m256i.self))
      return UInt64(first) | UInt64(last) << UInt64(windowByteCount - 32)
        | ~0 << UInt64(windowByteCount)
    }

    @inline(__always)
    private static func nonDigits(_ bytes: __m256i) -> UInt32 {
      // Less "0" and 128, digits are the signed bytes -128 to -119, and no other bytes are.
      let shifted = _mm256_sub_epi8(
        bytes, _mm256_set1_epi8(CChar(bitPattern: Ascii.zero &+ 0x80)))
      return UInt32(
        bitPattern: _mm256_movemask_epi8(_mm256_cmpgt_epi8(shifted, _mm256_set1_epi8(-119))))
    }

    /// The numbers that the last sixteen digits of both make: each as two of eight digits, in 32 bits each.
    @inline(__always)
    func lastDigits(_ numbers: DecimalKernels) -> __m128i {
      // Digits behind the point end where the number does; those before it, if it were not there, a byte earlier.
      let fractions = Self.both(bytes(before: x.end), bytes(before: y.end))
      let wholes = Self.both(bytes(before: x.end &- 1), bytes(before: y.end &- 1))
      let isFraction = Self.both(
        numbers.digitMask(x.fractionCount), numbers.digitMask(y.fractionCount))
      let digits = _mm256_and_si256(
        _mm256_blendv_epi8(wholes, fractions, isFraction),
        Self.both(numbers.digitMask(x.digitCount), numbers.digitMask(y.digitCount)))
      // Two digits to a number of 16 bits, four to one of 32, eight to one of 32.
      let pairs = _mm256_maddubs_epi16(digits, _mm256_set1_epi16(1 << 8 | 10))
      let fours = _mm256_madd_epi16(pairs, _mm256_set1_epi32(1 << 16 | 100))
      return _mm_madd_epi16(
        _mm_packus_epi32(fours.lowHalf, fours.highHalf), _mm_set1_epi32(1 << 16 | 10_000))
    }

    @inline(__always)
    private func bytes(before end: Int) -> __m128i {
      UnsafeRawPointer(window + end).loadUnaligned(fromByteOffset: -16, as: __m128i.self)
    }

    @inline(__always)
    private static func both(_ low: __m128i, _ high: __m128i) -> __m256i {
      _mm256_set_m128i(high, low)
    }
  }
#endif
