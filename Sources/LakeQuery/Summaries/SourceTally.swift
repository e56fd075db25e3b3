internal import LakeColumns
internal import LakeFile
internal import TripModel

/// The rows of each source of one file and their times, for files whose sources the manifest does not count.
struct SourceTally: BlockConsumer, Sendable {
  private(set) var sources: [ByteString] = []
  private(set) var counts: [Int] = []
  private(set) var firstTimes: [Int64] = []
  private(set) var lastTimes: [Int64] = []

  mutating func open(_ reader: TripFileReader) throws {
    sources = try reader.dictionary(of: .source)
    counts = [Int](repeating: 0, count: sources.count)
    firstTimes = [Int64](repeating: .max, count: sources.count)
    lastTimes = [Int64](repeating: .min, count: sources.count)
  }

  mutating func take(_ pages: BlockPages, _ selection: RowSelection) throws {
    let texts = try pages.page(.source)
    let times = try pages.page(.startTime)
    pages.clearRowKeys()
    guard
      GroupingKernels.addTexts(texts.words, textCount: sources.count, keys: &pages.rowKeys)
    else { throw pages.error(column: .source, "a text lies outside the dictionary") }
    GroupingKernels.count(keys: pages.rowKeys, selection: selection.bytes, counts: &counts)
    GroupingKernels.widenTimes(
      keys: pages.rowKeys, times: times.words, selection: selection.bytes, first: &firstTimes,
      last: &lastTimes)
  }
}
