internal import LakeFile
package import LakeStore
package import TripModel

extension LakeReader {
  /// The route models that the snapshot keeps, ascending by region. Read at each call.
  ///
  /// - Throws: `StoreError` of a damaged manifest.
  package func routeModels() throws(StoreError) -> [RouteModel] { try manifest.routes() }
}

extension WeeklyAverage {
  /// The average of one route of a region.
  package struct RouteRow: Hashable, Sendable {
    package let region: ByteString
    /// From 1; `nil` for the trips of the region that have no route: those without a destination, or all where the
    /// region has no routes.
    package let number: Int?
    package let route: Route?
    /// Its name is the region's.
    package let average: Row
  }

  /// The averages of every route of every region asked for, over the weeks that the region's own average is over. The
  /// trips of a region's rows add up to those of its row by region.
  ///
  /// Every route gets a row, and the trips without one where there are some or the region has no routes. Rows ascend
  /// by region and number, those without a route last.
  ///
  /// - Throws: As `answer`.
  package func answerByRoute(
    from reader: LakeReader
  ) throws -> (rows: [RouteRow], explain: ScanExplain) {
    try checkDays()
    let models = Dictionary(
      uniqueKeysWithValues: try reader.routeModels().map { ($0.region, $0) })
    let counts = try RouteCounts(
      countedFilter(reader), models, reader: reader, threadCount: threadCount)
    return (try rows(byRoute: counts.counts, models, reader), counts.explain)
  }

  /// The rows of trips that are counted already.
  ///
  /// - Parameter counts: As `RouteCounts` has them, by file or by one file of each partition.
  func rows(
    byRoute counts: [(file: Int, rowCounts: [Int])], _ models: [ByteString: RouteModel],
    _ reader: LakeReader
  ) throws(QueryError) -> [RouteRow] {
    let manifest = reader.manifest
    var rows: [RouteRow] = []
    var remaining = counts[...]
    for region in try rowRegions(reader) {
      let files = manifest.files(ofRegion: region)
      guard let span = WeekSpan(ofFiles: files, reader: reader) else { continue }
      let own = remaining.drop { $0.file < files.lowerBound }.prefix { $0.file < files.upperBound }
      remaining = remaining[own.endIndex...]
      let name = manifest.regions[region]
      let routes = models[name]?.routes ?? []
      for number in Array(1..<routes.count + 1) + [0] {
        let average = row(
          name, own.map { (file: $0.file, rowCount: $0.rowCounts[number]) }[...], span: span,
          manifest)
        if number == 0, average.trips == 0, !routes.isEmpty { continue }
        rows.append(
          RouteRow(
            region: name, number: number == 0 ? nil : number,
            route: number == 0 ? nil : routes[number - 1], average: average))
      }
    }
    return rows
  }
}

/// How many rows of each file meet a filter and have each route.
struct RouteCounts {
  /// Of the files that have such rows, ascending; a file's counts stand at the routes' numbers, those without one
  /// at 0.
  private(set) var counts: [(file: Int, rowCounts: [Int])] = []
  private(set) var explain = ScanExplain()

  /// - Parameter isCounted: Whether a file is counted at all.
  /// - Throws: `QueryError.unknownRegion`; `StoreError`.
  init(
    _ filter: TripFilter, _ models: [ByteString: RouteModel], reader: LakeReader, threadCount: Int,
    isCounted: (Int) -> Bool = { _ in true }
  ) throws {
    let plan = try FilterPlan(filter, reader: reader)
    let manifest = reader.manifest
    explain.noteFiles(of: plan)
    var items: [ScanJob.Item] = []
    for file in plan.files where isCounted(file) {
      let verdict = plan.verdict(ofFile: file)
      let model = models[manifest.key(ofFile: file).region]
      let hasRoutes = manifest.destinationCount(ofFile: file) > 0 && model != nil
      if verdict.verdict == .skip {
        explain.files.note(.skip)
      } else if !hasRoutes, let rowCount = plan.rowCount(ofFile: file, verdict) {
        explain.files.note(.cover)
        counts.append((file, [rowCount] + [Int](repeating: 0, count: model?.routes.count ?? 0)))
      } else {
        explain.files.note(.scan)
        explain.fileReasons.add(.routes)
        for condition in verdict.pending { explain.fileReasons.add(condition.reason) }
        items.append(ScanJob.Item(file: file, conditions: verdict.pending))
      }
    }
    let job = ScanJob(reader: reader, items: items, threadCount: threadCount)
    let (counters, work) = try job.run { item in
      RouteCounter(models[manifest.key(ofFile: item.file).region])
    }
    explain.add(work)
    for (item, counter) in zip(items, counters) { counts.append((item.file, counter.counts)) }
    counts.sort { $0.file < $1.file }
    explain.rowsMatched = counts.reduce(0) { $0 + $1.rowCounts.reduce(0, +) }
  }
}

private struct RouteCounter: BlockConsumer, Sendable {
  private var assigner: RouteAssigner?
  private(set) var counts: [Int]

  init(_ model: RouteModel?) {
    assigner = model.map { RouteAssigner($0) }
    counts = [Int](repeating: 0, count: assigner?.numberCount ?? 1)
  }

  mutating func open(_ reader: TripFileReader) {}

  mutating func take(_ pages: BlockPages, _ selection: RowSelection) throws {
    guard assigner != nil else {
      counts[0] += selection.selectedCount
      return
    }
    try assigner?.assign(pages)
    RouteKernels.count(assigner?.numbers ?? [], selection, counts: &counts)
  }

  mutating func close() {
    assigner = nil
  }
}
