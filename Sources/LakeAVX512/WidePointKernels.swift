#if arch(x86_64)
  internal import CVector

  /// Reads two points of a row together, in the spelling that nearly all have: `POINT (x y)` with one blank, numbers of
  /// digits around a point, up to seventeen, nothing around.
  ///
  /// All four numbers go through the same vectors, their parts' places as well, and nothing branches on how they are spelt.
  ///
  /// Unchecked: 64 bytes can be read from the first of each text on.
  package enum WidePointKernels {
    /// Rows that tell how long the numbers of those behind them are.
    private static let sampleCount = 16

    /// Stores the bit patterns of origin x and y and destination x and y of each row.
    ///
    /// What is passed is numbers and addresses: a type of this target's would bring along functions that all targets share, and
    /// other processors cannot run those that are compiled here.
    ///
    /// - Parameters:
    ///   - starts: Where the first row's fields begin in `bytes`, less `startShift`; those of the next row stand
    ///     `fieldCount` places further.
    ///   - ends: Likewise, behind the last byte of each.
    ///   - origin: The field that has the origin.
    ///   - destination: The field that has the destination.
    ///   - places: Of the first row; that of the next stands `placeStride` words further.
    ///   - unread: Takes the rows of which nothing useful is stored, for they are spelt in another way, or lie at zero or at
    ///     no place on earth; room for all rows.
    /// - Returns: How many rows those are.
    package static func parse(
      _ bytes: UnsafePointer<UInt8>, starts: UnsafePointer<UInt32>, startShift: UInt32,
      ends: UnsafePointer<UInt32>, fieldCount: Int, origin: Int, destination: Int, rowCount: Int,
      into places: UnsafeMutablePointer<UInt64>, placeStride: Int,
      unread: UnsafeMutablePointer<UInt32>
    ) -> Int {
      func texts(_ field: Int) -> FieldTexts {
        FieldTexts(
          bytes: bytes, starts: starts + field, startShift: startShift, ends: ends + field,
          stride: fieldCount)
      }
      let rows = PointRows(
        origins: texts(origin), destinations: texts(destination), places: places,
        placeStride: placeStride)
      for row in 0..<rowCount { unread[row] = UInt32(truncatingIfNeeded: row) }
      // What is left by the short way is tried in the long one; where that is most, the short way is not tried.
      let sampled = min(sampleCount, rowCount)
      let left = keepUnread(rows, unread, 0..<sampled, after: 0, isLong: false)
      let rest = sampled..<rowCount
      if 2 &* left > sampled {
        let count = keepUnread(rows, unread, 0..<left, after: 0, isLong: true)
        return keepUnread(rows, unread, rest, after: count, isLong: true)
      }
      let allLeft = keepUnread(rows, unread, rest, after: left, isLong: false)
      return keepUnread(rows, unread, 0..<allLeft, after: 0, isLong: true)
    }

    /// Reads the rows of a range of the list, and puts those that cannot be read behind the first `count`.
    ///
    /// - Returns: How many stand in the list then.
    @inline(never)
    private static func keepUnread(
      _ rows: PointRows, _ list: UnsafeMutablePointer<UInt32>, _ range: Range<Int>,
      after count: Int, isLong: Bool
    ) -> Int {
      // Two loops, neither of which asks for each row.
      isLong
        ? keepEach(rows, list, range, after: count, isLong: true)
        : keepEach(rows, list, range, after: count, isLong: false)
    }

    @inline(__always)
    private static func keepEach(
      _ rows: PointRows, _ list: UnsafeMutablePointer<UInt32>, _ range: Range<Int>,
      after count: Int, isLong: Bool
    ) -> Int {
      var count = count
      for index in range {
        let row = list[index]
        let isRead = parse(rows, row: Int(row), isLong: isLong)
        list[count] = row
        count &+= isRead ? 0 : 1
      }
      return count
    }

    /// - Parameter isLong: Whether numbers of seventeen digits, or from 2^53 on, are read as well.
    @inline(__always)
    private static func parse(_ rows: PointRows, row: Int, isLong: Bool) -> Bool {
      let (origin, destination) = (
        PointText(rows.origins.start(row), end: rows.origins.end(row)),
        PointText(rows.destinations.start(row), end: rows.destinations.end(row))
      )
      let parts = PointParts(origin, destination)
      let halves = _mm512_cvtepi32_pd(eightDigits(parts, origin, destination))
      let high = _mm512_castpd512_pd256(halves)
      let low = lake_upper_half(halves)
      let powers = powersOfTen(parts.fractionCounts)
      var points = _mm256_setzero_pd()
      var flaws = origin.flaws | destination.flaws | parts.flaws
      if isLong {
        let first = firstDigits(parts, origin, destination)
        let unsure = divide(first, high, low, by: powers, into: &points)
        let longer = lake_ints_above(parts.digitCounts, _mm_set1_epi32(17))
        flaws |= UInt64(unsure | longer)
      } else {
        let significands = _mm256_fmadd_pd(high, _mm256_set1_pd(1e8), low)
        // Exact doubles, so the one division rounds correctly (Clinger 1990).
        points = _mm256_div_pd(significands, powers)
        let inexact = lake_not_below(significands, _mm256_set1_pd(0x1p53))
        let longer = lake_ints_above(parts.digitCounts, _mm_set1_epi32(16))
        flaws |= UInt64(inexact | longer)
      }
      let far = lake_above(points, _mm256_set_pd(90, 180, 90, 180))
      let zeros = lake_equal(points, _mm256_setzero_pd())
      let signed = _mm256_mask_xor_pd(points, parts.signs, points, _mm256_set1_pd(-0.0))
      UnsafeMutableRawPointer(rows.places + row &* rows.placeStride)
        .storeBytes(of: signed, as: __m256d.self)
      return flaws | UInt64(far) | UInt64(zeros & (zeros &>> 1) & 0b0101) == 0
    }

    /// Two numbers of eight digits each, 32 bits wide, for the last sixteen digits of four numbers: the four high ones,
    /// then the four low ones.
    @inline(__always)
    private static func eightDigits(
      _ parts: PointParts, _ origin: PointText, _ destination: PointText
    ) -> __m256i {
      // Sixteen bytes of a number each: digits behind the point end where the number does; those before it, if it were
      // not there, a byte earlier.
      let ends = parts.lanes(of: PointParts.endLanes)
      let behind = _mm512_add_epi8(ends, beforeEnd)
      let places = _mm512_mask_add_epi8(
        behind, lake_signed_bytes_not_above(behind, parts.lanes(of: PointParts.pointLanes)), ends,
        _mm512_sub_epi8(beforeEnd, _mm512_set1_epi8(1)))
      let bytes = _mm512_mask_permutexvar_epi8(
        _mm512_permutexvar_epi8(places, origin.digits), 0xffff_ffff_0000_0000, places,
        destination.digits)
      // A sign is below every digit.
      let digits = _mm512_maskz_max_epi8(
        lake_signed_bytes_above(places, parts.lanes(of: PointParts.beforeLanes)), bytes,
        _mm512_setzero_si512())
      // Two digits to a number of 16 bits, four to one of 32, eight to one of 32.
      let pairs = _mm512_maddubs_epi16(digits, _mm512_set1_epi16(1 << 8 | 10))
      let fours = _mm512_madd_epi16(pairs, _mm512_set1_epi32(1 << 16 | 100))
      let eights = _mm512_madd_epi16(
        _mm512_packus_epi32(fours, fours), _mm512_set1_epi32(1 << 16 | 10_000))
      return _mm512_castsi512_si256(_mm512_permutexvar_epi32(highThenLow, eights))
    }

    /// In each lane: -16 to -1.
    private static var beforeEnd: __m512i {
      let (low, high): (Int64, Int64) = (-0x0809_0a0b_0c0d_0e10, -0x0001_0203_0405_0608)
      return __m512i(low, high, low, high, low, high, low, high)
    }

    /// Numbers of 32 bits: the first of each lane, then the second of each.
    private static var highThenLow: __m512i {
      __m512i(4 << 32, 12 << 32 | 8, 5 << 32 | 1, 13 << 32 | 9, 0, 0, 0, 0)
    }

    /// Powers of ten of exponents from 1 to 16.
    @inline(__always)
    private static func powersOfTen(_ exponents: __m128i) -> __m256d {
      let places = _mm512_castsi256_si512(
        _mm256_cvtepi32_epi64(_mm_sub_epi32(exponents, _mm_set1_epi32(1))))
      return _mm512_castpd512_pd256(
        _mm512_permutex2var_pd(
          __m512d(1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8), places,
          __m512d(1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16)))
    }

    /// The digit before the last sixteen of each number; 0 where there is none.
    @inline(__always)
    private static func firstDigits(
      _ parts: PointParts, _ origin: PointText, _ destination: PointText
    ) -> __m256d {
      let places = _mm_sub_epi32(_mm_sub_epi32(parts.ends, parts.digitCounts), _mm_set1_epi32(1))
      let wide = _mm512_castsi128_si512(places)
      let bytes = _mm512_castsi512_si128(
        _mm512_mask_permutexvar_epi8(
          _mm512_permutexvar_epi8(wide, origin.digits), 0xff00, wide, destination.digits))
      let isThere = lake_ints_above(parts.digitCounts, _mm_set1_epi32(16))
      return _mm256_cvtepi32_pd(
        _mm_maskz_and_epi32(isThere, bytes, _mm_set1_epi32(0xff)))
    }

    /// Divides integers of seventeen digits: one, eight and eight.
    ///
    /// - Returns: A bit for each quotient that lies between two doubles, or so nearly that a slower way must decide.
    @inline(__always)
    private static func divide(
      _ first: __m256d, _ high: __m256d, _ low: __m256d, by powers: __m256d,
      into quotients: inout __m256d
    ) -> UInt8 {
      // Each sum comes with what it lost, which is an integer below 16.
      let sixteen = _mm256_fmadd_pd(high, _mm256_set1_pd(1e8), low)
      let all = _mm256_fmadd_pd(first, _mm256_set1_pd(1e16), sixteen)
      let lost = _mm256_add_pd(
        _mm256_add_pd(_mm256_fmsub_pd(high, _mm256_set1_pd(1e8), sixteen), low),
        _mm256_add_pd(_mm256_fmsub_pd(first, _mm256_set1_pd(1e16), all), sixteen))
      let nearly = _mm256_div_pd(all, powers)
      // The rest is exact, so only its division and the last sum round.
      let rest = _mm256_add_pd(_mm256_fnmadd_pd(nearly, powers, all), lost)
      let more = _mm256_div_pd(rest, powers)
      quotients = _mm256_fmadd_pd(more, _mm256_set1_pd(1 - 0x1p-50), nearly)
      let others = _mm256_fmadd_pd(more, _mm256_set1_pd(1 + 0x1p-50), nearly)
      return lake_equal(quotients, others) ^ 0b1111
    }
  }

  /// Where the texts of one field lie.
  private struct FieldTexts {
    let bytes: UnsafePointer<UInt8>
    let starts: UnsafePointer<UInt32>
    let startShift: UInt32
    let ends: UnsafePointer<UInt32>
    let stride: Int

    @inline(__always)
    func start(_ row: Int) -> UnsafePointer<UInt8> {
      bytes + Int(starts[row &* stride] &+ startShift)
    }

    @inline(__always)
    func end(_ row: Int) -> UnsafePointer<UInt8> { bytes + Int(ends[row &* stride]) }
  }

  /// The texts of two points in each row, and where the points go.
  private struct PointRows {
    let origins: FieldTexts
    let destinations: FieldTexts
    let places: UnsafeMutablePointer<UInt64>
    let placeStride: Int
  }

  /// A point in the usual spelling. Unchecked as `WidePointKernels`.
  private struct PointText {
    /// The text's bytes less that of the digit 0.
    let digits: __m512i
    /// Bytes 0 to 3: the places of x's point and end and of y's point and end, zeros where there are fewer; then those of
    /// "POINT (".
    let marks: __m128i
    /// Bit 0 where x has a sign, bit 1 where y has one.
    let signs: UInt64
    /// 0 where the text ends behind y.
    let flaws: UInt64

    @inline(__always)
    init(_ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) {
      let text = UnsafeRawPointer(start).loadUnaligned(as: __m512i.self)
      let byteCount = UInt64(truncatingIfNeeded: end - start)
      digits = _mm512_sub_epi8(text, _mm512_set1_epi8(0x30))
      // Behind "POINT (" and behind a blank.
      let signs =
        lake_equal_bytes(text, 0x2d) & (lake_equal_bytes(text, 0x20) &<< 1 | 1 &<< 7)
        & ((1 &<< byteCount) &- 1)
      self.signs = signs &>> 7 & 1 | (signs &>> 8 == 0 ? 0 : 2)
      let others = ~(lake_bytes_below(digits, 10) | signs) & ~0x7f
      let found = _mm512_castsi512_si128(_mm512_maskz_compress_epi8(others, WideBytes.zeroTo63))
      marks = _mm_mask_mov_epi32(
        found, 0b1110, __m128i(0x0302_0100 &<< 32, 0x0006_0504))
      let last = UInt64(UInt32(bitPattern: _mm_cvtsi128_si32(found)) &>> 24)
      flaws = (last &+ 1) ^ byteCount
    }
  }

  /// Where the parts of four numbers lie: x and y of two points.
  private struct PointParts {
    /// Those of the first text, then of the second, sixteen bytes each.
    private let marks: __m512i
    /// A bit for each number that has one.
    let signs: UInt8
    /// Behind the last digit.
    let ends: __m128i
    /// From 1 on.
    let fractionCounts: __m128i
    let digitCounts: __m128i
    /// 0 where points and blanks are as they should, and digits on both sides of each point.
    let flaws: UInt64

    @inline(__always)
    init(_ origin: PointText, _ destination: PointText) {
      let marks = lake_joined(origin.marks, destination.marks)
      self.marks = _mm512_castsi256_si512(marks)
      let characters = _mm512_castsi512_si256(
        _mm512_mask_permutexvar_epi8(
          _mm512_permutexvar_epi8(self.marks, origin.digits), 0xffff_0000, self.marks,
          destination.digits))
      signs = UInt8(truncatingIfNeeded: origin.signs | destination.signs &<< 2)
      ends = Self.numbers(marks, Self.bytes(1, 3, 17, 19))
      let points = Self.numbers(marks, Self.bytes(0, 2, 16, 18))
      // Before x stands the parenthesis.
      let befores = Self.numbers(marks, Self.bytes(10, 1, 26, 17))
      let one = _mm_set1_epi32(1)
      fractionCounts = _mm_sub_epi32(_mm_sub_epi32(ends, points), one)
      let spans = _mm_sub_epi32(_mm_sub_epi32(points, befores), one)
      let wholeCounts = _mm_mask_sub_epi32(spans, signs, spans, one)
      digitCounts = _mm_add_epi32(fractionCounts, wholeCounts)
      let least = _mm_min_epi32(fractionCounts, wholeCounts)
      flaws =
        UInt64(lake_other_bytes(characters, Self.characters) & 0x07ff_07ff)
        | UInt64(lake_ints_above(one, least))
    }

    /// ". .)POINT (" twice, less the digit 0.
    private static var characters: __m256i {
      let (first, second) = (
        Int64(bitPattern: 0x1e19_1f20_f9fe_f0fe), Int64(bitPattern: 0x00f8_f024)
      )
      return __m256i(first, second, first, second)
    }

    /// Four bytes as numbers of 32 bits.
    @inline(__always)
    private static func numbers(
      _ bytes: __m256i, _ places: __m128i
    ) -> __m128i {
      _mm256_castsi256_si128(
        _mm256_maskz_permutexvar_epi8(0x1111, _mm256_castsi128_si256(places), bytes))
    }

    private static func bytes(_ first: Int64, _ second: Int64, _ third: Int64, _ fourth: Int64)
      -> __m128i
    {
      __m128i(second &<< 32 | first, fourth &<< 32 | third)
    }

    /// In each lane of sixteen bytes: the place in `marks` of where the number ends, of its point, and of what stands before
    /// its first digit or sign.
    static var endLanes: __m512i { laneBytes(1, 3, 17, 19) }
    static var pointLanes: __m512i { laneBytes(0, 2, 16, 18) }
    static var beforeLanes: __m512i { laneBytes(10, 1, 26, 17) }

    private static func laneBytes(_ first: Int64, _ second: Int64, _ third: Int64, _ fourth: Int64)
      -> __m512i
    {
      let all: Int64 = 0x0101_0101_0101_0101
      return __m512i(
        first &* all, first &* all, second &* all, second &* all, third &* all, third &* all,
        fourth &* all, fourth &* all)
    }

    @inline(__always)
    func lanes(of places: __m512i) -> __m512i { _mm512_permutexvar_epi8(places, marks) }
  }
#endif
