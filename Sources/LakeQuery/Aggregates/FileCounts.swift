internal import LakeFile
internal import LakeStore
internal import TripModel

/// How many rows of each file meet a filter.
struct FileCounts {
  /// The files with at least one matching row, ascending.
  private(set) var counts: [(file: Int, rowCount: Int)] = []
  private(set) var explain = ScanExplain()

  /// - Throws: `QueryError.unknownRegion`; `StoreError`.
  init(_ filter: TripFilter, reader: LakeReader, threadCount: Int) throws {
    let plan = try FilterPlan(filter, reader: reader)
    explain.noteFiles(of: plan)
    var items: [ScanJob.Item] = []
    for file in plan.files {
      let verdict = plan.verdict(ofFile: file)
      if let rowCount = plan.rowCount(ofFile: file, verdict) {
        explain.files.note(rowCount == 0 ? .skip : .cover)
        if rowCount > 0 { counts.append((file, rowCount)) }
        explain.rowsMatched += rowCount
      } else {
        explain.files.note(.scan)
        for condition in verdict.pending { explain.fileReasons.add(condition.reason) }
        items.append(ScanJob.Item(file: file, conditions: verdict.pending))
      }
    }
    try scan(items, reader: reader, threadCount: threadCount)
  }

  private mutating func scan(
    _ items: [ScanJob.Item], reader: LakeReader, threadCount: Int
  ) throws {
    guard !items.isEmpty else { return }
    let job = ScanJob(reader: reader, items: items, threadCount: threadCount)
    let (consumers, work) = try job.run { _ in RowCounter() }
    explain.add(work)
    for (item, consumer) in zip(items, consumers) where consumer.rowCount > 0 {
      counts.append((item.file, consumer.rowCount))
    }
    counts.sort { $0.file < $1.file }
  }
}

/// Counts selected rows.
private struct RowCounter: BlockConsumer, Sendable {
  private(set) var rowCount = 0

  mutating func open(_ reader: TripFileReader) {}

  mutating func take(_ pages: BlockPages, _ selection: RowSelection) {
    rowCount += selection.selectedCount
  }
}

extension ScanExplain {
  /// Counts the files and rows of the snapshot; those whose region is not asked for are skipped.
  mutating func noteFiles(of plan: FilterPlan) {
    let others = plan.manifest.fileCount - plan.files.count
    files.considered += others
    files.skipped += others
    rowsConsidered += Int(clamping: plan.manifest.totals.rowCount)
  }
}
