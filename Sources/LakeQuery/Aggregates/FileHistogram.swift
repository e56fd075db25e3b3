internal import LakeColumns
internal import LakeFile
internal import TripModel

/// How many matching rows of one file fall on each part of the week and each source, and when the first and
/// the last of them start.
///
/// A file's rows share a week and its sources are numbered, so its groups are few and stand in an array.
struct FileHistogram: BlockConsumer, Sendable {
  /// What the rows are told apart by, beside their file, and what is asked of them.
  struct Grouping: Sendable {
    let time: TimeUnit
    let isBySource: Bool
    /// Whether first and last times are wanted.
    let keepsTimes: Bool
  }

  /// A file of more possible groups than this is refused; each takes up to 24 bytes.
  private static let tallyLimit = 1 << 26

  let grouping: Grouping
  let week: ISOWeek
  private let parts: WeekParts?
  private let zone: TimeZoneRules
  /// The columns that rows are told apart by, in the order of a file.
  private let columns: [ColumnID]
  /// The file's sources in byte order; empty where the rows are not told apart by source.
  private(set) var sources: [ByteString] = []
  /// `counts[part * sourceCount + source]`, the part counted from Monday. Empty after the last block.
  private var counts: [Int] = []
  /// Both empty where times are not wanted.
  private var firstTimes: [Int64] = []
  private var lastTimes: [Int64] = []
  /// After the last block, the indices `part * sourceCount + source` that a row has, the part being one of the
  /// grouping's.
  private(set) var entries: [(index: Int, tally: GroupTally)] = []

  init(_ grouping: Grouping, week: ISOWeek, zone: TimeZoneRules) {
    self.grouping = grouping
    self.week = week
    self.zone = zone
    parts = grouping.time == .none ? nil : WeekParts(grouping.time, of: week, zone: zone)
    let needsTimes = grouping.time != .none || grouping.keepsTimes
    columns = (needsTimes ? [.startTime] : []) + (grouping.isBySource ? [.source] : [])
  }

  var sourceCount: Int { grouping.isBySource ? sources.count : 1 }

  mutating func open(_ reader: TripFileReader) throws {
    if grouping.isBySource { sources = try reader.dictionary(of: .source) }
    let (count, overflow) = Int(parts?.count ?? 1).multipliedReportingOverflow(by: sourceCount)
    guard !overflow, count <= Self.tallyLimit else {
      throw QueryError(
        .tooManyGroups, "the sources and parts of a week have \(count) combinations in one file")
    }
    counts = [Int](repeating: 0, count: count)
    if grouping.keepsTimes {
      firstTimes = [Int64](repeating: .max, count: count)
      lastTimes = [Int64](repeating: .min, count: count)
    }
  }

  mutating func take(_ pages: BlockPages, _ selection: RowSelection) throws(TripFileError) {
    if selection.isAll, takeWhole(pages, rowCount: selection.rowCount) { return }
    try pages.load(columns)
    let rows = HistogramKernels.Rows(
      times: columns.first == .startTime ? try pages.page(.startTime) : nil, parts: parts,
      offset: parts == nil ? nil : pages.constantOffset(in: zone),
      texts: grouping.isBySource ? try pages.page(.source) : nil, textCount: sourceCount)
    guard
      HistogramKernels.setIndices(rows, rowCount: selection.rowCount, to: &pages.rowIndices)
    else {
      throw pages.error(
        column: parts == nil ? .source : .startTime,
        "a time lies outside the file's week, or a text outside the dictionary")
    }
    HistogramKernels.count(pages.rowIndices, selection: selection, counts: &counts)
    if grouping.keepsTimes, let times = rows.times {
      HistogramKernels.widenTimes(
        pages.rowIndices, times: times.words, selection: selection.bytes, first: &firstTimes,
        last: &lastTimes)
    }
  }

  /// Keeps what holds rows, because a histogram may be much larger than the rows of its file are many.
  mutating func close() {
    let folded = grouping.time.count * sourceCount
    for start in stride(from: 0, to: counts.count, by: max(folded, 1)) {
      for index in start..<min(start + folded, counts.count) where counts[index] > 0 {
        entries.append((index - start, tally(at: index)))
      }
    }
    counts = []
    firstTimes = []
    lastTimes = []
  }

  private func tally(at index: Int) -> GroupTally {
    guard grouping.keepsTimes else { return GroupTally(count: counts[index]) }
    return GroupTally(
      count: counts[index], firstTime: firstTimes[index], lastTime: lastTimes[index])
  }

  /// Takes a block of which all rows are selected from its zone maps alone.
  ///
  /// - Returns: False where they do not tell enough.
  private mutating func takeWhole(_ pages: BlockPages, rowCount: Int) -> Bool {
    guard parts == nil, let source = onlySource(of: pages) else { return false }
    if grouping.keepsTimes {
      let map = pages.reader.zoneMap(ofBlock: pages.block, column: .startTime)
      guard map.hasRange, map.rangeHoldsAllRows, map.minimumInteger <= map.maximumInteger else {
        return false
      }
      firstTimes[source] = min(firstTimes[source], map.minimumInteger)
      lastTimes[source] = max(lastTimes[source], map.maximumInteger)
    }
    counts[source] += rowCount
    return true
  }

  /// The source of every row of the block, where its zone map names just one.
  private func onlySource(of pages: BlockPages) -> Int? {
    guard grouping.isBySource else { return 0 }
    let map = pages.reader.zoneMap(ofBlock: pages.block, column: .source)
    guard map.hasRange, map.rangeHoldsAllRows, map.minimum == map.maximum,
      map.minimum < UInt64(sources.count)
    else { return nil }
    return Int(map.minimum)
  }
}
