internal import LakeStore
internal import TripModel

/// The trips of each area in each partition: taken from earlier counts where they hold, else counted.
struct AreaTrips {
  /// For each area its trips by the first file of a partition, ascending.
  private(set) var counts: [[(file: Int, rowCount: Int)]]

  /// - Throws: `StoreError` of a file that had to be read.
  init(_ request: SummaryRequest, _ partitions: [SummaryTables.Partition], _ reader: LakeReader)
    throws
  {
    counts = request.areas.map { _ in [] }
    let known = request.areas.indices.filter { request.known.areaTrips[request.areas[$0]] != nil }
    let unknown = request.areas.indices.filter { request.known.areaTrips[request.areas[$0]] == nil }
    let (same, changed) = Self.divide(partitions, request.known)
    try count(unknown, in: partitions, request, reader)
    try count(known, in: changed, request, reader)
    for area in known {
      let trips = request.known.areaTrips[request.areas[area]] ?? [:]
      for partition in same {
        guard let rowCount = trips[partition.key] else { continue }
        counts[area].append((partition.files.lowerBound, rowCount))
      }
    }
    for area in counts.indices { counts[area].sort { $0.file < $1.file } }
  }

  private static func divide(
    _ partitions: [SummaryTables.Partition], _ known: KnownCounts
  ) -> (same: [SummaryTables.Partition], changed: [SummaryTables.Partition]) {
    var same: [SummaryTables.Partition] = []
    var changed: [SummaryTables.Partition] = []
    for partition in partitions {
      if known.holds(for: partition) {
        same.append(partition)
      } else {
        changed.append(partition)
      }
    }
    return (same, changed)
  }

  private mutating func count(
    _ areas: [Int], in partitions: [SummaryTables.Partition], _ request: SummaryRequest,
    _ reader: LakeReader
  ) throws {
    guard !areas.isEmpty, !partitions.isEmpty else { return }
    var firstFile = [Int?](repeating: nil, count: reader.manifest.fileCount)
    for partition in partitions {
      for file in partition.files { firstFile[file] = partition.files.lowerBound }
    }
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
