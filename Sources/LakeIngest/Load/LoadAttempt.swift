internal import Glibc
internal import LakeFile
internal import LakeStore
internal import TripModel

/// One try at a load, with a transaction of its own.
final class LoadAttempt {
  private let lake: Lake
  private let options: LoadOptions
  private let report: @Sendable (LoadProgress) -> Void
  private let transaction: LakeTransaction
  private let head: LakeSnapshot
  private let ledger: LoadLedger
  private let duplicates: DuplicateTally
  private let duplicateReport: DuplicateReport
  private let reader: Monitor<InputReader>
  private let workers: [ConvertWorker]
  private let startTime: Int64
  private var written: [WrittenFile] = []
  /// Files that rows of earlier epochs are in, and rows of later ones may come to.
  private let openFiles = OpenTripFiles()
  private var nextFileNumber: UInt32 = 0

  /// - Parameters:
  ///   - excluded: files that are in the lake already, with the load that has each.
  ///   - failed: files that failed in an earlier attempt, with the accounts that they had.
  init(
    lake: Lake, paths: [String], excluded: [Int: UInt64], failed: [Int: FileAccount],
    options: LoadOptions,
    report: @escaping @Sendable (LoadProgress) -> Void
  ) throws {
    self.lake = lake
    self.options = options
    self.report = report
    startTime = Self.now()
    head = try lake.snapshot()
    let known = try Self.knownInputs(of: head.manifest, options)
    let zone = try TimeZoneRules(tzif: lake.settings.zoneData)
    let transaction = try lake.begin()
    self.transaction = transaction
    duplicates = DuplicateTally(fileCount: paths.count)
    duplicateReport = DuplicateReport(transaction: transaction)
    let byteCounts = paths.indices.map { ordinal in
      let isRead = excluded[ordinal] == nil && failed[ordinal] == nil
      return isRead ? InputFile.byteCount(ofFileAt: paths[ordinal]) : 0
    }
    let ledger = LoadLedger(
      paths: paths, byteCounts: byteCounts, options: options, knownInputs: known,
      rejects: RejectReport(transaction: transaction))
    self.ledger = ledger
    let reader = Monitor(
      InputReader(
        paths: paths,
        formats: InputFormats(
          options.definitions, schema: head.manifest.schema, lakeZone: zone,
          duplicates: options.duplicates, zoneRules: options.zoneRules,
          originalPath: options.replay?.originalPath),
        chunkByteCount: options.chunkByteCount, knownInputs: known, excluded: excluded,
        failed: failed, ledger: ledger, isInterrupted: options.isInterrupted))
    self.reader = reader
    workers = (0..<options.threadCount).map { index in
      ConvertWorker(
        index: index, fileCount: paths.count, zone: zone, reader: reader, ledger: ledger,
        options: options, report: report)
    }
  }

  /// - Throws: as `LoadJob.run`, and `InputConflict`.
  func run() throws -> LoadReceipt {
    do {
      try convert()
      return try commit()
    } catch let error as StoreError where error.code == .unknownCommitState {
      throw error  // nothing may be removed: the commit may have happened
    } catch {
      transaction.abort()
      throw error
    }
  }

  /// Reads all input, writing rows out whenever memory is full.
  private func convert() throws {
    var isLast = false
    while !isLast {
      ledger.beginEpoch()
      try WorkerGroup.run(workers) { try $0.runEpoch() }
      isLast = !workers.contains(where: \.isPending)
      try writeRows(isLast: isLast)
    }
  }

  private func checkNotInterrupted() throws(IngestError) {
    if options.isInterrupted() { throw .interrupted }
  }

  /// Writes all rows in memory to trip files.
  private func writeRows(isLast: Bool) throws {
    let layout = ledger.epochLayout
    let files = ledger.files
    openFiles.settle { files[$0].isStored }
    let plan = PartitionPlan(
      workers: workers, layout: layout, files: files,
      fileRowLimit: options.memory.fileRowLimit, firstFileNumber: nextFileNumber)
    nextFileNumber = plan.nextFileNumber
    // What is looked through for duplicates must be whole.
    if layout.hasPositions { try finishOpenFiles() }
    let keepsOpen = !isLast && !layout.hasPositions && fitsOpen(plan, layout)
    try write(plan, layout, keepsOpen: keepsOpen)
    if !keepsOpen { try finishOpenFiles() }
    for worker in workers { worker.removeRows() }
  }

  private func write(_ plan: PartitionPlan, _ layout: ExtraLayout, keepsOpen: Bool) throws {
    let ranks = SourceRanks(dictionaries: workers.map(\.texts.sources))
    let texts = ExtraTexts(workers: workers.map(\.texts), layout: layout)
    let check = try duplicateCheck(plan, ranks, texts)
    let queue = WorkQueue(plan.partitions)
    let writers = makeWriters(plan.partitions.count) { files in
      PartitionWriter(
        files: files, blocks: plan.blocks, ranks: ranks, texts: texts, duplicates: check,
        fileRowLimit: options.memory.fileRowLimit, openFiles: openFiles, keepsOpen: keepsOpen)
    }
    let progress = ledger.progress(.writing)
    let count = plan.partitions.count
    let written = Monitor(0)
    try WorkerGroup.run(writers) { [options, report] writer in
      while let rows = queue.next() {
        guard !options.isInterrupted() else { throw IngestError.interrupted }
        try writer.write(rows)
        var progress = progress
        progress.writtenShare = written.withLock { written in
          written += 1
          return Double(written) / Double(count)
        }
        report(progress)
      }
    }
    self.written += writers.flatMap(\.files.written)
  }

  private func makeWriters<Writer>(
    _ pieceCount: Int, _ make: (TripFileWriter) -> Writer
  ) -> [Writer] {
    let schema = reader.withLock { $0.schema }
    return (0..<min(options.threadCount, max(1, pieceCount))).map { _ in
      make(TripFileWriter(transaction: transaction, schema: schema))
    }
  }

  /// Whether the files of all partitions may stay open. A file's last block waits for the rest of its rows; half a block
  /// does on average.
  private func fitsOpen(_ plan: PartitionPlan, _ layout: ExtraLayout) -> Bool {
    let rowCount = plan.partitions.reduce(0) { count, rows in
      count + rows.runs.count * min(rows.rowCount, TripFileOptions().blockRowCount / 2)
    }
    let rowByteCount = TripRow.byteCount + 8 * layout.wordCount
    let (whole, footers) = openFiles.memoryByteCounts
    return max(whole, footers + rowCount * rowByteCount) <= options.memory.openFileByteLimit
  }

  /// Ends all files that were left open.
  private func finishOpenFiles() throws {
    let files = openFiles.takeAll()
    guard !files.isEmpty else { return }
    let queue = WorkQueue(files)
    let writers = makeWriters(files.count) { $0 }
    try WorkerGroup.run(writers) { [options] writer in
      while let file = queue.next() {
        guard !options.isInterrupted() else { throw IngestError.interrupted }
        try writer.finish(file)
      }
    }
    written += writers.flatMap(\.written)
  }

  /// What finds the duplicates among the rows in memory; `nil` where none are looked for.
  private func duplicateCheck(
    _ plan: PartitionPlan, _ ranks: SourceRanks, _ texts: ExtraTexts
  ) throws -> DuplicateCheck? {
    guard texts.layout.hasPositions, !plan.partitions.isEmpty else { return nil }
    let files = ledger.files
    var check = DuplicateCheck(
      formats: files.map(\.format),
      earlier: EarlierFiles(head: head, transaction: transaction, written: written, files: files),
      found: duplicates, report: duplicateReport, ledger: ledger)
    try check.findKeyDuplicates(
      in: plan, files: files,
      rows: DuplicateRows(blocks: plan.blocks, ranks: ranks, texts: texts))
    return check
  }

  /// The accounts of the files, without their duplicates.
  ///
  /// - Throws: `DuplicateConflict` where a file has some and may not.
  private func settledFiles() throws -> [FileAccount] {
    var files = ledger.files
    let failures = duplicates.failures.filter { files[$0.key].isStored }
    guard failures.isEmpty else {
      throw DuplicateConflict(
        failed: Dictionary(
          uniqueKeysWithValues: failures.map { ordinal, error in
            files[ordinal].error = error
            return (ordinal, files[ordinal])
          }),
        canRepeat: files.allSatisfy { $0.isRepeatable || !$0.isStored })
    }
    for (ordinal, balance) in duplicates.dropped.balances.enumerated()
    where files[ordinal].isStored {
      files[ordinal].note(duplicates: UInt64(balance.rowCount))
    }
    return files
  }

  private func commit() throws -> LoadReceipt {
    try checkNotInterrupted()
    var files = try settledFiles()
    report(ledger.progress(.committing))
    let dropped = written.filter { file in file.openInput.map { !files[$0].isStored } ?? false }
    transaction.discard(dropped.map(\.file))
    written.removeAll { file in file.openInput.map { !files[$0].isStored } ?? false }
    for (ordinal, warnings) in written.flatMap(\.oddPlaces) { files[ordinal].warnings += warnings }
    try LoadJob.checkPartitionCount(Set(written.map(\.file.key)).count)
    try checkBalance(files)
    let reports = [try ledger.finishRejects(), try duplicateReport.finish()].compactMap(\.self)
    guard files.contains(where: \.isStored) else {
      transaction.abort()
      return receipt(files, load: nil, reports: [])
    }
    let settled = files
    let commit = try transaction.commit { head in
      try self.change(head: head, files: settled, reports: reports)
    }
    return receipt(files, load: commit.load, reports: reports)
  }

  /// What the load adds to `head`, or the inputs that it has already.
  private func change(
    head: Manifest, files: [FileAccount], reports: [ReportReference]
  ) throws -> ManifestChange {
    if let replay = options.replay { _ = try LoadHistory(head).replayable(replay.load) }
    let known = try Self.knownInputs(of: head, options)
    let schema = try mergedSchema(with: head.schema)
    var conflicts: [Int: UInt64] = [:]
    var inputs: [InputRecord] = []
    for (ordinal, file) in files.enumerated() where file.isStored {
      guard let identity = file.identity else { continue }
      if let load = try known.load(of: identity) { conflicts[ordinal] = load }
      inputs.append(
        InputRecord(
          identity: identity.digest, byteCount: UInt64(identity.byteCount),
          path: ByteString(file.path), ledger: file.ledger, headDigest: identity.headDigest,
          definition: file.format?.definition.identity ?? ""))
    }
    guard conflicts.isEmpty else {
      let canRepeat = files.enumerated().allSatisfy { ordinal, file in
        file.isRepeatable || conflicts[ordinal] != nil
      }
      throw InputConflict(loads: conflicts, canRepeat: canRepeat)
    }
    try checkNoNewRows(in: head, files)
    let stored = files.filter(\.isStored).map(\.ledger)
    let load = LoadRecord(
      kind: options.replay == nil ? .ingest : .replay, transaction: transaction.id,
      startTime: startTime, endTime: Self.now(),
      stored: stored.reduce(0) { $0 + $1.stored }, rejected: stored.reduce(0) { $0 + $1.rejected },
      duplicates: stored.reduce(0) { $0 + $1.duplicates }, reports: reports,
      subject: options.replay.map { LoadSubject(load: $0.load) })
    return ManifestChange(
      added: written.map(\.file), inputs: inputs, load: load, schema: schema)
  }

  private static func knownInputs(
    of manifest: Manifest, _ options: LoadOptions
  ) throws -> KnownInputs {
    KnownInputs(options.isForced ? [] : try manifest.inputs(), choice: options.definitions)
  }

  /// - Throws: `DuplicateConflict` where duplicates were looked for and another load has added rows meanwhile that
  ///   some may be duplicates of, or has taken out rows that some were dropped for.
  private func checkNoNewRows(in newHead: Manifest, _ files: [FileAccount]) throws {
    let isLooking = files.contains { $0.isStored && $0.format?.layout.hasPositions ?? false }
    guard isLooking, newHead.version != head.manifest.version else { return }
    let hasKey = files.contains { $0.isStored && !($0.format?.key.isEmpty ?? true) }
    let own = Set(written.map(\.file.key))
    let isNew = try (0..<newHead.fileCount).contains { index in
      try newHead.load(ofFile: index) > head.manifest.version
        && (hasKey || own.contains(newHead.key(ofFile: index)))
    }
    let isUndone = try newHead.loads().contains { record in
      record.kind == .undo && record.load > head.manifest.version
    }
    guard isNew || isUndone else { return }
    throw DuplicateConflict(
      failed: [:], canRepeat: files.allSatisfy { $0.isRepeatable || !$0.isStored })
  }

  /// The schema of the version that the load makes; `nil` where it is that of `head`.
  ///
  /// - Throws: `SchemaConflict` where another load has given one of the new columns' numbers or names away.
  private func mergedSchema(with head: TripSchema) throws -> TripSchema? {
    let schema = reader.withLock { $0.schema }
    let new = schema.columns.filter { !head.columns.contains($0) }
    guard !new.isEmpty else { return nil }
    let isTaken = new.contains { head.column($0.id) != nil || head.column(named: $0.name) != nil }
    guard !isTaken else {
      throw SchemaConflict(canRepeat: ledger.files.allSatisfy(\.isRepeatable))
    }
    return TripSchema(columns: head.columns + new)
  }

  /// - Throws: `IngestError.imbalance` unless the rows written are the rows routed, which are the rows of the
  ///   ledger.
  private func checkBalance(_ files: [FileAccount]) throws(IngestError) {
    var routed = RowBalance()
    var entered: UInt64 = 0
    var dropped = RowBalance()
    for ordinal in files.indices where files[ordinal].isStored {
      for worker in workers { routed += worker.balances[ordinal] }
      dropped += duplicates.dropped.balances[ordinal]
      entered += files[ordinal].ledger.stored
    }
    let output = written.reduce(RowBalance()) { $0 + $1.balance }
    let inFiles = written.reduce(0) { $0 + $1.file.statistics.rowCount }
    guard routed == output + dropped, entered == UInt64(output.rowCount),
      inFiles == output.rowCount,
      files.allSatisfy({ $0.ledger.isBalanced })
    else {
      throw IngestError(
        .imbalance,
        "\(entered) rows were read, \(routed.rowCount) routed and \(output.rowCount) written")
    }
  }

  private func receipt(
    _ files: [FileAccount], load: UInt64?, reports: [ReportReference]
  ) -> LoadReceipt {
    LoadReceipt(
      load: load, snapshot: load ?? head.manifest.version, files: files.map(\.receipt),
      rejectSamples: ledger.rejectSamples, rejectReport: reports.first { $0.kind == .rejects },
      duplicateReport: reports.first { $0.kind == .duplicates },
      dataFileCount: load == nil ? 0 : written.count,
      dataByteCount: load == nil ? 0 : written.reduce(0) { $0 + $1.file.statistics.byteCount },
      seconds: Double(Self.now() - startTime) / 1_000_000)
  }

  /// Microseconds since 1970-01-01 UTC.
  private static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }
}
