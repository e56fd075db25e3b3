package import TripModel

/// Counts of an earlier snapshot, which hold still for the partitions whose trips are the same.
package struct KnownCounts: Hashable, Sendable {
  /// The partitions that were counted, with what was in them.
  package var partitions: [PartitionKey: SummaryTables.PartitionContent]
  /// The trips of each area that were counted, held against the same end of trips and with the same borders;
  /// partitions without a trip of the area do not appear.
  package var areaTrips: [Area: [PartitionKey: Int]]
  /// The trips of each route, by its number from 1, of the regions whose routes are the same.
  package var routeTrips: [RouteModel: [PartitionKey: [Int: Int]]]

  package init(
    partitions: [PartitionKey: SummaryTables.PartitionContent],
    areaTrips: [Area: [PartitionKey: Int]],
    routeTrips: [RouteModel: [PartitionKey: [Int: Int]]] = [:]
  ) {
    self.partitions = partitions
    self.areaTrips = areaTrips
    self.routeTrips = routeTrips
  }

  package static let none = KnownCounts(partitions: [:], areaTrips: [:])
}

extension KnownCounts {
  /// Whether the trips of a partition are still those that were counted.
  func holds(for partition: SummaryTables.Partition) -> Bool {
    partitions[partition.key] == partition.content
  }

  /// The trips of a partition by the number of their route, those without one at 0; nil where they are not known.
  func routeTrips(of model: RouteModel, in partition: SummaryTables.Partition) -> [Int]? {
    guard holds(for: partition), let known = routeTrips[model] else { return nil }
    var counts = [Int](repeating: 0, count: model.routes.count + 1)
    for (number, trips) in known[partition.key] ?? [:] where counts.indices.contains(number) {
      counts[number] = trips
    }
    counts[0] = partition.content.trips - counts.dropFirst().reduce(0, +)
    return counts
  }
}
