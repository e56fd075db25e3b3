internal import LakeQuery
internal import LakeStore
internal import TripModel

/// `triplake weekly`: the average number of trips in a week.
struct WeeklyCommand {
  enum Grouping: String, CaseIterable {
    case region
    case area
    case none
  }

  private let raw: RawOptions
  private let environment: CommandEnvironment
  private let lake: OpenLake
  private let grouping: Grouping
  private let question: TripQuestion
  private let query: WeeklyAverage

  init(_ raw: RawOptions, _ environment: CommandEnvironment) throws {
    self.raw = raw
    self.environment = environment
    let asked = try raw.choice("by", Grouping.self)
    grouping = asked ?? (raw.has("bbox") || raw.has("area") ? .none : .region)
    let threadCount = try raw.threadCount(environment)
    _ = try TimeBounds(raw).dayNumbers()
    lake = try OpenLake(raw, environment)
    question = try TripQuestion(raw, lake.reader, areasAreRows: grouping == .area)
    let rows: WeeklyAverage.Grouping =
      switch grouping {
      case .region: .region
      case .none: .none
      case .area:
        .area(try AreaChoice.areas(raw, lake.reader), at: question.place)
      }
    let days = try question.bounds.dayNumbers()
    query = WeeklyAverage(
      filter: question.filter, grouping: rows, firstDay: days.first, lastDay: days.last,
      threadCount: threadCount)
  }

  func run() throws -> ExitCode {
    let target = try OutputTarget(raw, environment)
    let answer = try query.answer(from: lake.reader)
    let isPerWeek = raw.has("per-week")
    let header = lake.header(
      isPerWeek ? "triplake.weekly-trips/1" : "triplake.weekly/1", filter: question.members,
      columns: nameColumns + (isPerWeek ? Self.weekColumns : averageColumns(target.format)))
    var writer = ResultWriter(header, to: target)
    try writer.begin()
    for row in answer.rows {
      let name = row.name.map { [Cell.text($0)] } ?? []
      if isPerWeek {
        for cells in weeks(of: row) { try writer.row(name + cells) }
      } else {
        try writer.row(name + averages(of: row, target.format))
      }
    }
    try writer.end(stats: answer.explain.json)
    try target.finish()
    try answer.explain.tell(raw, environment)
    let isEmpty = answer.rows.allSatisfy { $0.trips == 0 }
    return isEmpty && raw.has("fail-if-empty") ? .nothingFound : .done
  }

  private var nameColumns: [ResultColumn] {
    switch grouping {
    case .region: [ResultColumn("region")]
    case .area: [ResultColumn("area")]
    case .none: []
    }
  }

  private static let weekColumns = [ResultColumn("week"), ResultColumn("trips", isNumeric: true)]

  private func averageColumns(_ format: OutputFormat) -> [ResultColumn] {
    let more = [
      "first_week", "last_week", "is_first_week_partial", "is_last_week_partial",
    ]
    return ResultColumn.ofAverages + (format.isJSON ? more.map { ResultColumn($0) } : [])
  }

  private func averages(of row: WeeklyAverage.Row, _ format: OutputFormat) -> [Cell] {
    let cells = Cell.cells(row)
    guard format.isJSON else { return cells }
    return cells + [
      row.weeks.map { .week($0.lowerBound) } ?? .empty,
      row.weeks.map { .week($0.upperBound) } ?? .empty,
      .flag(row.isFirstWeekPartial), .flag(row.isLastWeekPartial),
    ]
  }

  private func weeks(of row: WeeklyAverage.Row) -> [[Cell]] {
    guard let first = row.weeks?.lowerBound else { return [] }
    return row.tripsPerWeek.enumerated().map { offset, trips in
      [.week(ISOWeek(index: first.index + Int32(offset))), .integer(trips)]
    }
  }
}

extension WeeklyCommand {
  static let definition = CommandDefinition(
    words: ["weekly"],
    summary: "weekly average of trips, by region, by area or in a box",
    description: [
      "The average number of trips in a week: trips divided by weeks. Weeks without a trip count;",
      "active_average beside it is the average over the weeks that have one.",
    ],
    arguments: .none,
    groups: [
      OptionGroup(
        "What gets a row",
        [
          OptionDefinition(
            "by", value: .required("WHAT"),
            "region (default), area, or none for one row; none where --bbox or --area is given"),
          OptionDefinition("per-week", "each week and its trips instead of the average"),
        ]),
      CommonOptions.filters,
      CommonOptions.results,
    ],
    examples: [
      .init(line: "triplake weekly", meaning: "every region of the lake"),
      .init(
        line: "triplake weekly --bbox=14.35,50.02,14.50,50.11 --at either",
        meaning: "trips that begin or end in a box"),
      .init(
        line: "triplake weekly --region Prague --from 2018-W18 --to 2018-W20 --per-week",
        meaning: "one region, week by week"),
    ],
    run: { raw, environment in try WeeklyCommand(raw, environment).run() })
}

extension ResultColumn {
  /// Of a weekly average.
  static let ofAverages = ["trips", "weeks", "active_weeks", "average", "active_average"].map {
    ResultColumn($0, isNumeric: true)
  }
}

extension Cell {
  /// One for each of `ResultColumn.ofAverages`.
  static func cells(_ row: WeeklyAverage.Row) -> [Cell] {
    [
      .integer(row.trips), .integer(row.weekCount), .integer(row.activeWeekCount),
      Cell(row.average), Cell(row.activeAverage),
    ]
  }
}
