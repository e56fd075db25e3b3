internal import LakeStore
internal import TripModel

/// One thread's part of a load: takes chunks, parses them, and routes their rows to partitions.
///
/// Confined to one thread at a time; between epochs the load reads its rows.
final class ConvertWorker {
  let texts = WorkerTexts()
  let partitions = PartitionTable()
  let rows = RowStore()
  /// The rows routed so far, by input file.
  private(set) var balances: [RowBalance]
  /// The partitions that each input file was the first to fill, of the rows in memory.
  private var newPartitionCounts: [Int]

  private let reader: Monitor<InputReader>
  private let ledger: LoadLedger
  private let options: LoadOptions
  private let report: @Sendable (LoadProgress) -> Void
  private let tables = DecimalTables()
  private let tools: BatchTools
  private let chunk: Chunk
  private let table = RecordTable()
  private let batch = TripBatch()
  private let routed = RoutedRows()
  /// That of the chunk before.
  private var lastFileOrdinal = 0
  /// The account of a chunk that waits for the next epoch; its rows are parsed once more then, because texts are
  /// forgotten with the rows that are written.
  private var pending: ChunkAccount?

  init(
    index: Int, fileCount: Int, zone: TimeZoneRules, reader: Monitor<InputReader>,
    ledger: LoadLedger, options: LoadOptions, report: @escaping @Sendable (LoadProgress) -> Void
  ) {
    self.reader = reader
    self.ledger = ledger
    self.options = options
    self.report = report
    balances = Array(repeating: RowBalance(), count: fileCount)
    newPartitionCounts = Array(repeating: 0, count: fileCount)
    chunk = Chunk(capacity: options.chunkByteCount + 1)
    tools = BatchTools(
      worker: index, numbers: DecimalKernels(tables), zone: zone, texts: texts,
      days: KnownDays(lakeZone: zone))
  }

  /// Whether a chunk waits for the next epoch.
  var isPending: Bool { pending != nil }

  /// Works until all input is read or memory is full.
  ///
  /// - Throws: `IngestError.interrupted`; `StoreError` where the rejects cannot be
  ///   written. The other workers are then let go.
  func runEpoch() throws {
    do {
      if let pending { parse(pending.format) }
      while let account = try pending ?? parseNext() {
        pending = account
        switch try ledger.enter(account) {
        case .epochFull, .stop: return
        case .route:
          route(account)
          pending = nil
          report(ledger.progress(.reading))
        }
      }
    } catch {
      ledger.fail()
      throw error
    }
  }

  /// Forgets the rows, which have been written, and their texts.
  func removeRows() {
    rows.removeAll()
    partitions.removeAll()
    texts.removeAll()
    for ordinal in newPartitionCounts.indices { newPartitionCounts[ordinal] = 0 }
  }

  private func parseNext() throws(IngestError) -> ChunkAccount? {
    guard !options.isInterrupted() else { throw .interrupted }
    guard let format = reader.withLock({ $0.next(chunk) }) else { return nil }
    table.scan(chunk, dialect: format.dialect, fieldCount: format.mapping.fieldCount)
    if hasSecondHeader(format.mapping) {
      ledger.noteFailure(chunk.fileOrdinal, RejectReport.secondHeader)
    }
    parse(format)
    let collector = RejectCollector(chunk: chunk, table: table, format: format)
    return ChunkAccount(
      sequence: chunk.sequence, fileOrdinal: chunk.fileOrdinal, fileOffset: chunk.fileOffset,
      byteCount: chunk.inputByteCount, lineCount: lineCount, blankCount: UInt64(table.blankCount),
      commentCount: UInt64(table.commentCount), rowCount: batch.count - batch.faults.count,
      textByteCount: batch.textByteCount, warnings: batch.warnings,
      rejects: collector.collect(batch.faults), format: format, isLastOfFile: chunk.isLastOfFile)
  }

  /// Turns the records of the chunk, which are scanned, into rows.
  private func parse(_ format: InputFormat) {
    batch.parse(chunk, table: table, format: format, tools: tools)
  }

  /// Whether a header stands again among the records of a rejects file; the records behind it may have their
  /// columns in another order.
  private func hasSecondHeader(_ mapping: HeaderMapping) -> Bool {
    guard mapping.columnName(0) == RejectReport.firstColumn else { return false }
    return (0..<table.count).contains { record in
      chunk.copyBytes(table.range(ofField: 0, record: record)) == RejectReport.firstColumn.bytes
    }
  }

  /// Without quotes each record is one line.
  private var lineCount: UInt64 {
    if chunk.isOversized { return 1 }
    guard chunk.hasQuotes else {
      return UInt64(
        table.count + table.blankCount + table.commentCount + table.malformed.count)
    }
    return UInt64(chunk.lineEndCount(in: 0..<chunk.byteCount))
  }

  /// Moves the rows of the batch to their partitions: finds all slots first, so that the places of rows can be
  /// asked for ahead of their use.
  private func route(_ account: ChunkAccount) {
    let fileOrdinal = account.fileOrdinal
    precondition(fileOrdinal >= lastFileOrdinal, "files are read in their order")
    lastFileOrdinal = fileOrdinal
    let extraWordCount = batch.layout.wordCount
    if account.rowCount > 0 { rows.prepare(extraWordCount: extraWordCount) }
    guard findSlots(fileOrdinal: fileOrdinal) else {
      return ledger.noteFailure(fileOrdinal, LoadJob.tooManyPartitions)
    }
    var balance = balances[fileOrdinal]
    for index in 0..<routed.count {
      rows.prefetch(slot: routed.slot(min(index &+ Self.prefetchDistance, routed.count &- 1)))
      let row = routed.row(index)
      let slot = routed.slot(index)
      let words = batch.words + row * TripRow.wordCount
      rows.append(words, slot: slot)
      balance.add(words)
      if extraWordCount > 0 {
        let extras = batch.extraWords + row * extraWordCount
        rows.appendExtras(extras, slot: slot)
        balance.add(extras, count: extraWordCount)
      }
    }
    balances[fileOrdinal] = balance
  }

  /// Rows whose places are on their way while one is written.
  private static let prefetchDistance = 12

  /// - Returns: false where the file fills more partitions than a load may.
  private func findSlots(fileOrdinal: Int) -> Bool {
    routed.reset(capacity: batch.count)
    for row in 0..<batch.count where batch.isFaulty[row] == 0 {
      var isNew = false
      let slot = partitions.slot(
        region: batch.regions[row], week: batch.weeks[row], isNew: &isNew)
      if isNew {
        _ = rows.addSlot()
        newPartitionCounts[fileOrdinal] += 1
        if newPartitionCounts[fileOrdinal] > LoadJob.partitionLimit { return false }
      }
      routed.append(row: row, slot: slot)
    }
    return true
  }
}
