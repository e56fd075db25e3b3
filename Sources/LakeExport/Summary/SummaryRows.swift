internal import LakeBytes
internal import LakeQuery
internal import TripModel

/// The rows of an export, put into the tables that `SummarySchema` made; parents before children.
struct SummaryRows {
  let tables: SummaryTables
  let provenance: SummaryProvenance

  func insert(into database: borrowing SQLiteDatabase) throws(SQLiteError) {
    try insertMeta(into: database)
    try insertColumns(into: database)
    try insertRegions(into: database)
    try insertSources(into: database)
    try insertAreas(into: database)
    try insertWeeklyTrips(into: database)
    try insertAverages(into: database)
    try insertSourceRegions(into: database)
  }

  private func insertMeta(into database: borrowing SQLiteDatabase) throws(SQLiteError) {
    var statement = try database.prepare(
      "INSERT INTO _triplake_meta VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    try statement.run(
      .integer(Int64(clamping: tables.snapshot)), .text(provenance.digest.hexadecimal),
      .text(provenance.lake), .text(tables.zoneName.bytes), .text(provenance.filter),
      .text(provenance.areasAt.rawValue),
      .text(provenance.programVersion), .integer(Int64(SummarySchema.formatVersion)),
      .text(TimestampText.rfc3339(microseconds: provenance.exportedAt)),
      .integer(provenance.exportedAt))
  }

  private func insertColumns(into database: borrowing SQLiteDatabase) throws(SQLiteError) {
    var statement = try database.prepare("INSERT INTO _triplake_columns VALUES (?, ?, ?, ?)")
    for column in SummaryColumn.all {
      try statement.run(
        .text(column.table), .text(column.column), .text(column.meaning),
        column.unit.map { .text($0) } ?? .null)
    }
  }

  private func insertRegions(into database: borrowing SQLiteDatabase) throws(SQLiteError) {
    var statement = try database.prepare("INSERT INTO regions VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    for region in tables.regions {
      let tally = region.tally
      try statement.run(
        .text(region.name.bytes), integer(tally.trips), local(tally.firstTime),
        local(tally.lastTime), .integer(tally.firstTime), .integer(tally.lastTime),
        .text(region.firstWeek.text), .text(region.lastWeek.text))
    }
  }

  private func insertSources(into database: borrowing SQLiteDatabase) throws(SQLiteError) {
    var statement = try database.prepare("INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?)")
    for source in tables.sources {
      let tally = source.tally
      try statement.run(
        .text(source.name.bytes), integer(tally.trips), local(tally.firstTime),
        local(tally.lastTime), .integer(tally.firstTime), .integer(tally.lastTime))
    }
  }

  private func insertAreas(into database: borrowing SQLiteDatabase) throws(SQLiteError) {
    var statement = try database.prepare("INSERT INTO areas VALUES (?, ?, ?, ?, ?)")
    for area in tables.areas {
      try statement.run(
        .text(area.name.bytes), .real(area.box.west), .real(area.box.south), .real(area.box.east),
        .real(area.box.north))
    }
  }

  private func insertWeeklyTrips(into database: borrowing SQLiteDatabase) throws(SQLiteError) {
    var statement = try database.prepare(
      "INSERT INTO weekly_trips VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    for row in tables.weeklyTrips {
      let monday = row.week.firstDayNumber
      try statement.run(
        .text(row.region.bytes), .text(row.week.text), .text(row.source.bytes),
        integer(row.trips), integer(row.week.year), integer(row.week.week),
        .text(CivilDate(dayNumber: monday).text), .integer(Int64(monday) * 86_400_000_000))
    }
  }

  private func insertAverages(into database: borrowing SQLiteDatabase) throws(SQLiteError) {
    var statement = try database.prepare(
      "INSERT INTO weekly_average VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for row in tables.regionAverages {
      let name = name(of: row)
      try statement.run([.text("region"), name, name, .null] + numbers(of: row))
    }
    for row in tables.areaAverages {
      let name = name(of: row)
      try statement.run([.text("area"), name, .null, name] + numbers(of: row))
    }
  }

  private func insertSourceRegions(into database: borrowing SQLiteDatabase) throws(SQLiteError) {
    var statement = try database.prepare("INSERT INTO source_regions VALUES (?, ?, ?, ?, ?, ?, ?)")
    for row in tables.sourceRegions {
      let tally = row.tally
      try statement.run(
        .text(row.source.bytes), .text(row.region.bytes), integer(tally.trips),
        local(tally.firstTime), local(tally.lastTime), .integer(tally.firstTime),
        .integer(tally.lastTime))
    }
  }

  private func name(of row: WeeklyAverage.Row) -> SQLiteValue {
    row.name.map { .text($0.bytes) } ?? .null
  }

  private func numbers(of row: WeeklyAverage.Row) -> [SQLiteValue] {
    [
      integer(row.trips), integer(row.weekCount), integer(row.activeWeekCount), real(row.average),
      real(row.activeAverage),
    ]
  }

  private func integer(_ number: Int) -> SQLiteValue { .integer(Int64(number)) }

  /// An instant as date and time of day in the lake's zone.
  private func local(_ microseconds: Int64) -> SQLiteValue {
    .text(TimestampText.local(microseconds: microseconds, zone: provenance.zone))
  }

  private func real(_ number: Double?) -> SQLiteValue {
    number.map { .real($0) } ?? .null
  }
}
