package import LakeQuery
internal import LakeBytes
package import TripModel

/// The rows of the summary tables of one snapshot.
///
/// The same snapshot and the same request give the same rows: nothing in them depends on the clock.
package struct SummaryContent: Sendable {
  package let tables: SummaryTables
  package let provenance: SummaryProvenance

  package init(tables: SummaryTables, provenance: SummaryProvenance) {
    self.tables = tables
    self.provenance = provenance
  }

  /// The rows in the order of the table's key, which compares bytes; one value for each column.
  package func rows(of table: SummaryTable) -> [[SQLValue]] {
    switch table.name {
    case SummarySchema.meta.name: metaRows
    case SummarySchema.columns.name: columnRows
    case SummarySchema.partitions.name: partitionRows
    case SummarySchema.regions.name: regionRows
    case SummarySchema.sources.name: sourceRows
    case SummarySchema.areas.name: areaRows
    case SummarySchema.routes.name: routeRows
    case SummarySchema.weeklyRouteTrips.name: weeklyRouteTripRows
    case SummarySchema.weeklyTrips.name: weeklyTripRows
    case SummarySchema.weeklyAreaTrips.name: weeklyAreaTripRows
    case SummarySchema.weeklyAverage.name: averageRows
    case SummarySchema.sourceRegions.name: sourceRegionRows
    case SummarySchema.tripGroups.name: tripGroupRows
    default: preconditionFailure("every table of the schema has rows")
    }
  }
}

extension SummaryContent {
  private var metaRows: [[SQLValue]] {
    let committed = provenance.committedAt
    let groups = provenance.groups
    return [
      [
        .integer(Int64(clamping: tables.snapshot)), .text(provenance.digest.hexadecimal),
        committed.map { .text(TimestampText.rfc3339(microseconds: $0)) } ?? .null,
        committed.map { .integer($0) } ?? .null,
        .text(provenance.lake), .text(tables.zoneName.bytes), .text(provenance.filter),
        .text(provenance.areasAt.rawValue), integer(provenance.minimumCount),
        groups.map { .text($0.cell) } ?? .null, groups.map { integer($0.slotMinutes) } ?? .null,
        groups.map { integer($0.top) } ?? .null,
        .text(CountsDigest(rows: { rows(of: $0) }).value.hexadecimal),
        .text(provenance.programVersion), .integer(Int64(SummarySchema.formatVersion)),
      ]
    ]
  }

  private var columnRows: [[SQLValue]] {
    let tables = SummarySchema.tables.map { ($0.name, $0.columns) }
    let views = SummarySchema.views.map { ($0.name, $0.columns) }
    return (tables + views).sorted { $0.0 < $1.0 }.flatMap { name, columns in
      columns.sorted { $0.name < $1.name }.map { column in
        [
          .text(name), .text(column.name), .text(column.meaning),
          column.unit.map { .text($0) } ?? .null,
        ]
      }
    }
  }

  private var regionRows: [[SQLValue]] {
    kept(tables.regions, \.tally.trips).map { region in
      [.text(region.name.bytes)] + values(of: region.tally) + [
        .text(region.firstWeek.text), .text(region.lastWeek.text),
      ]
    }
  }

  private var sourceRows: [[SQLValue]] {
    kept(tables.sources, \.tally.trips).map { source in
      [.text(source.name.bytes)] + values(of: source.tally)
    }
  }

  private var sourceRegionRows: [[SQLValue]] {
    kept(tables.sourceRegions, \.tally.trips).map { row in
      [.text(row.source.bytes), .text(row.region.bytes)] + values(of: row.tally)
    }
  }

  private var areaRows: [[SQLValue]] {
    tables.areas.sorted { $0.name < $1.name }.map { Self.row(of: $0) }
  }

  /// The row of `areas` for one of them.
  package static func row(of area: Area) -> [SQLValue] {
    [
      .text(area.name.bytes), .text(area.shape.polygons.isEmpty ? "box" : "polygons"),
      .real(area.box.west), .real(area.box.south), .real(area.box.east), .real(area.box.north),
      .text(GeoJSON.text(of: area.shape)),
    ]
  }

  private var weeklyTripRows: [[SQLValue]] {
    kept(tables.weeklyTrips, \.trips).map { row in
      [
        .text(row.region.bytes), .text(row.week.text), .text(row.source.bytes),
        integer(row.trips),
      ] + values(of: row.week)
    }
  }

  /// None where some trips are left out: what is left is no ground to go on from.
  private var partitionRows: [[SQLValue]] {
    guard provenance.minimumCount <= 1 else { return [] }
    return tables.partitions.map { partition in
      [
        .text(partition.key.region.bytes), .text(partition.key.week.text),
        integer(partition.content.trips), .text(partition.content.rowHashSum.hexadecimal),
      ]
    }
  }

  private var weeklyAreaTripRows: [[SQLValue]] {
    let rows = kept(tables.areaTrips, \.trips)
    return rows.sorted { ($0.area, $0.partition) < ($1.area, $1.partition) }.map { row in
      [
        .text(row.area.bytes), .text(row.partition.region.bytes), .text(row.partition.week.text),
        integer(row.trips),
      ] + values(of: row.partition.week)
    }
  }

  private var tripGroupRows: [[SQLValue]] {
    let rows = kept(tables.groups, \.trips).map { GroupRow($0, tables.grid) }
    return rows.sorted().map { row in
      [
        .text(row.region.bytes), .text(row.origin.name), .text(row.destination.name),
        .text(row.slot), integer(row.trips),
      ] + [row.origin.centre, row.destination.centre].flatMap { [real($0?.x), real($0?.y)] }
    }
  }

  private var averageRows: [[SQLValue]] {
    let areas = kept(tables.areaAverages, \.trips).sorted(by: isBefore).map { row in
      [.text("area"), name(of: row), .null, name(of: row), .null] + numbers(of: row)
    }
    let regions = kept(tables.regionAverages, \.trips).map { row in
      [.text("region"), name(of: row), name(of: row), .null, .null] + numbers(of: row)
    }
    return areas + regions + routeAverageRows
  }

  private var routeAverageRows: [[SQLValue]] {
    let rows = kept(tables.routeAverages, \.average.trips).map { row in
      (name: row.region.bytes + Array(" / \(row.number.map { String($0) } ?? "none")".utf8), row)
    }
    return rows.sorted { $0.name.lexicographicallyPrecedes($1.name) }.map { name, row in
      [
        .text("region_route"), .text(name), .text(row.region.bytes), .null,
        row.number.map { integer($0) } ?? .null,
      ] + numbers(of: row.average)
    }
  }

  /// None of a region that is left out.
  private var routeRows: [[SQLValue]] {
    let regions = Set(kept(tables.regions, \.tally.trips).map(\.name))
    return tables.routeModels.filter { regions.contains($0.region) }.flatMap(Self.rows)
  }

  /// The rows of `routes` for one region.
  package static func rows(of model: RouteModel) -> [[SQLValue]] {
    model.routes.enumerated().map { index, route in
      [
        .text(model.region.bytes), .integer(Int64(index + 1)), .real(route.originX),
        .real(route.originY), .real(route.destinationX), .real(route.destinationY),
        .integer(Int64(clamping: route.tripCount)), .real(model.metresPerDegreeX),
        .real(model.metresPerDegreeY),
      ]
    }
  }

  private var weeklyRouteTripRows: [[SQLValue]] {
    kept(tables.routeTrips, \.trips).map { row in
      [
        .text(row.partition.region.bytes), .text(row.partition.week.text), integer(row.route),
        integer(row.trips),
      ] + values(of: row.partition.week)
    }
  }

  /// Those that count enough trips to be shown.
  private func kept<Row>(_ rows: [Row], _ trips: (Row) -> Int) -> [Row] {
    provenance.minimumCount <= 1 ? rows : rows.filter { trips($0) >= provenance.minimumCount }
  }

  private func isBefore(_ left: WeeklyAverage.Row, _ right: WeeklyAverage.Row) -> Bool {
    (left.name ?? "") < (right.name ?? "")
  }

  private func name(of row: WeeklyAverage.Row) -> SQLValue {
    row.name.map { .text($0.bytes) } ?? .null
  }

  private func numbers(of row: WeeklyAverage.Row) -> [SQLValue] {
    [
      integer(row.trips), integer(row.weekCount), integer(row.activeWeekCount), real(row.average),
      real(row.activeAverage),
    ]
  }

  private func values(of tally: SummaryTables.Tally) -> [SQLValue] {
    [
      integer(tally.trips), local(tally.firstTime), local(tally.lastTime),
      .integer(tally.firstTime), .integer(tally.lastTime),
    ]
  }

  private func values(of week: ISOWeek) -> [SQLValue] {
    let monday = week.firstDayNumber
    return [
      integer(week.year), integer(week.week), .text(CivilDate(dayNumber: monday).text),
      .integer(Int64(monday) * 86_400_000_000),
    ]
  }

  private func integer(_ number: Int) -> SQLValue { .integer(Int64(number)) }

  private func real(_ number: Double?) -> SQLValue { number.map { .real($0) } ?? .null }

  /// An instant as date and time of day in the lake's zone.
  private func local(_ microseconds: Int64) -> SQLValue {
    .text(TimestampText.local(microseconds: microseconds, zone: provenance.zone))
  }
}
