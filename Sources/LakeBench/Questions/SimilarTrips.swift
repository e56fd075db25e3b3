internal import LakeStore

/// Trips from one cell of the map to another that start in the same hour of the day.
struct SimilarTrips: Hashable, Comparable, Sendable {
  /// Cells are squares of a hundredth of a degree, numbered from 0 degrees on.
  static let cellText = "0.01"
  private static let cellSize = 0.01
  private static let placeCount = 1 << 22

  let originX: Int32
  let originY: Int32
  let destinationX: Int32
  let destinationY: Int32
  let hour: Int32

  init(_ trip: BenchTrip) {
    originX = Self.cell(trip.originX)
    originY = Self.cell(trip.originY)
    destinationX = Self.cell(trip.destinationX)
    destinationY = Self.cell(trip.destinationY)
    hour = Int32(trip.seconds / 3600 % 24)
  }

  static func < (left: SimilarTrips, right: SimilarTrips) -> Bool {
    left.members.lexicographicallyPrecedes(right.members)
  }

  private var members: [Int32] { [originX, originY, destinationX, destinationY, hour] }

  /// The cell of the double that the coordinate's text stands for.
  private static func cell(_ units: Int64) -> Int32 {
    let quotient = Double(units) / Double(BenchTrip.degree) / cellSize
    let isNearBorder = abs(quotient - quotient.rounded()) < 1e-9
    return Int32((isNearBorder ? exactDegrees(units) / cellSize : quotient).rounded(.down))
  }

  /// Correctly rounded, as a reader of the text has it; slow.
  private static func exactDegrees(_ units: Int64) -> Double {
    Double("\(units)e-\(BenchTrip.decimals)") ?? .nan
  }

  /// One of `placeCount` places, the same for the same group.
  fileprivate var place: Int {
    var hash = UInt64(UInt32(bitPattern: originX)) | UInt64(UInt32(bitPattern: originY)) << 32
    hash = (hash ^ hash >> 29) &* 0xbf58_476d_1ce4_e5b9
    hash ^=
      UInt64(UInt32(bitPattern: destinationX)) | UInt64(UInt32(bitPattern: destinationY)) << 32
    hash = (hash ^ hash >> 32) &* 0x94d0_49bb_1331_11eb
    hash = (hash ^ UInt64(UInt32(bitPattern: hour))) &* 0x9e37_79b9_7f4a_7c15
    return Int(hash >> 42)
  }
}

extension SimilarTrips {
  /// The `count` largest groups, the largest first, of equal ones the smaller key; all where there are fewer.
  ///
  /// No table of all groups is made, of which there are nearly as many as rows: a first pass counts rows by a
  /// hash of their group, so that no group is larger than the count at its place. Then only groups at places
  /// that reach a bound are counted one by one, and the bound is lowered to the smallest group that would be
  /// told until nothing below it can be larger.
  ///
  /// - Complexity: three passes over the rows as a rule; 16 MB.
  static func largest(_ count: Int, of rows: BenchRows) throws -> [(
    trips: SimilarTrips, count: Int
  )] {
    let places = try countsByPlace(rows)
    var bound = largestNumber(count, of: places)
    while true {
      let groups = try counts(of: rows, placesFrom: bound, in: places).sorted {
        $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key
      }
      let smallest = groups.count < count ? 1 : UInt32(groups[count - 1].value)
      if smallest >= bound { return groups.prefix(count).map { (trips: $0.key, count: $0.value) } }
      bound = smallest
    }
  }

  /// The number that stands at a rank, from 1 on, when the largest comes first.
  private static func largestNumber(_ rank: Int, of numbers: [UInt32]) -> UInt32 {
    var largest = Array(numbers.prefix(rank)).sorted(by: >)
    for number in numbers.dropFirst(rank) where number > largest[rank - 1] {
      largest[rank - 1] = number
      largest.sort(by: >)
    }
    return largest[rank - 1]
  }

  private static func countsByPlace(_ rows: BenchRows) throws -> [UInt32] {
    let sum = Monitor([UInt32](repeating: 0, count: placeCount))
    try rows.run { rows, generator in
      let places = rows.map { SimilarTrips(generator.trip($0)).place }
      sum.withLock { sum in
        for place in places { sum[place] += 1 }
      }
    }
    return sum.withLock { $0 }
  }

  private static func counts(
    of rows: BenchRows, placesFrom bound: UInt32, in places: [UInt32]
  ) throws -> [SimilarTrips: Int] {
    let sum = Monitor([SimilarTrips: Int]())
    try rows.run { rows, generator in
      let candidates = rows.lazy.map { SimilarTrips(generator.trip($0)) }.filter {
        places[$0.place] >= bound
      }
      let groups = Array(candidates)
      sum.withLock { sum in
        for group in groups { sum[group, default: 0] += 1 }
      }
    }
    return sum.withLock { $0 }
  }
}
