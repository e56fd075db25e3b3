internal import LakeColumns
internal import LakeFile
internal import LakeStore
internal import TripModel

/// Finds the group numbers of the matching rows of one file.
struct CellCollector: BlockConsumer, Sendable {
  /// What the files of a set share.
  struct Plan: Sendable {
    let layout: GroupLayout
    let grid: CellGrid
    let zone: TimeZoneRules
    /// The number of every source; empty where trips are not grouped by source.
    let sourceNumbers: [ByteString: Int]
    let purpose: Purpose
  }

  /// What becomes of the numbers.
  enum Purpose: Sendable {
    /// They are put into buckets.
    case buckets(count: Int)
    /// Those of an interval are handed over.
    case keys(GroupInterval, KeySink)
    /// Those of an interval are counted.
    case histogram(GroupInterval, GroupHistogram, Monitor<GroupHistogram>)

    var interval: GroupInterval {
      switch self {
      case .buckets: .all
      case .keys(let interval, _), .histogram(let interval, _, _): interval
      }
    }
  }

  private let plan: Plan
  /// What all rows of the file add.
  private var base: UInt64
  private let parts: WeekParts?
  /// What each part of the week adds.
  private let timeTerms: [UInt64]
  /// What each text of the file's dictionary adds.
  private var sourceTerms: [UInt64] = []
  private var blockKeys: [UInt64] = []
  /// The columns that groups are told by, in the order of a file.
  private let columns: [ColumnID]
  /// The numbers of rows in file order, as far as nothing has become of them.
  private var keys: [UInt64] = []
  /// The numbers of the interval asked for.
  private let numbers: Range<UInt64>
  private let isWhole: Bool
  private var histogram: GroupHistogram?
  private(set) var buckets: BucketedKeys?

  init(_ plan: Plan, region: Int, week: ISOWeek, query: GroupedCount) {
    self.plan = plan
    numbers = plan.layout.numbers(in: plan.purpose.interval)
    isWhole = plan.purpose.interval == .all
    columns = Self.columns(of: query)
    if case .histogram(_, let empty, _) = plan.purpose { histogram = empty }
    base = plan.layout.field(.key(.region))?.term(region) ?? 0
    base &+= plan.layout.field(.key(.week))?.term(Int(week.index)) ?? 0
    let unit = query.timeUnit
    parts = unit == .none ? nil : WeekParts(unit, of: week, zone: plan.zone)
    timeTerms = unit == .none ? [] : Self.timeTerms(plan.layout, unit, week, query)
  }

  private static func timeTerms(
    _ layout: GroupLayout, _ unit: TimeUnit, _ week: ISOWeek, _ query: GroupedCount
  ) -> [UInt64] {
    let keys: [GroupedCount.Key] = [.day, .month, .weekday, .hour, .slot]
    let fields = keys.compactMap { key in layout.field(.key(key)).map { (key: key, field: $0) } }
    return (0..<unit.countInWeek).map { part in
      fields.reduce(0) { sum, known in
        sum &+ known.field.term(value(of: known.key, part, unit, week, query))
      }
    }
  }

  private static func value(
    of key: GroupedCount.Key, _ part: Int, _ unit: TimeUnit, _ week: ISOWeek, _ query: GroupedCount
  ) -> Int {
    switch key {
    case .day: week.firstDayNumber + unit.day(of: part)
    case .month: CivilMonth(dayNumber: week.firstDayNumber + unit.day(of: part)).index
    case .weekday: unit.day(of: part) + 1
    case .hour: unit.minuteOfDay(of: part) / 60
    case .slot: unit.minuteOfDay(of: part) / query.slotMinutes
    default: preconditionFailure("the key is a part of a week")
    }
  }

  mutating func open(_ reader: TripFileReader) throws(TripFileError) {
    if let field = plan.layout.field(.key(.source)) {
      for name in try reader.dictionary(of: .source) {
        guard let number = plan.sourceNumbers[name] else {
          throw TripFileError(
            .malformed, path: reader.path, column: .source,
            "the dictionary has a text that the manifest does not name")
        }
        sourceTerms.append(field.term(number))
      }
    }
    if case .buckets = plan.purpose { keys.reserveCapacity(min(reader.rowCount, 1 << 20)) }
  }

  private static func columns(of query: GroupedCount) -> [ColumnID] {
    var columns: [ColumnID] = []
    if query.keys.contains(.originCell) { columns += [.originX, .originY] }
    if query.keys.contains(.destinationCell) { columns += [.destinationX, .destinationY] }
    if query.timeUnit != .none { columns.append(.startTime) }
    if query.keys.contains(.source) { columns.append(.source) }
    return columns
  }

  mutating func take(_ pages: BlockPages, _ selection: RowSelection) throws(TripFileError) {
    try pages.load(columns)
    blockKeys.removeAll(keepingCapacity: true)
    blockKeys.append(contentsOf: repeatElement(base, count: selection.rowCount))
    try addCells(.originCell, .originX, .originY, pages)
    try addCells(.destinationCell, .destinationX, .destinationY, pages)
    try addTimes(pages)
    if !sourceTerms.isEmpty {
      let texts = try pages.page(.source)
      guard CellKernels.addTerms(sourceTerms, of: texts.words, to: &blockKeys) else {
        throw pages.error(column: .source, "a text lies outside the dictionary")
      }
    }
    let first = keys.count
    if selection.isAll {
      keys.append(contentsOf: blockKeys)
    } else {
      CellKernels.append(blockKeys, selection: selection.bytes, to: &keys)
    }
    if case .buckets = plan.purpose { return }
    if !isWhole { CellKernels.keep(in: numbers, from: first, of: &keys) }
    if keys.count >= KeySink.chunkCount { handOver() }
  }

  private mutating func handOver() {
    switch plan.purpose {
    case .buckets: return
    case .keys(_, let sink): sink.take(keys)
    case .histogram: histogram?.add(keys, plan.layout)
    }
    keys.removeAll(keepingCapacity: true)
  }

  mutating func close() {
    blockKeys = []
    switch plan.purpose {
    case .buckets(let count): buckets = BucketKernels.makeBuckets(keys, bucketCount: count)
    case .keys: handOver()
    case .histogram(_, _, let sum):
      handOver()
      if let histogram { sum.withLock { $0.add(histogram) } }
      histogram = nil
    }
    keys = []
  }

  private mutating func addTimes(_ pages: BlockPages) throws(TripFileError) {
    guard let parts else { return }
    let rows = HistogramKernels.Rows(
      times: try pages.page(.startTime), parts: parts,
      offset: pages.constantOffset(in: plan.zone), texts: nil, textCount: 1)
    guard
      HistogramKernels.setIndices(rows, rowCount: blockKeys.count, to: &pages.rowIndices)
    else { throw pages.error(column: .startTime, "a time lies outside the file's week") }
    CellKernels.addTerms(timeTerms, of: pages.rowIndices, to: &blockKeys)
  }

  private mutating func addCells(
    _ key: GroupedCount.Key, _ xColumn: ColumnID, _ yColumn: ColumnID, _ pages: BlockPages
  ) throws(TripFileError) {
    guard let xField = plan.layout.field(.cellX(key)), let yField = plan.layout.field(.cellY(key))
    else { return }
    let x = try pages.page(xColumn)
    let y = try pages.page(yColumn)
    let yAxis = CellKernels.Axis(plan.grid.latitudes, yField)
    let absent = xField.mayBeAbsent ? xField.term(nil) &+ yField.term(nil) : nil
    let isInside: Bool
    if case .metres = plan.grid.shape {
      var rows = MetricRowCache(plan.grid, xField)
      isInside = CellKernels.addCells(x: x, y: y, yAxis, absent: absent, to: &blockKeys) {
        rows.axis(atLatitude: $0)
      }
    } else {
      let xAxis = CellKernels.Axis(plan.grid.longitudes(inRow: 0), xField)
      let isPlain = pages.hasOnlyNumbers(xColumn) && pages.hasOnlyNumbers(yColumn)
      if isPlain, xAxis.isExact, yAxis.isExact {
        isInside =
          CellKernels.addCells(of: x.words, xAxis, to: &blockKeys)
          && CellKernels.addCells(of: y.words, yAxis, to: &blockKeys)
      } else {
        isInside = CellKernels.addCells(x: x, y: y, yAxis, absent: absent, to: &blockKeys) { _ in
          xAxis
        }
      }
    }
    guard isInside else {
      throw pages.error(
        column: xColumn, "a point lies outside of what the manifest says of the file")
    }
  }
}

extension CellCollector {
  /// Whether a row of the block may have a group of the interval asked for, by its zone maps.
  func mayTake(_ reader: TripFileReader, block: Int) -> Bool {
    guard !isWhole else { return true }
    let interval = plan.purpose.interval
    return plan.layout.fields.indices.allSatisfy { index in
      guard case .cellX(let key) = plan.layout.fields[index].part else { return true }
      let isOrigin = key == .originCell
      let extent = CellExtent(
        x: reader.zoneMap(ofBlock: block, column: isOrigin ? .originX : .destinationX),
        y: reader.zoneMap(ofBlock: block, column: isOrigin ? .originY : .destinationY), plan.grid)
      return extent.map { interval.mayHold($0, field: index) } ?? true
    }
  }
}

extension CellExtent {
  /// The cells of a block's points; `nil` where its zone maps do not tell.
  fileprivate init?(x: ZoneMap, y: ZoneMap, _ grid: CellGrid) {
    guard x.hasRange, y.hasRange,
      let rows = try? CellRange(from: y.minimumDouble, through: y.maximumDouble, grid.latitudes),
      let columns = try? CellRange(
        from: x.minimumDouble, through: x.maximumDouble, rows: rows, grid)
    else { return nil }
    self.init(
      x: columns, y: rows, hasAbsent: !x.rangeHoldsAllRows || !y.rangeHoldsAllRows)
  }
}

extension BlockPages {
  /// Whether every row of the block has a number in the column.
  fileprivate func hasOnlyNumbers(_ column: ColumnID) -> Bool {
    reader.zoneMap(ofBlock: block, column: column).rangeHoldsAllRows
  }
}
