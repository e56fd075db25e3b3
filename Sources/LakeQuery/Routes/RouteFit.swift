internal import LakeBytes
internal import LakeColumns
internal import LakeFile
internal import LakeStore
package import TripModel

/// Finds the routes of regions by k-means over the two ends of their trips, in metres.
///
/// The same snapshot, options and seed give the same models, bit for bit, on any number of threads.
package struct RouteFit: Sendable {
  /// The length of a degree of latitude on a sphere of the earth's mean radius.
  private static let metresPerDegree = 111_195.0797343687

  /// The largest longitudes and latitudes, of a point's four coordinates.
  private static let mapEdge = SIMD4<Double>(180, 90, 180, 90)

  package var regions: [ByteString]?
  /// How many routes a region gets; fewer where fewer of its trips are distinct.
  package var routeCount = 8
  package var iterationLimit = 100
  package var seed: UInt64 = 1
  /// The trips that are looked at in each region, evenly chosen; `nil` for all.
  package var sampleCount: Int? = 100_000
  package var threadCount: Int
  /// What the trips that are looked at may take at once.
  package var memoryByteCount = Int.max

  package init(regions: [ByteString]? = nil, threadCount: Int = 1) {
    self.regions = regions
    self.threadCount = threadCount
  }

  /// One model for each region that has a trip with a destination, ascending by region.
  ///
  /// - Throws: `QueryError.unknownRegion`, `QueryError.notEnoughMemory`; `StoreError`.
  package func run(on reader: LakeReader) throws -> [RouteModel] {
    let indices = try regions.map { names throws(QueryError) in
      var indices: Set<Int> = []
      for name in names { indices.insert(try reader.regionIndex(of: name)) }
      return indices.sorted()
    }
    let wanted = indices ?? Array(reader.manifest.regions.indices)
    try checkMemory(wanted, reader.manifest)
    let found = Monitor([RouteModel]())
    try WorkerGroup.forEach(wanted, threadCount: threadCount) { region in
      guard let model = try fit(region, reader) else { return }
      found.withLock { $0.append(model) }
    }
    return found.withLock { $0.sorted { $0.region < $1.region } }
  }

  private func checkMemory(_ regions: [Int], _ manifest: Manifest) throws(QueryError) {
    let largest = regions.map { sampled(of: Self.tripCount(ofRegion: $0, manifest)) }.max() ?? 0
    // Four coordinates, number and distance, and those of two candidates.
    let needed = largest * 96 * min(threadCount, regions.count)
    guard needed <= memoryByteCount else {
      throw QueryError(
        .notEnoughMemory,
        "fitting routes to \(largest) trips of a region at once takes \(needed >> 20) MiB, and \(memoryByteCount >> 20) are allowed"
      )
    }
  }

  /// The trips that have a destination.
  private static func tripCount(ofRegion region: Int, _ manifest: Manifest) -> Int {
    manifest.files(ofRegion: region).reduce(0) { $0 + manifest.destinationCount(ofFile: $1) }
  }

  private func sampled(of tripCount: Int) -> Int { min(tripCount, sampleCount ?? .max) }

  private func fit(_ region: Int, _ reader: LakeReader) throws -> RouteModel? {
    let manifest = reader.manifest
    let tripCount = Self.tripCount(ofRegion: region, manifest)
    guard tripCount > 0 else { return nil }
    var sampler = RouteSampler(tripCount: tripCount, wantedCount: sampled(of: tripCount))
    let scanner = PartitionScanner()
    for file in manifest.files(ofRegion: region) where manifest.destinationCount(ofFile: file) > 0 {
      try scanner.scan(reader.snapshot.openTripFile(file), conditions: [], into: &sampler)
    }
    guard sampler.points.count > 0 else { return nil }
    return model(manifest.regions[region], sampler.points)
  }

  private func model(_ region: ByteString, _ degrees: RoutePoints) -> RouteModel {
    let latitude = degrees.originY.reduce(0, +) / Double(degrees.count)
    let scale = (
      x: Self.metresPerDegree * max(0.01, MetricRow.cosine(ofDegrees: latitude)),
      y: Self.metresPerDegree
    )
    let lengths = SIMD4(scale.x, scale.y, scale.x, scale.y)
    var points = degrees
    for index in 0..<points.count { points[index] = degrees[index] * lengths }
    // Regions do not begin alike, and one is not changed by another.
    let clusters = RouteClusters(
      points, count: routeCount, iterationLimit: iterationLimit,
      seed: seed ^ Checksum.xxh3_64(region.bytes, range: 0..<region.byteCount))
    let middles = (0..<clusters.middles.count).map { index in
      // Rounding may carry a middle on the edge of the map beyond it.
      let middle = (clusters.middles[index] / lengths)
        .clamped(lowerBound: -Self.mapEdge, upperBound: Self.mapEdge)
      return Route(
        originX: middle.x, originY: middle.y, destinationX: middle.z, destinationY: middle.w,
        tripCount: UInt64(clusters.numbers.count { $0 == UInt64(index + 1) }))
    }
    let routes = middles.filter { $0.tripCount > 0 }.sorted { left, right in
      left.tripCount != right.tripCount
        ? left.tripCount > right.tripCount
        : (left.originX, left.originY, left.destinationX, left.destinationY)
          < (right.originX, right.originY, right.destinationX, right.destinationY)
    }
    return RouteModel(
      region: region, metresPerDegreeX: scale.x, metresPerDegreeY: scale.y, seed: seed,
      sampleCount: UInt64(points.count), iterationCount: UInt32(clusters.iterationCount),
      inertia: clusters.distances.reduce(0, +), routes: routes)
  }
}

/// Takes evenly spaced trips of a region's files, read in order, of those that have a destination.
struct RouteSampler: BlockConsumer {
  let tripCount: Int
  let wantedCount: Int
  /// In degrees.
  private(set) var points = RoutePoints()
  private var metCount = 0

  init(tripCount: Int, wantedCount: Int) {
    self.tripCount = tripCount
    self.wantedCount = wantedCount
  }

  mutating func open(_ reader: TripFileReader) {}

  mutating func take(_ pages: BlockPages, _ selection: RowSelection) throws {
    guard pages.hasColumn(.destinationX), pages.hasColumn(.destinationY) else { return }
    let originX = try pages.page(.originX)
    let originY = try pages.page(.originY)
    let destinationX = try pages.page(.destinationX)
    let destinationY = try pages.page(.destinationY)
    for row in 0..<selection.rowCount
    where destinationX.hasValue(row) && destinationY.hasValue(row) {
      let before = metCount.multipliedFullWidth(by: wantedCount)
      metCount += 1
      let after = metCount.multipliedFullWidth(by: wantedCount)
      guard
        tripCount.dividingFullWidth(after).quotient > tripCount.dividingFullWidth(before).quotient
      else { continue }
      let point = SIMD4(
        Double(bitPattern: originX.words[row]), Double(bitPattern: originY.words[row]),
        Double(bitPattern: destinationX.words[row]), Double(bitPattern: destinationY.words[row]))
      if (0..<4).allSatisfy({ point[$0].isFinite }) { points.append(point) }
    }
  }
}

extension DecodedPage {
  /// Whether a row has a value.
  fileprivate func hasValue(_ row: Int) -> Bool {
    validity.isEmpty || validity[row >> 6] >> UInt64(row & 63) & 1 == 1
  }
}
