extension SummarySchema {
  package static let meta = SummaryTable(
    "_triplake_meta", key: ["snapshot"],
    [
      SummaryColumn(
        "snapshot", .integer, "The version of the lake that was exported", unit: "number"),
      SummaryColumn("digest", .text, "XXH3-128 of that version's manifest", unit: "hexadecimal"),
      SummaryColumn(
        "committed_at", .text, isOptional: true,
        "When that version was committed; null for an empty lake",
        unit: "date and time of day in UTC"),
      SummaryColumn(
        "committed_at_epoch_us", .integer, isOptional: true, "The same as a number",
        unit: "microseconds since 1970-01-01 00:00:00 UTC"),
      SummaryColumn("lake", .text, "The lake's own random name", unit: "hexadecimal"),
      SummaryColumn(
        "zone", .text, "The time zone in which days and ISO weeks begin", unit: "IANA name"),
      SummaryColumn("filter", .text, "Which trips are counted; empty for all of them"),
      SummaryColumn(
        "areas_at", .text,
        "Which end of a trip counts for an area: origin, destination, either, both",
        check: "areas_at IN ('origin', 'destination', 'either', 'both')"),
      SummaryColumn(
        "min_count", .integer,
        "Rows that count fewer trips than this were left out; 1 leaves out none",
        unit: "trips", check: "min_count > 0"),
      SummaryColumn(
        "groups_cell", .text, isOptional: true,
        "The cells of trip_groups: degrees, metres or geohash; null where none were asked for"),
      SummaryColumn(
        "groups_slot", .integer, isOptional: true, "The length of the slots of trip_groups",
        unit: "minutes"),
      SummaryColumn(
        "groups_top", .integer, isOptional: true,
        "The number of largest groups that trip_groups holds at most",
        unit: "groups"),
      SummaryColumn(
        "counts_digest", .text,
        "XXH3-128 of the rows that the next export may go on from; it does so only where this is right",
        unit: "hexadecimal"),
      SummaryColumn("program_version", .text, "The version of triplake that wrote these tables"),
      SummaryColumn("format_version", .integer, "The version of these tables", unit: "number"),
    ])

  /// What lets the next export count only what has changed.
  static let partitions = SummaryTable(
    "_triplake_partitions", key: ["region", "week"],
    [
      SummaryColumn("region", .text, "The region of a partition of the lake"),
      SummaryColumn("week", .text, "Its week", unit: "ISO week"),
      .trips("Its trips"),
      SummaryColumn(
        "row_hash_sum", .text, "The sum of the hashes of its trips, which tells them from others",
        unit: "hexadecimal"),
    ])

  static let columns = SummaryTable(
    "_triplake_columns", key: ["table_name", "column_name"],
    [
      SummaryColumn("table_name", .text, "A table or view of this database"),
      SummaryColumn("column_name", .text, "One of its columns"),
      SummaryColumn("meaning", .text, "What the column says"),
      SummaryColumn(
        "unit", .text, isOptional: true, "What it counts or measures in; null for names"),
    ])
}
