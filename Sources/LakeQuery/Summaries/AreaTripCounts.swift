internal import LakeStore
internal import TripModel

/// The trips of each area in each partition: taken from earlier counts where they hold, else counted.
struct AreaTripCounts {
  /// For each area its trips by the first file of a partition, ascending.
  private(set) var counts: [[(file: Int, rowCount: Int)]]

  /// - Throws: `StoreError` of a file that had to be read.
  init(_ request: SummaryRequest, _ partitions: [SummaryTables.Partition], _ reader: LakeReader)
    throws
  {
    counts = request.areas.map { _ in [] }
    let known = request.areas.indices.filter { request.known.areaTrips[request.areas[$0]] != nil }
    let unknown = request.areas.indices.filter { request.known.areaTrips[request.areas[$0]] == nil }
    let changed = partitions.filter { !request.known.holds(for: $0) }
    try count(unknown, in: partitions, request, reader)
    try count(known, in: changed, request, reader)
    for area in known {
      let trips = request.known.areaTrips[request.areas[area]] ?? [:]
      for partition in partitions where request.known.holds(for: partition) {
        guard let rowCount = trips[partition.key] else { continue }
        counts[area].append((partition.files.lowerBound, rowCount))
      }
    }
    for area in counts.indices { counts[area].sort { $0.file < $1.file } }
  }

  private mutating func count(
    _ areas: [Int], in partitions: [SummaryTables.Partition], _ request: SummaryRequest,
    _ reader: LakeReader
  ) throws {
    guard !areas.isEmpty, !partitions.isEmpty else { return }
    let firstFile = partitions.firstFiles(of: reader.manifest)
    let counted = try AreaCounts(
      areas.map { request.areas[$0] }, at: request.place, .all, reader: reader,
      threadCount: request.threadCount, isCounted: { firstFile[$0] != nil })
    for (area, fileCounts) in zip(areas, counted.counts) {
      for count in fileCounts {
        guard let file = firstFile[count.file] else { continue }
        if let last = counts[area].indices.last, counts[area][last].file == file {
          counts[area][last].rowCount += count.rowCount
        } else {
          counts[area].append((file, count.rowCount))
        }
      }
    }
  }
}
