import LakeBytes
import LakeExport
import TripModel

@testable import LakeQuery

/// Trips by region, week, source and time, and the summary tables that follow from them.
struct SampleTables {
  struct Trip {
    let region: ByteString
    let source: ByteString
    /// Microseconds since 1970-01-01 UTC.
    let time: Int64
  }

  var trips: [Trip] = []
  var areas: [Area] = []

  mutating func add(_ region: ByteString, _ source: ByteString, _ time: Int64) {
    trips.append(Trip(region: region, source: source, time: time))
  }

  func tables(snapshot: UInt64 = 7) -> SummaryTables {
    let regions = Set(trips.map(\.region)).sorted()
    let sources = Set(trips.map(\.source)).sorted()
    return SummaryTables(
      snapshot: snapshot, zoneName: "UTC",
      regions: regions.map { name in
        let own = trips.filter { $0.region == name }
        let weeks = weeks(of: own)
        return SummaryTables.Region(
          name: name, tally: tally(own), firstWeek: weeks.lowerBound, lastWeek: weeks.upperBound)
      },
      sources: sources.map { name in
        SummaryTables.Source(name: name, tally: tally(trips.filter { $0.source == name }))
      },
      areas: areas, weeklyTrips: weeklyTrips,
      regionAverages: regions.map { name in
        average(name, trips.filter { $0.region == name })
      },
      areaAverages: areas.map { average($0.name, []) },
      sourceRegions: sources.flatMap { source in
        regions.compactMap { region in
          let own = trips.filter { $0.source == source && $0.region == region }
          return own.isEmpty
            ? nil
            : SummaryTables.SourceRegion(source: source, region: region, tally: tally(own))
        }
      })
  }

  func export(
    at committedAt: Int64 = 0, zone: TimeZoneRules = .utc, filter: String = "",
    areasAt: BoxPlace = .origin
  ) -> SummaryExport {
    SummaryExport(
      SummaryContent(
        tables: tables(),
        provenance: SummaryProvenance(
          lake: "00ff", digest: Digest128(high: 1, low: 2), zone: zone, filter: filter,
          areasAt: areasAt, programVersion: "9.8.7", committedAt: committedAt)))
  }

  private var weeklyTrips: [SummaryTables.WeeklyTrips] {
    struct Key: Hashable {
      let region: ByteString
      let week: ISOWeek
      let source: ByteString
    }
    let groups = Dictionary(grouping: trips) {
      Key(region: $0.region, week: week(of: $0), source: $0.source)
    }
    let rows = groups.map {
      SummaryTables.WeeklyTrips(
        region: $0.key.region, week: $0.key.week, source: $0.key.source, trips: $0.value.count)
    }
    return rows.sorted { ($0.region, $0.week, $0.source) < ($1.region, $1.week, $1.source) }
  }

  private func average(_ name: ByteString, _ own: [Trip]) -> WeeklyAverage.Row {
    let weeks = trips.isEmpty ? nil : weeks(of: own.isEmpty ? trips : own)
    let active = Dictionary(grouping: own) { week(of: $0) }.sorted { $0.key < $1.key }
    return WeeklyAverage.Row(
      name: name, weeks: weeks,
      activeWeeks: active.map { WeeklyAverage.WeekCount(week: $0.key, trips: $0.value.count) },
      isFirstWeekPartial: false, isLastWeekPartial: false)
  }

  private func tally(_ own: [Trip]) -> SummaryTables.Tally {
    let times = own.map(\.time)
    return SummaryTables.Tally(
      trips: own.count, firstTime: times.min() ?? 0, lastTime: times.max() ?? 0)
  }

  private func weeks(of own: [Trip]) -> ClosedRange<ISOWeek> {
    let weeks = own.map { week(of: $0) }
    let first = weeks.min() ?? ISOWeek(index: 0)
    return first...(weeks.max() ?? first)
  }

  private func week(of trip: Trip) -> ISOWeek {
    TimeZoneRules.utc.week(ofMicroseconds: trip.time)
  }
}

extension SampleTables {
  static let day: Int64 = 86_400_000_000

  /// Three regions; Turin and Prague are the commonest, the latest trip of all is in Hamburg.
  static let threeRegions: SampleTables = {
    var sample = SampleTables()
    for number in 0..<5 { sample.add("Turin", "cheap_mobile", Int64(number) * day) }
    sample.add("Turin", "pt_search_app", 30 * day + 1)
    for number in 0..<4 { sample.add("Prague", "cheap_mobile", Int64(number) * day) }
    sample.add("Hamburg", "baba_car", 40 * day)
    if let box = BoundingBox(west: 14.35, south: 50.02, east: 14.5, north: 50.11) {
      sample.areas = [Area(name: "Prague centre", box: box)]
    }
    return sample
  }()
}
