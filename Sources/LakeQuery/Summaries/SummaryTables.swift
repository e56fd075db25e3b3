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
}
