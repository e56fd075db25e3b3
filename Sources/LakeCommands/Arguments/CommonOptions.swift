/// The options that several commands share, worded once.
enum CommonOptions {
  static let lake = OptionDefinition(
    "lake", value: .required("DIR"),
    "the lake; else TRIPLAKE_LAKE, else the nearest folder upward that is one, else ./lake/data")
  static let asOf = OptionDefinition(
    "as-of", value: .required("SNAPSHOT"),
    "an older version of the lake, by its number; triplake snapshots lists those there are")
  static let format = OptionDefinition(
    "format", value: .required("FORMAT"),
    "table, csv, tsv, json, ndjson or markdown; default table on a terminal, else csv")
  static let output = OptionDefinition(
    "output", short: "o", value: .required("FILE"),
    "write the result to FILE, replaced in one step; the suffix chooses the format; - is stdout")
  static let guardsFormulas = OptionDefinition(
    "guard-formulas",
    "in CSV and TSV, ' before a text that a spreadsheet would take for a formula (= + - @)")
  static let threads = OptionDefinition(
    "threads", value: .required("N"), "threads to work with; default one a processor")
  static let explain = OptionDefinition(
    "explain", value: .optional("json"), "tell on stderr what was read, skipped, and why")
  static let failIfEmpty = OptionDefinition(
    "fail-if-empty", "exit with 1 where no trip matches")

  static let results = OptionGroup(
    "Result", [lake, asOf, format, output, guardsFormulas, explain, failIfEmpty, threads])

  /// Of a command that lists what one snapshot holds.
  static let listing = OptionGroup("Result", [lake, asOf, format, output])

  static let everywhere = OptionGroup(
    "Everywhere",
    [
      OptionDefinition("quiet", short: "q", "no progress, no notices; errors only"),
      OptionDefinition("verbose", short: "v", "tell more on stderr"),
      OptionDefinition(
        "color", value: .required("WHEN"), "auto, always or never; see also NO_COLOR"),
      OptionDefinition(
        "error-format", value: .required("FORMAT"), "text, or json for one object a line"),
      OptionDefinition("help", short: "h", "this text"),
      OptionDefinition("version", short: "V", "version of the program, its formats and libraries"),
    ])

  static let filters = OptionGroup(
    "Which trips",
    [
      OptionDefinition(
        "region", value: .required("NAME"), isRepeatable: true, "only this region; may be repeated"),
      OptionDefinition(
        "bbox", value: .required("W,S,E,N"),
        "only trips in the box west,south,east,north: degrees, longitude first, edges included"),
      OptionDefinition(
        "area", value: .required("NAME"), isRepeatable: true,
        "only trips in an area of the lake; triplake area list shows them"),
      OptionDefinition(
        "route", value: .required("N"), isRepeatable: true,
        "only trips on this route of their region, or none; routes list shows them"),
      OptionDefinition(
        "at", value: .required("END"),
        "the end of the trip that lies in the box or area: origin (default), destination, either or both"
      ),
      OptionDefinition(
        "from", value: .required("WHEN"), "first date (2018-05-01) or week (2018-W18), included"),
      OptionDefinition(
        "to", value: .required("WHEN"), "last date or week, included; a week means all of it"),
      OptionDefinition(
        "hours", value: .required("LIST"), isRepeatable: true,
        "only trips that start in these local hours, 0 to 23: 7-9,17; 22-3 goes over midnight"),
      OptionDefinition(
        "weekdays", value: .required("LIST"), isRepeatable: true,
        "only trips that start on these local weekdays, 1 (Monday) to 7: 1-5"),
      OptionDefinition(
        "where", value: .required("COMPARISON"), isRepeatable: true,
        "only trips of which a column compares so: 'fare>=10', 'tip is null'; = != < <= > >="),
      OptionDefinition(
        "source", value: .required("NAME"), isRepeatable: true, "only this source; may be repeated"),
    ])
}
