/// A column of a summary table.
package struct SummaryColumn: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case text
    case integer
    case real
    /// Date and time of day by the clock of the lake's zone, `YYYY-MM-DD HH:MM:SS[.f…]`.
    case timestamp
    /// `YYYY-MM-DD`.
    case date
  }

  package let name: String
  package let kind: Kind
  package let isOptional: Bool
  /// What the column says; written into `_triplake_columns`, so that the tables explain themselves.
  package let meaning: String
  /// What one counts or measures in; nil for names.
  package let unit: String?
  /// What holds in every row, as a condition that SQLite and PostgreSQL both understand.
  let check: String?
  /// The table whose column of the same name holds every value of this one.
  package let references: String?

  init(
    _ name: String, _ kind: Kind, isOptional: Bool = false, _ meaning: String,
    unit: String? = nil, check: String? = nil, references: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.isOptional = isOptional
    self.meaning = meaning
    self.unit = unit
    self.check = check
    self.references = references
  }
}

extension SummaryColumn {
  /// A count of trips that is not zero.
  static func trips(_ meaning: String) -> SummaryColumn {
    SummaryColumn("trips", .integer, meaning, unit: "trips", check: "trips > 0")
  }

  /// When the first and the last of some trips started, each by the clock and as a number.
  static func times(_ trip: (first: String, last: String)) -> [SummaryColumn] {
    let clock = "date and time of day in the zone of _triplake_meta"
    let epoch = "microseconds since 1970-01-01 00:00:00 UTC"
    return [
      SummaryColumn("first", .timestamp, trip.first, unit: clock),
      SummaryColumn("last", .timestamp, trip.last, unit: clock),
      SummaryColumn("first_epoch_us", .integer, trip.first, unit: epoch),
      SummaryColumn("last_epoch_us", .integer, trip.last, unit: epoch),
    ]
  }

  /// An ISO week in the forms that databases sort and group by.
  static let week: [SummaryColumn] = [
    SummaryColumn(
      "iso_year", .integer, "The year of the ISO week, not always the calendar's", unit: "year"),
    SummaryColumn(
      "iso_week", .integer, "The number of the ISO week in its year, 1 to 53", unit: "week",
      check: "iso_week BETWEEN 1 AND 53"),
    SummaryColumn("week_start", .date, "The Monday of the week", unit: "date"),
    SummaryColumn(
      "week_start_epoch_us", .integer, "That date at midnight UTC",
      unit: "microseconds since 1970-01-01 00:00:00 UTC"),
  ]

  static func degrees(_ name: String, _ meaning: String, isOptional: Bool = false) -> SummaryColumn
  {
    SummaryColumn(name, .real, isOptional: isOptional, meaning, unit: "degrees, WGS 84")
  }
}
