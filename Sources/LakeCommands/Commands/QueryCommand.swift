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
  }

  private let raw: RawOptions
  private let environment: CommandEnvironment
  private let keys: [GroupedCount.Key]
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
    keys = try Self.keys(raw)
    if selection == .rows, !keys.isEmpty {
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
    if keys.isEmpty, let option = ["top", "min-count"].first(where: { raw.has($0) }) {
      throw UsageErrors.contradiction(
        "--\(option) chooses among groups, and there are none", help: "add --group-by COLUMNS")
    }
    threadCount = try raw.threadCount(environment)
    lake = try OpenLake(raw, environment)
    question = try TripQuestion(raw, lake.reader)
    var filter = question.filter
    filter.time = try question.bounds.timeRange(in: lake.reader.zone)
    self.filter = filter
  }

  func run() throws -> ExitCode {
    let target = try OutputTarget(raw, environment)
    let explain =
      switch selection {
      case .rows: try writeRows(to: target)
      case .groups(let columns): try writeGroups(columns, to: target)
      }
    try target.finish()
    try explain.tell(raw, environment)
    return explain.rowsMatched == 0 && raw.has("fail-if-empty") ? .nothingFound : .done
  }

  private func writeGroups(
    _ told: [Column], to target: OutputTarget
  ) throws -> ScanExplain {
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

  /// The groupings in the order given; `datasource` is another name of `source`.
  private static func keys(_ raw: RawOptions) throws -> [GroupedCount.Key] {
    let names = raw.values("group-by").flatMap { $0.split(separator: ",").map(String.init) }
    let known = GroupedCount.Key.allCases.map(\.rawValue)
    var keys: [GroupedCount.Key] = []
    for name in names {
      guard let key = GroupedCount.Key(rawValue: name == "datasource" ? "source" : name) else {
        throw UsageErrors.badValue(
          "group-by", name, expected: "it is one or more of \(known.joined(separator: ","))",
          known: known)
      }
      guard !keys.contains(key) else {
        throw UsageErrors.contradiction("--group-by names \(key.rawValue) twice")
      }
      keys.append(key)
    }
    return keys
  }
}

extension QueryCommand.Selection {
  fileprivate var facts: Set<GroupedCount.Fact> {
    switch self {
    case .rows: []
    case .groups(let columns): Set(columns.compactMap(\.fact))
    }
  }

  /// `rows`, or names with commas between them; without any, `count`.
  fileprivate init(_ raw: RawOptions) throws {
    let names = raw.values("select").flatMap { $0.split(separator: ",").map(String.init) }
    let known = ["count"] + GroupedCount.Fact.allCases.map(\.rawValue)
    if names == ["rows"] {
      self = .rows
      return
    }
    var columns: [QueryCommand.Column] = []
    for name in names {
      guard let column = QueryCommand.Column(name) else {
        throw UsageErrors.badValue(
          "select", name,
          expected: "it is rows, or one or more of \(known.joined(separator: ","))",
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
    } else {
      return nil
    }
  }

  fileprivate var name: String { fact?.rawValue ?? "count" }

  fileprivate var fact: GroupedCount.Fact? {
    if case .fact(let fact) = self { fact } else { nil }
  }
}

extension Cell {
  fileprivate init(_ column: QueryCommand.Column, of row: GroupedCount.Row) {
    self =
      switch column {
      case .count: .integer(row.count)
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
            "rows: the trips; or of each group count (default), first_time, last_time, latest_source"
          ),
          OptionDefinition(
            "group-by", value: .required("COLUMNS"), isRepeatable: true,
            "region, week, day, month, weekday, hour, slot, source, origin_cell, destination_cell, route,"
              + " or several with commas between them"),
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
        line: "triplake query --group-by region --select last_time,latest_source --top 2",
        meaning: "the latest trip of the two regions of the most trips"),
      .init(
        line: "triplake query --region Prague --from 2018-05-28 --select rows -o prague.csv",
        meaning: "the trips, into a file"),
    ],
    run: { raw, environment in try QueryCommand(raw, environment).run() })
}
