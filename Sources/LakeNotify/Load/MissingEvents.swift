internal import LakeBytes
internal import LakeStore
internal import TripModel

/// Tells what killed processes could not tell any more. Rules: `formats/events/v1.md`, "After a kill".
enum MissingEvents {
  /// Publishes the missing outcomes. The caller holds `events/lock` exclusively.
  ///
  /// - Returns: The load up to which the log is complete now; `nil` where it cannot be written.
  static func derive(_ publisher: EventPublisher) throws(StoreError) -> UInt64? {
    let snapshot = try publisher.log.lake.snapshot()
    let manifest = snapshot.manifest
    let told = try ToldLoads(publisher.log, head: manifest.version)
    var runs = told.openRuns
    for outcome in try missingOutcomes(manifest, told) {
      let paths = outcome.files.map(\.path)
      let run = runs.firstIndex { $0.mayHaveLoaded(paths) }.map { runs.remove(at: $0) }
      publisher.publish(outcome.draft(run: run?.id))
    }
    for run in runs { publisher.publish(lost(run)) }
    return publisher.hasFailed ? nil : manifest.version
  }

  /// The outcomes of committed loads that are not told, from the manifest.
  private static func missingOutcomes(
    _ manifest: Manifest, _ told: ToldLoads
  ) throws(StoreError) -> [LoadOutcome] {
    guard told.mayLackLoads(upTo: manifest.version) else { return [] }
    let missing = try manifest.loads().filter { record in
      record.kind == .ingest && told.lacks(record.load)
    }
    guard !missing.isEmpty else { return [] }
    let inputs = Dictionary(grouping: try manifest.inputs(), by: \.load)
    return missing.map { outcome(of: $0, inputs: inputs[$0.load] ?? [], manifest) }
  }

  private static func outcome(
    of record: LoadRecord, inputs: [InputRecord], _ manifest: Manifest
  ) -> LoadOutcome {
    let isClean = record.rejected == 0
    var outcome = LoadOutcome(isClean ? .committed : .committedWithRejects)
    outcome.load = record.load
    outcome.snapshot = record.load
    outcome.files = inputs.map { input in
      FileReport(
        path: input.path.text ?? input.path.displayText,
        status: input.ledger.rejected > 0 ? .loadedWithRejects : .loaded, ledger: input.ledger,
        byteCount: input.byteCount)
    }
    outcome.stored = record.stored
    outcome.duplicates = record.duplicates
    outcome.rejected = record.rejected
    outcome.rejectReport = record.reports.first { $0.kind == .rejects }
    for index in 0..<manifest.fileCount {
      guard manifest.load(ofFile: index) == record.load else { continue }
      outcome.dataFileCount += 1
      outcome.dataByteCount += manifest.byteCount(ofFile: index)
    }
    outcome.seconds = Double(max(0, record.endTime - record.startTime)) / 1_000_000
    outcome.isDerived = true
    return outcome
  }

  /// A run whose process ended without a word and that committed nothing.
  private static func lost(_ run: ToldLoads.Run) -> EventDraft {
    var outcome = LoadOutcome(.failed)
    outcome.files = run.paths.map { FileReport(path: $0, status: .failed) }
    outcome.error = EventError(
      code: "TL-8001", message: "the load's process ended without a word; nothing was committed")
    outcome.isDerived = true
    return outcome.draft(run: run.id)
  }
}

/// What the end of the log tells of loads, behind the place up to which it is known to be complete.
struct ToldLoads {
  /// A run that has no outcome.
  struct Run {
    let id: EventID
    let paths: [String]
    let fileCount: Int

    /// Whether the inputs of a committed load can have been this run's.
    func mayHaveLoaded(_ inputs: [String]) -> Bool {
      fileCount > paths.count || Set(inputs).isSubset(of: paths)
    }
  }

  /// Loads up to this one are told.
  private var completeUpTo: UInt64?
  private var loads: Set<UInt64> = []
  private var ended: Set<String> = []
  /// Ascending by their begin.
  private(set) var openRuns: [Run] = []

  /// - Parameter head: The version that is taken for complete where the log's beginning is gone.
  init(_ log: EventLog, head: UInt64) throws(StoreError) {
    var lines = try log.journal.backwardLines()
    while completeUpTo == nil, let event = try EventLog.lastEvent(&lines) { note(event) }
    openRuns.reverse()
    guard completeUpTo == nil else { return }
    let isWhole = try log.journal.segments().first ?? 1 == 1
    completeUpTo = isWhole ? 0 : head
  }

  private mutating func note(_ event: LakeEvent) {
    let run = event.data["run"]?.text
    switch event.type {
    case let type? where type.isOutcome:
      if let load = event.load { loads.insert(load) }
      if let run { ended.insert(run) }
    case .loadStarted?:
      if !ended.contains(event.id.text) {
        openRuns.append(
          Run(
            id: event.id, paths: event.data["paths"]?.elements?.compactMap(\.text) ?? [],
            fileCount: Int(event.data["file_count"]?.integer ?? 0)))
      }
      completeUpTo = event.data["announced"]?.integer.flatMap { UInt64(exactly: $0) }
    default: break
    }
  }

  func lacks(_ load: UInt64) -> Bool {
    load > (completeUpTo ?? 0) && !loads.contains(load)
  }

  /// Whether a version up to `head` is not told of; it need not be a load.
  func mayLackLoads(upTo head: UInt64) -> Bool {
    let first = (completeUpTo ?? 0) + 1
    return first <= head && !(first...head).allSatisfy(loads.contains)
  }
}
