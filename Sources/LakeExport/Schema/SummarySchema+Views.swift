extension SummarySchema {
  static let weeklyAverageByRegion = SummaryView(
    name: "weekly_average_by_region",
    query: """
      SELECT region, trips, weeks, active_weeks, average, active_average
      FROM weekly_average
      WHERE report = 'region'
      ORDER BY region
      """,
    columns: [column("region", of: regions)] + averages)

  static let weeklyAverageByArea = SummaryView(
    name: "weekly_average_by_area",
    query: """
      SELECT area, trips, weeks, active_weeks, average, active_average
      FROM weekly_average
      WHERE report = 'area'
      ORDER BY area
      """,
    columns: [column("area", of: areas)] + averages)

  static let weeklyAverageByRoute = SummaryView(
    name: "weekly_average_by_route",
    query: """
      SELECT region, route, trips, weeks, active_weeks, average, active_average
      FROM weekly_average
      WHERE report = 'region_route'
      ORDER BY region, coalesce(route, 0)
      """,
    columns: [column("region", of: regions), column("route", of: weeklyAverage)] + averages)

  static let similarTrips = SummaryView(
    name: "similar_trips",
    query: """
      SELECT region, slot, trips, origin_x, origin_y, destination_x, destination_y
      FROM trip_groups
      ORDER BY trips DESC, region, origin_cell, destination_cell, slot
      """,
    columns: [
      "region", "slot", "trips", "origin_x", "origin_y", "destination_x", "destination_y",
    ].map { column($0, of: tripGroups) })

  static let latestSource = SummaryView(
    name: "latest_source_of_two_commonest_regions",
    query: """
      SELECT source, region, last, last_epoch_us
      FROM source_regions
      WHERE region IN (SELECT region FROM regions ORDER BY trips DESC, region LIMIT 2)
      ORDER BY last_epoch_us DESC, source, region
      LIMIT 1
      """,
    columns: [
      SummaryColumn("source", .text, "The source seen last in the two regions with the most trips"),
      SummaryColumn("region", .text, "The region of that trip"),
    ] + ["last", "last_epoch_us"].map { column($0, of: sourceRegions) })

  static let cheapMobile = SummaryView(
    name: "regions_of_cheap_mobile",
    query: """
      SELECT region, trips, first, last
      FROM source_regions
      WHERE source = 'cheap_mobile'
      ORDER BY trips DESC, region
      """,
    columns: ["region", "trips", "first", "last"].map { column($0, of: sourceRegions) })

  private static let averages =
    ["trips", "weeks", "active_weeks", "average", "active_average"].map {
      column($0, of: weeklyAverage)
    }

  private static func column(_ name: String, of table: SummaryTable) -> SummaryColumn {
    guard let column = table.columns.first(where: { $0.name == name }) else {
      preconditionFailure("a view takes its columns from its tables")
    }
    return column
  }
}
