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
    // Safe because all spans are as long as `rows`, and every source was compared with the count.
    return last.withUnsafeBufferPointer { last in
      var (low, high): (UInt64, UInt64) = (0, 0)
      for row in 0..<rows.count {
        let hash = hash(
          origin: (originX[unchecked: row], originY[unchecked: row]),
          destination: (destinationX[unchecked: row], destinationY[unchecked: row]),
          startTime: startTime[unchecked: row],
          last: last[Int(truncatingIfNeeded: source[unchecked: row])])
        let carry: Bool
        (low, carry) = low.addingReportingOverflow(hash.low)
        high &+= hash.high &+ (carry ? 1 : 0)
      }
      return Digest128(high: high, low: low)
    }
  }

  @inline(__always)
  private func hash(
    origin: (x: UInt64, y: UInt64), destination: (x: UInt64, y: UInt64), startTime: UInt64,
    last: ShortDigest.Part
  ) -> (low: UInt64, high: UInt64) {
    var digest = ShortDigest(byteCount: Self.recordByteCount)
    digest.add(
      ShortDigest.Part(
        .third, low: origin.y &>> 16 | ids.destinationX &<< 48, high: destination.x),
      ShortDigest.Part(
        .thirdLast, low: ids.destinationX | destination.x &<< 16,
        high: destination.x &>> 48 | ids.destinationY &<< 16 | destination.y &<< 32))
    digest.add(
      ShortDigest.Part(
        .second, low: regionEnd | ids.originX &<< 16 | origin.x &<< 32,
        high: origin.x &>> 32 | ids.originY &<< 32 | origin.y &<< 48),
      ShortDigest.Part(
        .secondLast, low: destination.y &>> 32 | ids.startTime &<< 32 | startTime &<< 48,
        high: startTime &>> 16 | ids.source &<< 48))
    digest.add(first, last)
    return digest.value
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
