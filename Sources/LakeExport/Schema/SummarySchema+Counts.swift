extension SummarySchema {
  static let weeklyTrips = SummaryTable(
    "weekly_trips", key: ["region", "week", "source"],
    indexes: [
      .init(name: "weekly_trips_by_source", columns: ["source", "week"]),
      .init(name: "weekly_trips_by_week", columns: ["week_start_epoch_us"]),
    ],
    [
      SummaryColumn("region", .text, "The region of the trips", references: "regions"),
      SummaryColumn(
        "week", .text, "The week in which they started; weeks without trips have no row",
        unit: "ISO week"),
      SummaryColumn("source", .text, "The data source of the trips", references: "sources"),
      .trips("Trips of this region, week and source"),
    ] + SummaryColumn.week)

  package static let weeklyAreaTrips = SummaryTable(
    "weekly_area_trips", key: ["area", "region", "week"],
    indexes: [.init(name: "weekly_area_trips_by_week", columns: ["week_start_epoch_us"])],
    [
      SummaryColumn("area", .text, "The area of the trips", references: "areas"),
      SummaryColumn("region", .text, "Their region", references: "regions"),
      SummaryColumn(
        "week", .text, "The week in which they started; weeks without trips have no row",
        unit: "ISO week"),
      .trips("Trips of this area, region and week"),
    ] + SummaryColumn.week)

  package static let weeklyRouteTrips = SummaryTable(
    "weekly_route_trips", key: ["region", "week", "route"],
    constraints: ["FOREIGN KEY (region, route) REFERENCES routes (region, route)"],
    indexes: [.init(name: "weekly_route_trips_by_week", columns: ["week_start_epoch_us"])],
    [
      SummaryColumn("region", .text, "The region of the trips", references: "regions"),
      SummaryColumn(
        "week", .text, "The week in which they started; weeks without trips have no row",
        unit: "ISO week"),
      SummaryColumn("route", .integer, "The number of their route; trips without one are not here"),
      .trips("Trips of this region, week and route"),
    ] + SummaryColumn.week)

  static let tripGroups = SummaryTable(
    "trip_groups", key: ["region", "origin_cell", "destination_cell", "slot"],
    indexes: [.init(name: "trip_groups_by_trips", columns: ["trips"])],
    [
      SummaryColumn("region", .text, "The region of the trips", references: "regions"),
      SummaryColumn("origin_cell", .text, "The cell in which they begin: x/y, or a geohash"),
      SummaryColumn(
        "destination_cell", .text,
        "The cell in which they end; empty where they have no destination"),
      SummaryColumn(
        "slot", .text, "The part of the local day in which they start, by its first minute",
        unit: "HH:MM"),
      .trips("Trips that are alike in all of this"),
      .degrees("origin_x", "The middle of the first cell, longitude", isOptional: true),
      .degrees("origin_y", "The middle of the first cell, latitude", isOptional: true),
      .degrees("destination_x", "The middle of the second cell, longitude", isOptional: true),
      .degrees("destination_y", "The middle of the second cell, latitude", isOptional: true),
    ])

  package static let weeklyAverage = SummaryTable(
    "weekly_average", key: ["report", "name"],
    constraints: [
      "FOREIGN KEY (region, route) REFERENCES routes (region, route)",
      "CHECK ((region IS NULL) = (report = 'area'))",
      "CHECK ((area IS NOT NULL) = (report = 'area'))",
      "CHECK (route IS NULL OR report = 'region_route')",
    ],
    indexes: [
      .init(name: "weekly_average_region", columns: ["region"]),
      .init(name: "weekly_average_area", columns: ["area"]),
    ],
    [
      SummaryColumn(
        "report", .text, "What the row is about: region, region_route or area",
        check: "report IN ('region', 'region_route', 'area')"),
      SummaryColumn(
        "name", .text,
        "The name of the region or area; of a route REGION / NUMBER, of no route REGION / none"),
      SummaryColumn(
        "region", .text, isOptional: true, "The region; null in the report by area",
        references: "regions"),
      SummaryColumn(
        "area", .text, isOptional: true, "The area; null in the reports by region and route",
        references: "areas"),
      SummaryColumn(
        "route", .integer, isOptional: true,
        "The number of the route; null in other reports, and for trips without a route"),
    ] + averages)

  private static let averages: [SummaryColumn] = [
    SummaryColumn("trips", .integer, "Trips counted", unit: "trips", check: "trips >= 0"),
    SummaryColumn(
      "weeks", .integer,
      "Of a region and its routes from its first to its last, of an area the lake's",
      unit: "weeks", check: "weeks >= 0"),
    SummaryColumn(
      "active_weeks", .integer, "Those of the weeks that have trips", unit: "weeks",
      check: "active_weeks BETWEEN 0 AND weeks"),
    SummaryColumn(
      "average", .real, isOptional: true, "trips / weeks; weeks without trips count",
      unit: "trips per week"),
    SummaryColumn(
      "active_average", .real, isOptional: true,
      "trips / active_weeks; null where there are none", unit: "trips per week"),
  ]

  static let sourceRegions = SummaryTable(
    "source_regions", key: ["source", "region"],
    indexes: [.init(name: "source_regions_by_region", columns: ["region", "last_epoch_us"])],
    [
      SummaryColumn("source", .text, "The data source of the trips", references: "sources"),
      SummaryColumn("region", .text, "A region in which it appeared", references: "regions"),
      .trips("Trips of this source in this region"),
    ]
      + SummaryColumn.times(
        ("When the first of them started", "When the last of them started")))
}
