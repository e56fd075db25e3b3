#if arch(x86_64)
  internal import CVector

  /// Reads two points of a row together, in the spelling that nearly all have: `POINT (x y)` with one blank, numbers of
  /// digits around a point, up to seventeen, nothing around.
  ///
  /// All four numbers go through the same vectors, and nothing branches on how they are spelt. What spelling a text has is
  /// found for all rows first, so that rows do not wait for each other.
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
    ///   - shapes: The spellings that were seen before; `shapesByteCount` zeros at first, from a multiple of 64 on.
    ///   - scratch: Room for three numbers a row.
    ///   - unread: Takes the rows of which nothing useful is stored, for they are spelt in another way, or lie at zero or at
    ///     no place on earth; room for all rows.
    /// - Returns: How many rows those are.
    package static func parse(
      _ bytes: UnsafePointer<UInt8>, starts: UnsafePointer<UInt32>, startShift: UInt32,
      ends: UnsafePointer<UInt32>, fieldCount: Int, origin: Int, destination: Int, rowCount: Int,
      into places: UnsafeMutablePointer<UInt64>, placeStride: Int,
      shapes: UnsafeMutableRawPointer, scratch: UnsafeMutablePointer<UInt32>,
      unread: UnsafeMutablePointer<UInt32>
    ) -> Int {
      func texts(_ field: Int) -> FieldTexts {
        FieldTexts(
          bytes: bytes, starts: starts + field, startShift: startShift, ends: ends + field,
          stride: fieldCount)
      }
      let rows = PointRows(
        origins: texts(origin), destinations: texts(destination), places: places,
        placeStride: placeStride, shapes: PointShapes(memory: shapes), shapeOffsets: scratch)
      let found = scratch + 2 &* rowCount
      var unreadCount = find(rows, rowCount, found: found, others: unread)
      var foundCount = rowCount &- unreadCount
      if unreadCount > 0 {
        unreadCount = learn(rows, unread, count: unreadCount, found: found, after: foundCount)
        foundCount = rowCount &- unreadCount
      }
      let left = keepUnread(rows, found, count: foundCount)
      for index in 0..<left { unread[unreadCount &+ index] = found[index] }
      return unreadCount &+ left
    }

    /// What the spellings need that are kept.
    package static var shapesByteCount: Int { PointShapes.byteCount }

    /// Finds the shapes of the texts of all rows.
    ///
    /// - Returns: How many rows are put into `others`, for one of their texts has no shape that is known.
    @inline(never)
    private static func find(
      _ rows: PointRows, _ rowCount: Int, found: UnsafeMutablePointer<UInt32>,
      others: UnsafeMutablePointer<UInt32>
    ) -> Int {
      var (foundCount, otherCount) = (0, 0)
      for row in 0..<rowCount {
        let isFound = rows.findShapes(row)
        found[foundCount] = UInt32(truncatingIfNeeded: row)
        others[otherCount] = UInt32(truncatingIfNeeded: row)
        foundCount &+= isFound ? 1 : 0
        otherCount &+= isFound ? 0 : 1
      }
      return otherCount
    }

    /// Takes up the shapes of the rows of a list.
    ///
    /// - Returns: How many rows stay in the list, for they have none; the others are put behind the first `foundCount`.
    @inline(never)
    private static func learn(
      _ rows: PointRows, _ list: UnsafeMutablePointer<UInt32>, count: Int,
      found: UnsafeMutablePointer<UInt32>, after foundCount: Int
    ) -> Int {
      var (foundCount, leftCount) = (foundCount, 0)
      for index in 0..<count {
        let row = Int(list[index])
        rows.shapes.learn(rows.origins.start(row), end: rows.origins.end(row))
        rows.shapes.learn(rows.destinations.start(row), end: rows.destinations.end(row))
        let isFound = rows.findShapes(row)
        found[foundCount] = list[index]
        foundCount &+= isFound ? 1 : 0
        list[leftCount] = list[index]
        leftCount &+= isFound ? 0 : 1
      }
      return leftCount
    }

    /// Reads the rows of a list, and keeps those in it that cannot be read.
    ///
    /// - Returns: How many stand in the list then.
    private static func keepUnread(
      _ rows: PointRows, _ list: UnsafeMutablePointer<UInt32>, count: Int
    ) -> Int {
      // What is left by the short way is tried in the long one; where that is most, the short way is not tried.
      let sampled = min(sampleCount, count)
      let left = keepUnread(rows, list, 0..<sampled, after: 0, isLong: false)
      if 2 &* left > sampled {
        let longLeft = keepUnread(rows, list, 0..<left, after: 0, isLong: true)
        return keepUnread(rows, list, sampled..<count, after: longLeft, isLong: true)
      }
      let allLeft = keepUnread(rows, list, sampled..<count, after: left, isLong: false)
      return keepUnread(rows, list, 0..<allLeft, after: 0, isLong: true)
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
      let (origin, destination) = rows.shapes(row)
      let (from, to) = (rows.origins.start(row), rows.destinations.start(row))
      let halves = _mm512_cvtepi32_pd(
        eightDigits(from, to, lanes: lake_joined_halves(origin.lanes, destination.lanes)))
      let high = _mm512_castpd512_pd256(halves)
      let low = lake_upper_half(halves)
      let divisors = lake_joined_pairs(origin.divisors, destination.divisors)
      var points = _mm256_setzero_pd()
      var flaws: UInt64 = 0
      if isLong {
        let first = __m256d(
          firstDigit(from, origin.firstPlaces), firstDigit(from, origin.firstPlaces &>> 8),
          firstDigit(to, destination.firstPlaces),
          firstDigit(to, destination.firstPlaces &>> 8))
        flaws = UInt64(divide(first, high, low, by: divisors, into: &points))
      } else {
        let significands = _mm256_fmadd_pd(high, _mm256_set1_pd(1e8), low)
        // Exact doubles, so the one division rounds correctly (Clinger 1990).
        points = _mm256_div_pd(significands, divisors)
        let inexact = lake_not_below(significands, _mm256_set1_pd(0x1p53))
        flaws = UInt64(inexact) | UInt64(origin.firstPlaces | destination.firstPlaces)
      }
      let sizes = _mm256_andnot_pd(_mm256_set1_pd(-0.0), points)
      let far = lake_above(sizes, _mm256_set_pd(90, 180, 90, 180))
      let zeros = lake_equal(points, _mm256_setzero_pd())
      UnsafeMutableRawPointer(rows.places + row &* rows.placeStride)
        .storeBytes(of: points, as: __m256d.self)
      return flaws | UInt64(far) | UInt64(zeros & (zeros &>> 1) & 0b0101) == 0
    }

    /// Two numbers of eight digits each, 32 bits wide, for the last sixteen digits of four numbers: the four high ones,
    /// then the four low ones.
    ///
    /// - Parameter lanes: The place of each digit in its text, two numbers of the first, then of the second.
    @inline(__always)
    private static func eightDigits(
      _ first: UnsafePointer<UInt8>, _ second: UnsafePointer<UInt8>, lanes: __m512i
    ) -> __m256i {
      let bytes = _mm512_mask_permutexvar_epi8(
        _mm512_permutexvar_epi8(lanes, UnsafeRawPointer(first).loadUnaligned(as: __m512i.self)),
        0xffff_ffff_0000_0000, lanes,
        UnsafeRawPointer(second).loadUnaligned(as: __m512i.self))
      // The parenthesis, which stands where there is no digit, is below every digit.
      let digits = _mm512_subs_epu8(bytes, _mm512_set1_epi8(0x30))
      // Two digits to a number of 16 bits, four to one of 32, eight to one of 32.
      let pairs = _mm512_maddubs_epi16(digits, _mm512_set1_epi16(1 << 8 | 10))
      let fours = _mm512_madd_epi16(pairs, _mm512_set1_epi32(1 << 16 | 100))
      let eights = _mm512_madd_epi16(
        _mm512_packus_epi32(fours, fours), _mm512_set1_epi32(1 << 16 | 10_000))
      return _mm512_castsi512_si256(_mm512_permutexvar_epi32(highThenLow, eights))
    }

    /// Numbers of 32 bits: the first of each lane, then the second of each.
    private static var highThenLow: __m512i {
      __m512i(4 << 32, 12 << 32 | 8, 5 << 32 | 1, 13 << 32 | 9, 0, 0, 0, 0)
    }

    /// The digit at a place, whose lower byte counts; 0 at none.
    @inline(__always)
    private static func firstDigit(_ text: UnsafePointer<UInt8>, _ place: UInt16) -> Double {
      let place = Int(place & 0xff)
      return Double(place == 0 ? 0 : Int32(text[place]) &- 0x30)
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
    let shapes: PointShapes
    /// Of the origin and the destination of each row.
    let shapeOffsets: UnsafeMutablePointer<UInt32>

    @inline(__always)
    func findShapes(_ row: Int) -> Bool {
      let origin = shapes.find(origins.start(row), end: origins.end(row))
      let destination = shapes.find(destinations.start(row), end: destinations.end(row))
      shapeOffsets[2 &* row] = origin.offset
      shapeOffsets[2 &* row &+ 1] = destination.offset
      return origin.flaws | destination.flaws == 0
    }

    @inline(__always)
    func shapes(_ row: Int) -> (origin: PointShape, destination: PointShape) {
      (shapes[shapeOffsets[2 &* row]], shapes[shapeOffsets[2 &* row &+ 1]])
    }
  }
#endif
