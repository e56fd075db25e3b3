internal import LakeStore
internal import TripModel

/// The trips of each route in each partition of the regions that have routes: taken from earlier counts where they
/// hold, else counted.
struct RouteTripCounts {
  /// By the first file of a partition, ascending; a route's trips stand at its number, those without one at 0.
  private(set) var counts: [(file: Int, rowCounts: [Int])] = []

  /// - Throws: `StoreError` of a file that had to be read.
  init(
    _ models: [ByteString: RouteModel], _ request: SummaryRequest,
    _ partitions: [SummaryTables.Partition], _ reader: LakeReader
  ) throws {
    var unknown: [SummaryTables.Partition] = []
    for partition in partitions {
      guard let model = models[partition.key.region] else { continue }
      if let known = request.known.routeTrips(of: model, in: partition) {
        counts.append((partition.files.lowerBound, known))
      } else {
        unknown.append(partition)
      }
    }
    guard !unknown.isEmpty else { return }
    let firstFile = unknown.firstFiles(of: reader.manifest)
    let counted = try RouteCounts(
      .all, models, reader: reader, threadCount: request.threadCount,
      isCounted: { firstFile[$0] != nil })
    for (file, rowCounts) in counted.counts {
      guard let first = firstFile[file] else { continue }
      if let last = counts.indices.last, counts[last].file == first {
        for number in rowCounts.indices { counts[last].rowCounts[number] += rowCounts[number] }
      } else {
        counts.append((first, rowCounts))
      }
    }
    counts.sort { $0.file < $1.file }
  }
}
