internal import LakeFile
internal import LakeStore
internal import TripModel

/// How many rows of each file meet a filter and lie in each of some areas: one pass over the data for all of them,
/// in which a page is read and decoded once.
struct AreaCounts {
  /// For each area the files with at least one such row, ascending.
  private(set) var counts: [[(file: Int, rowCount: Int)]]
  private(set) var explain = ScanExplain()
  private let conditions: [BoxCondition]

  /// - Parameter isCounted: Whether a file is counted at all.
  /// - Throws: `QueryError.unknownRegion`; `StoreError`.
  init(
    _ areas: [Area], at place: BoxPlace, _ filter: TripFilter, reader: LakeReader, threadCount: Int,
    isCounted: (Int) -> Bool = { _ in true }
  ) throws {
    conditions = areas.map { BoxCondition($0.shape, at: place) }
    counts = areas.map { _ in [] }
    let plan = try FilterPlan(filter, reader: reader, asksForExtents: true)
    explain.noteFiles(of: plan)
    var items: [ScanJob.Item] = []
    var open: [Int: [Int]] = [:]
    for file in plan.files where isCounted(file) {
      let verdict = plan.verdict(ofFile: file)
      let undecided = decide(file, verdict, plan)
      guard !undecided.isEmpty else { continue }
      open[file] = undecided
      explain.fileReasons.add(ScanCondition.box(conditions[undecided[0]]).reason)
      for condition in verdict.pending { explain.fileReasons.add(condition.reason) }
      items.append(
        ScanJob.Item(file: file, conditions: scanned(verdict.pending, undecided, place)))
    }
    try scan(items, open, reader: reader, threadCount: threadCount)
    explain.rowsMatched = counts.joined().reduce(0) { $0 + $1.rowCount }
  }

  /// Counts what the manifest knows of a file.
  ///
  /// - Returns: The areas that it leaves open.
  private mutating func decide(
    _ file: Int, _ verdict: FilterPlan.FileVerdict, _ plan: FilterPlan
  ) -> [Int] {
    guard verdict.verdict != .skip else {
      explain.files.note(.skip)
      return []
    }
    // Asked for at its first use, for it costs a look at the file's sources.
    var rowCount: Int??
    var undecided: [Int] = []
    var isTouched = false
    for area in conditions.indices {
      let areaVerdict = plan.verdict(of: .box(conditions[area]), file: file)
      if areaVerdict == .skip { continue }
      isTouched = true
      let known = rowCount ?? plan.rowCount(ofFile: file, verdict)
      rowCount = .some(known)
      if areaVerdict == .cover, let known {
        if known > 0 { counts[area].append((file, known)) }
      } else {
        undecided.append(area)
      }
    }
    explain.files.note(isTouched ? (undecided.isEmpty ? .cover : .scan) : .skip)
    return undecided
  }

  /// What the rows must meet to be held against the areas. Where that asks for pages, no block is read that lies
  /// outside of all areas.
  private func scanned(
    _ pending: [ScanCondition], _ areas: [Int], _ place: BoxPlace
  ) -> [ScanCondition] {
    guard !pending.isEmpty else { return [] }
    let hull = BoundingBox(holding: areas.map { conditions[$0].box })
    return [.box(BoxCondition(hull, at: place))] + pending
  }

  private mutating func scan(
    _ items: [ScanJob.Item], _ open: [Int: [Int]], reader: LakeReader, threadCount: Int
  ) throws {
    guard !items.isEmpty else { return }
    let job = ScanJob(reader: reader, items: items, threadCount: threadCount)
    let conditions = conditions
    let (counters, work) = try job.run { item in
      AreaCounter(conditions, areas: open[item.file] ?? [])
    }
    explain.add(work)
    for (item, counter) in zip(items, counters) {
      for (area, rowCount) in zip(counter.areas, counter.rowCounts) where rowCount > 0 {
        counts[area].append((item.file, rowCount))
      }
    }
    for area in counts.indices { counts[area].sort { $0.file < $1.file } }
  }
}

/// Counts the selected rows of one file in each of some areas.
private struct AreaCounter: BlockConsumer, Sendable {
  private let conditions: [BoxCondition]
  /// Indices of the conditions that the file is held against.
  let areas: [Int]
  /// One for each of `areas`.
  private(set) var rowCounts: [Int]
  /// Of the open file, by its areas.
  private var verdicts: BlockVerdicts?

  init(_ conditions: [BoxCondition], areas: [Int]) {
    self.conditions = conditions
    self.areas = areas
    rowCounts = [Int](repeating: 0, count: areas.count)
  }

  mutating func open(_ reader: TripFileReader) throws {
    verdicts = try BlockPruning(reader, conditions: areas.map { .box(conditions[$0]) }).verdicts
  }

  mutating func close() { verdicts = nil }

  mutating func take(_ pages: BlockPages, _ selection: RowSelection) throws {
    guard let verdicts else { return }
    for (position, area) in areas.enumerated() {
      switch verdicts[condition: position, block: pages.block] {
      case .skip: continue
      case .cover: rowCounts[position] += selection.selectedCount
      case .scan:
        pages.narrowed.select(as: selection)
        try pages.evaluator.apply(conditions[area], pages: pages, selection: pages.narrowed)
        rowCounts[position] += pages.narrowed.selectedCount
      }
    }
  }
}
