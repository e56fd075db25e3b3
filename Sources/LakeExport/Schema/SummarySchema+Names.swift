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

  static let areas = SummaryTable(
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
}
