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
    let missing = try missingRecords(manifest, told)
    let inputs =
      missing.isEmpty ? [:] : Dictionary(grouping: try manifest.inputHistory(), by: \.load)
    for record in missing {
      if record.kind == .undo {
        publisher.publish(undone(record, inputs))
        continue
      }
      let outcome = try outcome(of: record, inputs: inputs[record.load] ?? [], manifest)
      let paths = outcome.files.map(\.path)
      let run = runs.firstIndex { $0.mayHaveLoaded(paths) }.map { runs.remove(at: $0) }
      publisher.publish(outcome.draft(run: run?.id))
    }
    for run in runs { publisher.publish(lost(run)) }
    return publisher.hasFailed ? nil : manifest.version
  }

  /// The loads and undoings that are not told, in the order of their commits.
  private static func missingRecords(
    _ manifest: Manifest, _ told: ToldLoads
  ) throws(StoreError) -> [LoadRecord] {
    guard told.mayLackLoads(upTo: manifest.version) else { return [] }
    return try manifest.loads().filter { record in
      (record.kind.addsTrips || record.kind == .undo) && told.lacks(record.load)
    }
  }

  private static func undone(
    _ record: LoadRecord, _ inputs: [UInt64: [InputRecord]]
  ) -> EventDraft {
    let load = record.subject?.load ?? 0
    return .undoneDraft(
      UndoneLoad(
        load: load, snapshot: record.load,
        removedRowCount: record.subject?.removedRowCount ?? 0, restoredRowCount: record.stored,
        paths: (inputs[load] ?? []).map { $0.path.text ?? $0.path.displayText }), isDerived: true)
  }

  private static func outcome(
    of record: LoadRecord, inputs: [InputRecord], _ manifest: Manifest
  ) throws(StoreError) -> LoadOutcome {
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
    outcome.duplicateReport = record.reports.first { $0.kind == .duplicates }
    for index in 0..<manifest.fileCount {
      guard try manifest.load(ofFile: index) == record.load else { continue }
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
  /// Versions that are told.
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
    case .loadUndone?:
      if let version = event.data["snapshot"]?.integer { loads.insert(UInt64(version)) }
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
