internal import LakeBytes
internal import LakeColumns
internal import TripModel

/// Hashes trips that have every value and no extra column, without writing their records down.
///
/// ```
///  0   2               18  20       28  30       38  40       48  50       58  60       68  70              86
///  +---+---------------+---+--------+---+--------+---+--------+---+--------+---+--------+---+---------------+
///  | 1 | region digest | 2 | origin | 3 | origin | 4 | dest.  | 5 | dest.  | 6 | start  | 7 | source digest |
///  |   |               |   | x      |   | y      |   | x      |   | y      |   | time   |   |               |
///  +---+---------------+---+--------+---+--------+---+--------+---+--------+---+--------+---+---------------+
/// ```
///
/// Format: `formats/trip-file/v1.md`, "Row hash".
struct TripHashes {
  static let columns: [ColumnID] = [
    .originX, .originY, .destinationX, .destinationY, .startTime, .source,
  ]
  private static let recordByteCount: UInt64 = 86

  private let ids = TripColumnIDs()
  private let first: ShortDigest.Part
  /// The last bytes of the region's digest.
  private let regionEnd: UInt64
  /// Of each source.
  private let last: [ShortDigest.Part]

  init(region: Digest128, sources: [Digest128]) {
    first = ShortDigest.Part(
      .first, low: UInt64(ColumnID.region.rawValue) | region.low << 16,
      high: region.low >> 48 | region.high << 16)
    regionEnd = region.high >> 48
    last = sources.map { ShortDigest.Part(.last, low: $0.low, high: $0.high) }
  }

  /// The sum of the hashes of some rows.
  ///
  /// - Precondition: The columns hold the rows, and every source has a digest.
  func sum(
    originX: borrowing ColumnBuffer<UInt64>, originY: borrowing ColumnBuffer<UInt64>,
    destinationX: borrowing ColumnBuffer<UInt64>, destinationY: borrowing ColumnBuffer<UInt64>,
    startTime: borrowing ColumnBuffer<UInt64>, source: borrowing ColumnBuffer<UInt64>,
    rows: Range<Int>
  ) -> Digest128 {
    let originX = originX.span.extracting(rows)
    let originY = originY.span.extracting(rows)
    let destinationX = destinationX.span.extracting(rows)
    let destinationY = destinationY.span.extracting(rows)
    let startTime = startTime.span.extracting(rows)
    let source = source.span.extracting(rows)
    precondition(WordKernels.areAll(source, below: UInt64(last.count)))
    var sum = Digest128.zero
    // Safe because all spans are as long as `rows`, and every source was compared with the count.
    TripHashParts.withRoom { parts in
      last.withUnsafeBufferPointer { last in
        for start in stride(from: 0, to: rows.count, by: TripHashParts.rowCount) {
          let batch = start..<min(start + TripHashParts.rowCount, rows.count)
          for row in stride(from: start, to: batch.upperBound, by: 4) {
            fill(
              parts, row - start,
              origin: (Self.four(originX, row), Self.four(originY, row)),
              destination: (Self.four(destinationX, row), Self.four(destinationY, row)),
              startTime: Self.four(startTime, row))
          }
          sum = sum &+ self.sum(parts, source.extracting(batch), last)
        }
      }
    }
    return sum
  }

  /// Four words from a row on; past the last row its word is repeated.
  @inline(__always)
  private static func four(_ words: Span<UInt64>, _ row: Int) -> SIMD4<UInt64> {
    if row &+ 3 < words.count {
      return SIMD4(
        words[unchecked: row], words[unchecked: row &+ 1], words[unchecked: row &+ 2],
        words[unchecked: row &+ 3])
    }
    var four = SIMD4(repeating: words[words.count - 1])
    for lane in 0..<words.count - row { four[lane] = words[row + lane] }
    return four
  }

  /// Makes the parts of four rows that no other rows share.
  @inline(__always)
  private func fill(
    _ parts: TripHashParts, _ row: Int, origin: (x: SIMD4<UInt64>, y: SIMD4<UInt64>),
    destination: (x: SIMD4<UInt64>, y: SIMD4<UInt64>), startTime: SIMD4<UInt64>
  ) {
    func constant(_ bits: UInt64) -> SIMD4<UInt64> { SIMD4(repeating: bits) }
    parts.set(
      .third, row, low: origin.y &>> 16 | constant(ids.destinationX &<< 48), high: destination.x)
    parts.set(
      .thirdLast, row, low: constant(ids.destinationX) | destination.x &<< 16,
      high: destination.x &>> 48 | constant(ids.destinationY &<< 16) | destination.y &<< 32)
    parts.set(
      .second, row, low: constant(regionEnd | ids.originX &<< 16) | origin.x &<< 32,
      high: origin.x &>> 32 | constant(ids.originY &<< 32) | origin.y &<< 48)
    parts.set(
      .secondLast, row,
      low: destination.y &>> 32 | constant(ids.startTime &<< 32) | startTime &<< 48,
      high: startTime &>> 16 | constant(ids.source &<< 48))
  }

  private func sum(
    _ parts: TripHashParts, _ source: Span<UInt64>,
    _ last: UnsafeBufferPointer<ShortDigest.Part>
  ) -> Digest128 {
    var (low, high): (UInt64, UInt64) = (0, 0)
    for row in 0..<source.count {
      var digest = ShortDigest(byteCount: Self.recordByteCount)
      digest.add(parts[.third, row], parts[.thirdLast, row])
      digest.add(parts[.second, row], parts[.secondLast, row])
      digest.add(first, last[Int(truncatingIfNeeded: source[unchecked: row])])
      let hash = digest.value
      let carry: Bool
      (low, carry) = low.addingReportingOverflow(hash.low)
      high &+= hash.high &+ (carry ? 1 : 0)
    }
    return Digest128(high: high, low: low)
  }
}

/// The parts of the digests of a batch of trips, but those that many trips share: made four at a time, because but for
/// the product they are shifts and sums.
///
/// Unchecked: rows are below `rowCount`, and places are none of the ends.
private struct TripHashParts {
  /// So many rows' parts stay in the innermost cache.
  static let rowCount = 128

  private let words: UnsafeMutablePointer<UInt64>

  static func withRoom(_ body: (TripHashParts) -> Void) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 12 * rowCount) { words in
      if let start = words.baseAddress { body(TripHashParts(words: start)) }
    }
  }

  /// Where the keyed low halves of a place begin; the high ones and the sums follow.
  @inline(__always)
  private func start(_ place: ShortDigest.Place) -> UnsafeMutablePointer<UInt64> {
    switch place {
    case .second, .first: words
    case .third: words + 3 * Self.rowCount
    case .thirdLast: words + 6 * Self.rowCount
    case .secondLast, .last: words + 9 * Self.rowCount
    }
  }

  @inline(__always)
  func set(_ place: ShortDigest.Place, _ row: Int, low: SIMD4<UInt64>, high: SIMD4<UInt64>) {
    let target = UnsafeMutableRawPointer(start(place) + row)
    let secret = place.secret
    let step = Self.rowCount * 8
    target.storeBytes(of: low ^ SIMD4(repeating: secret.low), as: SIMD4<UInt64>.self)
    target.storeBytes(
      of: high ^ SIMD4(repeating: secret.high), toByteOffset: step, as: SIMD4<UInt64>.self)
    target.storeBytes(of: low &+ high, toByteOffset: 2 * step, as: SIMD4<UInt64>.self)
  }

  @inline(__always)
  subscript(place: ShortDigest.Place, row: Int) -> ShortDigest.Part {
    let source = start(place) + row
    return ShortDigest.Part(
      sum: source[2 * Self.rowCount], keyedLow: source[0], keyedHigh: source[Self.rowCount])
  }
}

/// The numbers of the columns, at hand for every row.
private struct TripColumnIDs {
  let originX = UInt64(ColumnID.originX.rawValue)
  let originY = UInt64(ColumnID.originY.rawValue)
  let destinationX = UInt64(ColumnID.destinationX.rawValue)
  let destinationY = UInt64(ColumnID.destinationY.rawValue)
  let startTime = UInt64(ColumnID.startTime.rawValue)
  let source = UInt64(ColumnID.source.rawValue)
}
