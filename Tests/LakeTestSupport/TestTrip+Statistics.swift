internal import LakeBytes
package import LakeFile
internal import TripModel

extension TestTrip {
  /// The statistics of a partition's trips, by their definition and without any file.
  ///
  /// - Precondition: There is a trip, and every coordinate is a number.
  package static func statistics(_ trips: [TestTrip], byteCount: Int) -> TripFileStatistics {
    let times = trips.map(\.time)
    let destinations = trips.compactMap(\.destination)
    let sources = Dictionary(grouping: trips, by: \.source).sorted { $0.key < $1.key }
    guard let origins = extent(trips.map(\.origin)), let first = times.min(), let last = times.max()
    else { preconditionFailure("there is a trip") }
    let areComplete = sources.count <= TripFileStatistics.sourceLimit
    return TripFileStatistics(
      rowCount: trips.count, byteCount: byteCount, rowHashSum: .zero, firstTime: first,
      lastTime: last, originExtent: origins, destinationExtent: extent(destinations),
      destinationCount: destinations.count,
      sources: areComplete ? sources.map { statistics(source: $0.key, $0.value) } : [],
      areSourcesComplete: areComplete)
  }

  private static func statistics(source: ByteString, _ trips: [TestTrip]) -> SourceStatistics {
    let times = trips.map(\.time)
    return SourceStatistics(
      name: source, rowCount: trips.count, firstTime: times.min() ?? 0, lastTime: times.max() ?? 0)
  }

  private static func extent(_ points: [Point]) -> CoordinateExtent? {
    let extents = points.map {
      CoordinateExtent(minX: $0.x, minY: $0.y, maxX: $0.x, maxY: $0.y)
    }
    return extents.dropFirst().reduce(extents.first) { $0?.union($1) }
  }
}
