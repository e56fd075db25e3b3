extension SummarySchema {
  static let regions = SummaryTable(
    "regions", key: ["region"],
    [
      SummaryColumn("region", .text, "The name of a region that has trips"),
      .trips("All trips of the region"),
    ] + SummaryColumn.times(("When its first trip started", "When its last trip started")) + [
      SummaryColumn(
        "first_week", .text, "The first week with trips of the region", unit: "ISO week"),
      SummaryColumn("last_week", .text, "The last week with trips of the region", unit: "ISO week"),
    ])

  static let sources = SummaryTable(
    "sources", key: ["source"],
    [
      SummaryColumn("source", .text, "The name of a data source that has trips"),
      .trips("All trips from the source"),
    ] + SummaryColumn.times(("When its first trip started", "When its last trip started")))

  package static let areas = SummaryTable(
    "areas", key: ["area"],
    [
      SummaryColumn("area", .text, "The name of an area, its border included"),
      SummaryColumn(
        "kind", .text, "Whether it is a box or has polygons", check: "kind IN ('box', 'polygons')"),
      .degrees("west", "Smallest longitude; greater than east across the antimeridian"),
      .degrees("south", "Smallest latitude"),
      .degrees("east", "Largest longitude"),
      .degrees("north", "Largest latitude"),
      SummaryColumn("geometry", .text, "Its shape", unit: "GeoJSON"),
    ])

  package static let routes = SummaryTable(
    "routes", key: ["region", "route"],
    [
      SummaryColumn("region", .text, "The region of the route", references: "regions"),
      SummaryColumn(
        "route", .integer, "Its number in the region, the largest first", check: "route > 0"),
      .degrees("origin_x", "Where its trips begin on average, longitude"),
      .degrees("origin_y", "Where its trips begin on average, latitude"),
      .degrees("destination_x", "Where its trips end on average, longitude"),
      .degrees("destination_y", "Where its trips end on average, latitude"),
      SummaryColumn("fitted_trips", .integer, "Trips that it was fitted to", unit: "trips"),
      SummaryColumn(
        "metres_per_degree_x", .real, "How long a degree of longitude was taken to be",
        unit: "metres"),
      SummaryColumn(
        "metres_per_degree_y", .real, "How long a degree of latitude was taken to be",
        unit: "metres"),
    ])
}
