internal import LakeQuery
internal import TripModel

/// Values as tables hold them.
extension SummaryContent {
  /// Those that count enough trips to be shown.
  func kept<Row>(_ rows: [Row], _ trips: (Row) -> Int) -> [Row] {
    provenance.minimumCount <= 1 ? rows : rows.filter { trips($0) >= provenance.minimumCount }
  }

  func values(of tally: SummaryTables.Tally) -> [SQLValue] {
    [
      integer(tally.trips), local(tally.firstTime), local(tally.lastTime),
      .integer(tally.firstTime), .integer(tally.lastTime),
    ]
  }

  func values(of week: ISOWeek) -> [SQLValue] {
    let monday = week.firstDayNumber
    return [
      integer(week.year), integer(week.week), .text(CivilDate(dayNumber: monday).text),
      .integer(Int64(monday) * 86_400_000_000),
    ]
  }

  func integer(_ number: Int) -> SQLValue { .integer(Int64(number)) }

  func real(_ number: Double?) -> SQLValue { number.map { .real($0) } ?? .null }

  /// An instant as date and time of day in the lake's zone.
  func local(_ microseconds: Int64) -> SQLValue {
    .text(TimestampText.local(microseconds: microseconds, zone: provenance.zone))
  }
}
