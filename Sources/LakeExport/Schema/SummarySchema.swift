/// The tables and views of an export. Specification: `formats/summary-tables/v2.md`.
package enum SummarySchema {
  package static let formatVersion = 2

  /// Parents before the tables that refer to them.
  package static let tables: [SummaryTable] = [
    meta, columns, partitions, regions, sources, areas, routes, weeklyTrips, weeklyAreaTrips,
    weeklyRouteTrips,
    weeklyAverage,
    sourceRegions, tripGroups,
  ]

  package static let views: [SummaryView] = [
    weeklyAverageByRegion, weeklyAverageByArea, weeklyAverageByRoute, similarTrips, latestSource,
    cheapMobile,
  ]
}
