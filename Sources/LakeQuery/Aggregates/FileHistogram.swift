internal import LakeColumns
internal import LakeFile
internal import TripModel

/// How many matching rows of one file fall on each day or hour of the week and each source.
///
/// A file's rows share a week and its sources are numbered, so its groups are few and stand in an array.
struct FileHistogram: BlockConsumer, Sendable {
  /// What the rows are counted by, beside their file.
  struct Grouping: Sendable {
    let time: TimeUnit
    let isBySource: Bool
  }

  let grouping: Grouping
  let week: ISOWeek
  private let zone: TimeZoneRules
  /// The file's sources in byte order; empty where the rows are not counted by source.
  private(set) var sources: [ByteString] = []
  /// `counts[time * sourceCount + source]`; without a grouping, both are 0. Empty after the last block.
  private var counts: [Int] = []
  /// After the last block, the indices of `counts` that a row has, with their counts.
  private(set) var entries: [(index: Int, count: Int)] = []

  init(_ grouping: Grouping, week: ISOWeek, zone: TimeZoneRules) {
    self.grouping = grouping
    self.week = week
    self.zone = zone
  }

  var sourceCount: Int { grouping.isBySource ? sources.count : 1 }

  mutating func open(_ reader: TripFileReader) throws(TripFileError) {
    if grouping.isBySource { sources = try reader.dictionary(of: .source) }
    counts = [Int](repeating: 0, count: grouping.time.count * sourceCount)
  }

  mutating func take(_ pages: BlockPages, _ selection: RowSelection) throws(TripFileError) {
    if selection.isAll, grouping.time == .none, let source = onlySource(of: pages) {
      counts[source] += selection.rowCount
      return
    }
    pages.clearRowKeys()
    if grouping.time != .none { try setTimes(pages) }
    if grouping.isBySource { try addSources(pages) }
    GroupingKernels.count(keys: pages.rowKeys, selection: selection.bytes, counts: &counts)
  }

  /// Keeps what holds rows, because a histogram may be much larger than the rows of its file are many.
  mutating func close() {
    for (index, count) in counts.enumerated() where count > 0 { entries.append((index, count)) }
    counts = []
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

  private func setTimes(_ pages: BlockPages) throws(TripFileError) {
    let times = try pages.page(.startTime)
    guard
      ClockKernels.setUnits(
        of: times.words, zone: zone, offset: pages.constantOffset(in: zone),
        firstDay: week.firstDayNumber, unit: grouping.time, stride: sourceCount,
        keys: &pages.rowKeys)
    else { throw pages.error(column: .startTime, "a time lies outside the file's week") }
  }

  private func addSources(_ pages: BlockPages) throws(TripFileError) {
    let texts = try pages.page(.source)
    guard
      GroupingKernels.addTexts(texts.words, textCount: sources.count, keys: &pages.rowKeys)
    else { throw pages.error(column: .source, "a text lies outside the dictionary") }
  }
}
