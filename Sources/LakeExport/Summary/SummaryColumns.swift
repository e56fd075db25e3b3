/// What each column of an export means; written into `_triplake_columns`, so that the database explains itself.
struct SummaryColumn: Sendable {
  let table: String
  let column: String
  let meaning: String
  /// What one counts or measures in; nil for names.
  let unit: String?
}

extension SummaryColumn {
  static let all: [SummaryColumn] =
    meta + columns + regions + sources + areas + weeklyTrips + weeklyAverage + sourceRegions
    + latestSource + cheapMobile

  private static let localTime = "date and time of day in the zone of _triplake_meta"
  private static let epoch = "microseconds since 1970-01-01 00:00:00 UTC"

  private static let meta = describe(
    "_triplake_meta",
    ("snapshot", "The version of the lake that was exported", "number"),
    ("digest", "XXH3-128 of that version's manifest", "hexadecimal"),
    ("lake", "The lake's own random name", "hexadecimal"),
    ("zone", "The time zone in which days and ISO weeks begin", "IANA name"),
    ("filter", "Which trips are counted; empty for all of them", nil),
    ("areas_at", "Which end of a trip counts for an area: origin, destination, either, both", nil),
    ("program_version", "The version of triplake that wrote this file", nil),
    ("format_version", "The version of these tables", "number"),
    ("exported_at", "When this file was written", "date and time of day in UTC"),
    ("exported_at_epoch_us", "The same as a number", epoch))

  private static let columns = describe(
    "_triplake_columns",
    ("table_name", "A table or view of this database", nil),
    ("column_name", "One of its columns", nil),
    ("meaning", "What the column says", nil),
    ("unit", "What it counts or measures in; null for names", nil))

  private static let regions = describe(
    "regions",
    ("region", "The name of a region that has trips", nil),
    ("trips", "All trips of the region", "trips"),
    ("first", "When its first trip started", localTime),
    ("last", "When its last trip started", localTime),
    ("first_epoch_us", "When its first trip started", epoch),
    ("last_epoch_us", "When its last trip started", epoch),
    ("first_week", "The first week with trips of the region", "ISO week"),
    ("last_week", "The last week with trips of the region", "ISO week"))

  private static let sources = describe(
    "sources",
    ("source", "The name of a data source that has trips", nil),
    ("trips", "All trips from the source", "trips"),
    ("first", "When its first trip started", localTime),
    ("last", "When its last trip started", localTime),
    ("first_epoch_us", "When its first trip started", epoch),
    ("last_epoch_us", "When its last trip started", epoch))

  private static let areas = describe(
    "areas",
    ("area", "The name of a box, edges included", nil),
    ("west", "Smallest longitude; greater than east across the antimeridian", "degrees, WGS 84"),
    ("south", "Smallest latitude", "degrees, WGS 84"),
    ("east", "Largest longitude", "degrees, WGS 84"),
    ("north", "Largest latitude", "degrees, WGS 84"))

  private static let weeklyTrips = describe(
    "weekly_trips",
    ("region", "The region of the trips", nil),
    ("week", "The week in which they started; weeks without trips have no row", "ISO week"),
    ("source", "The data source of the trips", nil),
    ("trips", "Trips of this region, week and source", "trips"),
    ("iso_year", "The year of the ISO week, not always the calendar's", "year"),
    ("iso_week", "The number of the ISO week in its year, 1 to 53", "week"),
    ("week_start", "The Monday of the week", "date"),
    ("week_start_epoch_us", "That date at midnight UTC", epoch))

  private static let weeklyAverage = describe(
    "weekly_average",
    ("report", "What the row is about: region or area", nil),
    ("name", "The name of the region or area", nil),
    ("region", "The region; null in the report by area", nil),
    ("area", "The area; null in the report by region", nil),
    ("trips", "Trips counted", "trips"),
    ("weeks", "Of a region from its first to its last, of an area the lake's", "weeks"),
    ("active_weeks", "Those of the weeks that have trips", "weeks"),
    ("average", "trips / weeks; weeks without trips count", "trips per week"),
    ("active_average", "trips / active_weeks; null where there are none", "trips per week"))

  private static let sourceRegions = describe(
    "source_regions",
    ("source", "The data source of the trips", nil),
    ("region", "A region in which it appeared", nil),
    ("trips", "Trips of this source in this region", "trips"),
    ("first", "When the first of them started", localTime),
    ("last", "When the last of them started", localTime),
    ("first_epoch_us", "When the first of them started", epoch),
    ("last_epoch_us", "When the last of them started", epoch))

  private static let latestSource = describe(
    "latest_source_of_two_commonest_regions",
    ("source", "The source seen last in the two regions with the most trips", nil),
    ("region", "The region of that trip", nil),
    ("last", "When that trip started", localTime),
    ("last_epoch_us", "When that trip started", epoch))

  private static let cheapMobile = describe(
    "regions_of_cheap_mobile",
    ("region", "A region in which the source cheap_mobile appeared", nil),
    ("trips", "Its trips there", "trips"),
    ("first", "When the first of them started", localTime),
    ("last", "When the last of them started", localTime))

  private static func describe(
    _ table: String, _ columns: (name: String, meaning: String, unit: String?)...
  ) -> [SummaryColumn] {
    columns.map { SummaryColumn(table: table, column: $0.name, meaning: $0.meaning, unit: $0.unit) }
  }
}
