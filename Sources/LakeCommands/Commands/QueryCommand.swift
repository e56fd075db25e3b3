internal import LakeBytes
internal import LakeColumns
internal import LakeQuery
internal import LakeStore
internal import TripModel

/// `triplake query`: counts by any grouping, or the trips themselves.
struct QueryCommand {
  /// What is told.
  enum Selection: Hashable {
    case rows
    /// Columns beside those of the group, in this order.
    case groups([Column])
  }

  enum Column: Hashable {
    case count
    case fact(GroupedCount.Fact)
    case aggregate(AskedAggregate)
  }

  private let raw: RawOptions
  private let environment: CommandEnvironment
  private let keys: [GroupedCount.Key]
  /// Groupings and aggregates of columns; `nil` where trips are counted by keys alone.
  private let columns: AskedColumns?
  private let selection: Selection
  private let grouping: GroupingOptions
  private let threadCount: Int
  private let lake: OpenLake
  private let question: TripQuestion
  private let filter: TripFilter

  init(_ raw: RawOptions, _ environment: CommandEnvironment) throws {
    self.raw = raw
    self.environment = environment
    selection = try Selection(raw)
    let names = try Self.groupNames(raw)
    keys = names.compactMap { GroupedCount.Key(rawValue: $0) }
    if selection == .rows, !names.isEmpty {
      throw UsageErrors.contradiction(
        "--select rows gives single trips, which --group-by cannot group",
        help: "leave one of the two out")
    }
    grouping = try GroupingOptions(raw, environment)
    if grouping.slotMinutes != nil, !keys.contains(.slot) {
      throw UsageErrors.contradiction(
        "--slot is the length of the slots to group by, and there are none",
        help: "add --group-by slot")
    }
    let asksColumns = names.count > keys.count || selection.hasAggregates
    if asksColumns, keys.contains(where: { $0.isCell || $0 == .route }) {
      throw UsageErrors.contradiction(
        "groups by cell or route have no aggregates and no other columns",
        help: "group by columns and parts of the time, or select count")
    }
    if keys.contains(where: \.isCell) {
      guard !keys.contains(.route) else {
        throw UsageErrors.contradiction("--group-by cannot name cells and route at once")
      }
      if let fact = selection.facts.first {
        throw UsageErrors.contradiction(
          "--select \(fact.rawValue) is not told of groups by cell",
          help: "select count, or group by other columns")
      }
    } else if let option = ["cell", "memory"].first(where: { raw.has($0) }) {
      throw UsageErrors.contradiction(
        "--\(option) is about cells to group by, and there are none",
        help: "add --group-by origin_cell,destination_cell")
    }
    if names.isEmpty, let option = ["top", "min-count"].first(where: { raw.has($0) }) {
      throw UsageErrors.contradiction(
        "--\(option) chooses among groups, and there are none", help: "add --group-by COLUMNS")
    }
    threadCount = try raw.threadCount(environment)
    lake = try OpenLake(raw, environment)
    question = try TripQuestion(raw, lake.reader)
    columns =
      asksColumns
      ? try AskedColumns(names, selection.columns, lake.reader.manifest.schema) : nil
    var filter = question.filter
    filter.time = try question.bounds.timeRange(in: lake.reader.zone)
    self.filter = filter
  }

  func run() throws -> ExitCode {
    let target = try OutputTarget(raw, environment)
    let explain =
      switch selection {
      case .rows: try writeRows(to: target)
      case .groups(let told):
        if let columns {
          try write(columns, to: target)
        } else {
          try writeGroups(told, to: target)
        }
      }
    try target.finish()
    try explain.tell(raw, environment)
    return explain.rowsMatched == 0 && raw.has("fail-if-empty") ? .nothingFound : .done
  }

  private func writeGroups(
    _ told: [Column], to target: OutputTarget
  ) throws -> ScanExplain {
    if keys.contains(where: \.isCell) { SystemDoor.keepFreedMemory() }
    var query = GroupedCount(filter: filter, groupedBy: keys, threadCount: threadCount)
    query.facts = selection.facts
    grouping.apply(to: &query)
    let columns =
      keys.flatMap { ResultColumn.columns(of: $0, query.grid) }
      + told.map { ResultColumn($0.name, isNumeric: $0 == .count) }
    let header = lake.header("triplake.query/1", filter: question.members, columns: columns)
    var writer = ResultWriter(header, to: target)
    try writer.begin()
    let explain = try query.run(on: lake.reader) { row in
      try writer.row(
        row.group.flatMap { Cell.cells($0, query.grid) } + told.map { Cell($0, of: row) })
    }
    try writer.end(stats: explain.json)
    return explain
  }

  private func write(_ asked: AskedColumns, to target: OutputTarget) throws -> ScanExplain {
    var query = try ColumnAggregate(
      filter: filter, groupedBy: asked.keys, measures: asked.measures)
    query.top = grouping.top
    query.minimumCount = grouping.minimumCount ?? 1
    query.slotMinutes = grouping.slotMinutes ?? 60
    let header = lake.header(
      "triplake.query/1", filter: question.members, columns: asked.resultColumns)
    var writer = ResultWriter(header, to: target)
    // First, because it may have no answer.
    let answer = try query.answer(from: lake.reader)
    try writer.begin()
    for row in answer.rows { try writer.row(asked.cells(row)) }
    try writer.end(stats: answer.explain.json)
    return answer.explain
  }

  private func writeRows(to target: OutputTarget) throws -> ScanExplain {
    let extras = SeedRows.extras(of: lake.reader.manifest.schema)
    let scan = RowScan(filter: filter, columns: SeedRows.columns + extras.map(\.id))
    let rows = SeedRows(zone: lake.reader.zone)
    let names =
      target.format.isJSON
      ? ["region"] + SeedRows.columns.map { Self.name(of: $0) } : SeedRows.columnNames
    let columns = (names + extras.map(\.name.displayText)).map { ResultColumn($0) }
    let header = lake.header("triplake.rows/1", filter: question.members, columns: columns)
    var writer = ResultWriter(header, to: target)
    try writer.begin()
    let seedWriter = SeedRowWriter(zone: lake.reader.zone)
    let isPlainCSV = target.format == .csv && !target.isTerminal && !target.guardsFormulas
    let explain = try scan.run(on: lake.reader) { batch in
      if isPlainCSV {
        try target.output.write { seedWriter.append(batch, to: &$0) }
        return
      }
      for row in 0..<batch.rowCount {
        try writer.row(target.format.isJSON ? Self.cells(batch, row) : rows.cells(batch, row: row))
      }
    }
    try writer.end(stats: explain.json)
    return explain
  }

  /// The values of a trip under their own names.
  private static func cells(_ batch: RowBatch, _ row: Int) -> [Cell] {
    [.text(batch.key.region)] + batch.columns.map { Cell($0, row: row) }
  }

  private static func name(of column: ColumnID) -> String {
    TripSchema.trips.column(column)?.name.displayText ?? ""
  }

  /// What is grouped by in the order given, keys or columns; `datasource` is another name of `source`.
  private static func groupNames(_ raw: RawOptions) throws -> [String] {
    let values = raw.values("group-by").flatMap { $0.split(separator: ",").map(String.init) }
    var names: [String] = []
    for value in values {
      let name = value == "datasource" ? "source" : value
      guard !names.contains(name) else {
        throw UsageErrors.contradiction(
          "--group-by names \(ByteString(name).displayText) twice")
      }
      names.append(name)
    }
    return names
  }
}

extension QueryCommand.Selection {
  fileprivate var facts: [GroupedCount.Fact] {
    switch self {
    case .rows: []
    case .groups(let columns): columns.compactMap(\.fact)
    }
  }

  fileprivate var columns: [QueryCommand.Column] {
    if case .groups(let columns) = self { columns } else { [] }
  }

  fileprivate var hasAggregates: Bool {
    columns.contains { if case .aggregate = $0 { true } else { false } }
  }

  /// `rows`, or names with commas between them; without any, `count`.
  fileprivate init(_ raw: RawOptions) throws {
    let names = raw.values("select").flatMap { $0.split(separator: ",").map(String.init) }
    if names == ["rows"] {
      self = .rows
      return
    }
    var columns: [QueryCommand.Column] = []
    for name in names {
      guard let column = QueryCommand.Column(name) else {
        let known = ["count"] + GroupedCount.Fact.allCases.map(\.rawValue)
        throw UsageErrors.badValue(
          "select", name,
          expected:
            "it is rows, or one or more of \(known.joined(separator: ",")) and aggregates of a column: "
            + AskedAggregate.functionNames.map { "\($0)(COLUMN)" }.joined(separator: ","),
          known: known + ["rows"])
      }
      guard !columns.contains(column) else {
        throw UsageErrors.contradiction("--select names \(name) twice")
      }
      columns.append(column)
    }
    self = .groups(columns.isEmpty ? [.count] : columns)
  }
}

extension QueryCommand.Column {
  fileprivate init?(_ name: String) {
    if name == "count" {
      self = .count
    } else if let fact = GroupedCount.Fact(rawValue: name) {
      self = .fact(fact)
    } else if let aggregate = AskedAggregate(name) {
      self = .aggregate(aggregate)
    } else {
      return nil
    }
  }

  var name: String {
    switch self {
    case .count: "count"
    case .fact(let fact): fact.rawValue
    case .aggregate(let aggregate): aggregate.name
    }
  }

  fileprivate var fact: GroupedCount.Fact? {
    if case .fact(let fact) = self { fact } else { nil }
  }
}

extension Cell {
  fileprivate init(_ column: QueryCommand.Column, of row: GroupedCount.Row) {
    self =
      switch column {
      case .count: .integer(row.count)
      case .aggregate: .empty
      case .fact(.firstTime): row.firstTime.map { .timestamp($0) } ?? .empty
      case .fact(.lastTime): row.lastTime.map { .timestamp($0) } ?? .empty
      case .fact(.latestSource): row.latestSource.map { .text($0) } ?? .empty
      }
  }
}

extension QueryCommand {
  static let definition = CommandDefinition(
    words: ["query"],
    summary: "count trips by any grouping, or list them",
    description: [
      "How many trips meet the conditions and when they start, in total or by group; or the trips",
      "themselves, in the layout of the sample trips with extra columns behind, which ingest takes.",
    ],
    arguments: .none,
    groups: [
      OptionGroup(
        "What is told",
        [
          OptionDefinition(
            "select", value: .required("WHAT"), isRepeatable: true,
            "rows: the trips; or of each group count (default), first_time, last_time, latest_source,"
              + " and count(C), distinct(C), min(C), max(C), sum(C), mean(C) of any column C"),
          OptionDefinition(
            "group-by", value: .required("COLUMNS"), isRepeatable: true,
            "region, week, day, month, weekday, hour, slot, source, origin_cell, destination_cell, route,"
              + " any other column, or several with commas between them"),
          GroupingOptions.cell, GroupingOptions.slot, GroupingOptions.top,
          GroupingOptions.minimumCount, GroupingOptions.memory,
        ]),
      CommonOptions.filters,
      CommonOptions.results,
    ],
    examples: [
      .init(
        line: "triplake query --group-by region,week", meaning: "trips of each region and week"),
      .init(
        line:
          "triplake query --group-by month,source --select 'last_time,distinct(region)' --top 2",
        meaning: "the two largest pairs: their latest trip and how many regions they have"),
      .init(
        line: "triplake query --region Prague --from 2018-05-28 --select rows -o prague.csv",
        meaning: "the trips, into a file"),
    ],
    run: { raw, environment in try QueryCommand(raw, environment).run() })
}
