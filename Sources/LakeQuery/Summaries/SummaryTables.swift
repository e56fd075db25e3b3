package import LakeBytes
package import TripModel

/// The rows of the summary tables, in the order of their primary keys.
package struct SummaryTables: Hashable, Sendable {
  /// The trips of a set and the range of their start times, in microseconds since 1970-01-01 UTC.
  package struct Tally: Hashable, Sendable {
    package var trips: Int
    package var firstTime: Int64
    package var lastTime: Int64
  }

  package struct Region: Hashable, Sendable {
    package let name: ByteString
    package let tally: Tally
    package let firstWeek: ISOWeek
    package let lastWeek: ISOWeek
  }

  package struct Source: Hashable, Sendable {
    package let name: ByteString
    package let tally: Tally
  }

  package struct WeeklyTrips: Hashable, Sendable {
    package let region: ByteString
    package let week: ISOWeek
    package let source: ByteString
    package let trips: Int
  }

  package struct SourceRegion: Hashable, Sendable {
    package let source: ByteString
    package let region: ByteString
    package let tally: Tally
  }

  /// What tells the trips of a partition from others.
  package struct PartitionContent: Hashable, Sendable {
    package let trips: Int
    /// The sum of the row hashes of all its trips, whatever files they lie in.
    package let rowHashSum: Digest128

    package init(trips: Int, rowHashSum: Digest128) {
      self.trips = trips
      self.rowHashSum = rowHashSum
    }
  }

  package struct Partition: Hashable, Sendable {
    package let key: PartitionKey
    package let content: PartitionContent
    /// Its files in the manifest.
    let files: Range<Int>
  }

  package struct AreaTrips: Hashable, Sendable {
    package let area: ByteString
    package let partition: PartitionKey
    package let trips: Int
  }

  package struct RouteTrips: Hashable, Sendable {
    package let partition: PartitionKey
    /// From 1.
    package let route: Int
    package let trips: Int
  }

  /// Trips that go from one cell to another in one part of the day.
  package struct Group: Hashable, Sendable {
    package let region: ByteString
    package let origin: GroupedCount.Value
    package let destination: GroupedCount.Value
    /// The first minute of the slot, counted from midnight.
    package let minute: Int
    package let trips: Int
  }

  package let snapshot: UInt64
  package let zoneName: ByteString
  package let regions: [Region]
  package let sources: [Source]
  package let areas: [Area]
  /// Groups without a trip do not appear.
  package let weeklyTrips: [WeeklyTrips]
  package let regionAverages: [WeeklyAverage.Row]
  package let areaAverages: [WeeklyAverage.Row]
  package let sourceRegions: [SourceRegion]
  package var partitions: [Partition] = []
  /// By area, in the order of `areas`, then by partition; those without a trip do not appear.
  package var areaTrips: [AreaTrips] = []
  /// Ascending by region.
  package var routeModels: [RouteModel] = []
  /// Of the regions that have routes, by region and number, the trips without a route last.
  package var routeAverages: [WeeklyAverage.RouteRow] = []
  /// By partition and number; those without a trip do not appear, nor do trips without a route.
  package var routeTrips: [RouteTrips] = []
  /// Empty where none is asked for.
  package var groups: [Group] = []
  package var grid = CellGrid.usual
}
