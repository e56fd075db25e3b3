package import TripModel

/// Counts of an earlier snapshot, which hold still for the partitions whose trips are the same.
package struct KnownCounts: Hashable, Sendable {
  /// The partitions that were counted, with what was in them.
  package var partitions: [PartitionKey: SummaryTables.PartitionContent]
  /// The trips of each area that were counted, held against the same end of trips and with the same borders;
  /// partitions without a trip of the area do not appear.
  package var areaTrips: [Area: [PartitionKey: Int]]

  package init(
    partitions: [PartitionKey: SummaryTables.PartitionContent],
    areaTrips: [Area: [PartitionKey: Int]]
  ) {
    self.partitions = partitions
    self.areaTrips = areaTrips
  }

  package static let none = KnownCounts(partitions: [:], areaTrips: [:])
}
