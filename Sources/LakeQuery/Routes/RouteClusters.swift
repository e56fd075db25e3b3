internal import TripModel

/// k-means over points in metres, from the first guess to the last round. The same points and seed always give the
/// same middles, bit for bit.
struct RouteClusters {
  /// Source: David Arthur and Sergei Vassilvitskii, "k-means++: The Advantages of Careful Seeding", 2007; of
  /// some candidates the best is taken, as their implementation does.
  private static let candidateCount = 4

  let points: RoutePoints
  private(set) var middles = RoutePoints()
  private(set) var iterationCount = 0
  /// The number of each point's middle, from 1, and the squared distance to it.
  private(set) var numbers: [UInt64]
  private(set) var distances: [Double]
  private var random: SplitMix64

  /// - Precondition: There is a point, and every coordinate is a number.
  init(_ points: RoutePoints, count: Int, iterationLimit: Int, seed: UInt64) {
    self.points = points
    random = SplitMix64(seed: seed)
    numbers = [UInt64](repeating: 0, count: points.count)
    distances = [Double](repeating: .infinity, count: points.count)
    chooseFirst(count: count)
    while iterationCount < iterationLimit {
      let before = numbers
      assign()
      if numbers == before { break }
      moveMiddles()
      iterationCount += 1
    }
    assign()
  }

  /// Fewer middles where fewer points are distinct.
  private mutating func chooseFirst(count: Int) {
    middles.append(points[min(Int(random.fraction() * Double(points.count)), points.count - 1)])
    note(middles[0], &distances)
    while middles.count < count {
      let total = distances.reduce(0, +)
      guard total > 0 else { return }
      var best: (point: Int, distances: [Double], total: Double)?
      for _ in 0..<Self.candidateCount {
        let point = pick(random.fraction() * total)
        var nearer = distances
        note(points[point], &nearer)
        let sum = nearer.reduce(0, +)
        if sum < best?.total ?? .infinity { best = (point, nearer, sum) }
      }
      guard let best else { return }
      middles.append(points[best.point])
      distances = best.distances
    }
  }

  /// The point at which the sum of distances passes `target`.
  private func pick(_ target: Double) -> Int {
    var sum = 0.0
    var last = 0
    for (point, distance) in distances.enumerated() where distance > 0 {
      sum += distance
      last = point
      if sum > target { return point }
    }
    return last
  }

  /// Lowers each point's distance to that from one more middle.
  private func note(_ middle: SIMD4<Double>, _ distances: inout [Double]) {
    for point in distances.indices {
      let away = points[point] - middle
      let square = away * away
      distances[point] = min(distances[point], square.x + square.y + square.z + square.w)
    }
  }

  private mutating func assign() {
    RouteKernels.assign(points, to: middles, numbers: &numbers, distances: &distances)
  }

  /// Each middle goes to the mean of its points; one that has none, to the point that is farthest from its own.
  private mutating func moveMiddles() {
    var sums = [SIMD4<Double>](repeating: .zero, count: middles.count)
    var counts = [Int](repeating: 0, count: middles.count)
    for point in 0..<points.count {
      let middle = Int(numbers[point]) - 1
      sums[middle] += points[point]
      counts[middle] += 1
    }
    for middle in 0..<middles.count {
      if counts[middle] > 0 {
        middles[middle] = sums[middle] / Double(counts[middle])
      } else if let farthest = distances.indices.max(by: { distances[$0] < distances[$1] }) {
        middles[middle] = points[farthest]
        distances[farthest] = 0
      }
    }
  }
}
