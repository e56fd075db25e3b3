package import LakeQuery

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
