internal import LakeBytes
internal import LakeQuery
internal import LakeStore
internal import TripModel

/// `triplake groups`: similar trips, from one cell of the map to another in the same part of the day.
struct GroupsCommand {
  private let raw: RawOptions
  private let environment: CommandEnvironment
  private let lake: OpenLake
  private let question: TripQuestion
  private let query: GroupedCount

  init(_ raw: RawOptions, _ environment: CommandEnvironment) throws {
    self.raw = raw
    self.environment = environment
    let grouping = try GroupingOptions(raw, environment)
    let threadCount = try raw.threadCount(environment)
    lake = try OpenLake(raw, environment)
    question = try TripQuestion(raw, lake.reader)
    var filter = question.filter
    filter.time = try question.bounds.timeRange(in: lake.reader.zone)
    var query = GroupedCount.similarTrips(filter, perWeek: raw.has("per-week"))
    query.threadCount = threadCount
    grouping.apply(to: &query)
    self.query = query
  }

  func run() throws -> ExitCode {
    let target = try OutputTarget(raw, environment)
    let hasCentres = raw.has("centres")
    let columns =
      query.keys.flatMap { ResultColumn.columns(of: $0, query.grid) }
      + (hasCentres
        ? query.keys.filter(\.isCell).flatMap { ResultColumn.centreColumns(of: $0) } : [])
      + [ResultColumn("trips", isNumeric: true)]
    let header = lake.header("triplake.groups/1", filter: members, columns: columns)
    var writer = ResultWriter(header, to: target)
    try writer.begin()
    SystemDoor.keepFreedMemory()
    let explain = try query.run(on: lake.reader) { row in
      try writer.row(
        row.group.flatMap { Cell.cells($0, query.grid) } + (hasCentres ? centres(row) : [])
          + [.integer(row.count)])
    }
    try writer.end(stats: explain.json)
    try target.finish()
    try explain.tell(raw, environment)
    return explain.rowsMatched == 0 && raw.has("fail-if-empty") ? .nothingFound : .done
  }

  private func centres(_ row: GroupedCount.Row) -> [Cell] {
    zip(query.keys, row.group).filter(\.0.isCell).flatMap { Cell.centreCells($1, query.grid) }
  }

  /// What was asked, with what makes trips similar.
  private var members: [JSONMember] {
    question.members + [
      JSONMember("cell", .string(raw.value("cell") ?? "0.01")),
      JSONMember("slot", .integer(Int64(query.slotMinutes))),
      JSONMember("min_count", .integer(Int64(query.minimumCount))),
    ] + (query.top.map { [JSONMember("top", .integer(Int64($0)))] } ?? [])
  }
}

extension GroupsCommand {
  static let definition = CommandDefinition(
    words: ["groups"],
    summary: "similar trips: by origin cell, destination cell and time of day",
    description: [
      "How many trips go from one cell of the map to another in the same part of the local day.",
      "Trips without a destination are groups of their own, with nothing in the columns of it.",
    ],
    arguments: .none,
    groups: [
      OptionGroup(
        "What is similar",
        [
          GroupingOptions.cell, GroupingOptions.slot,
          OptionDefinition("per-week", "each week by itself, instead of all of them together"),
        ]),
      OptionGroup(
        "What is told",
        [
          GroupingOptions.top, GroupingOptions.minimumCount,
          OptionDefinition("centres", "also the middle of each cell: longitude x, latitude y"),
          GroupingOptions.memory,
        ]),
      CommonOptions.filters,
      CommonOptions.results,
    ],
    examples: [
      .init(line: "triplake groups --top 20", meaning: "the twenty commonest trips, hour by hour"),
      .init(
        line: "triplake groups --cell geohash:6 --slot 15 --region Prague --min-count 5",
        meaning: "by geohashes and quarters of an hour, where at least five trips are alike"),
      .init(
        line: "triplake groups --cell 500m --per-week --centres -o groups.csv",
        meaning: "by cells of 500 metres and weeks, with their middles for a map"),
    ],
    run: { raw, environment in try GroupsCommand(raw, environment).run() })
}
