internal import LakeStore
internal import TripModel

/// One thread's part of a load: takes chunks, parses them, and routes their rows to partitions.
///
/// Confined to one thread at a time; between epochs the load reads its rows.
final class ConvertWorker {
  let regions = ByteDictionary()
  let sources = ByteDictionary()
  let partitions = PartitionTable()
  let rows = RowStore()
  /// The rows routed so far, by input file.
  private(set) var balances: [RowBalance]
  /// The partitions that each input file was the first to fill.
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
  /// The account of a chunk that is parsed and waits for the next epoch.
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
      worker: index, numbers: DecimalKernels(tables),
      rounding: options.definition.decimals.map(CoordinateRounding.init), zone: zone,
      regions: regions, sources: sources)
  }

  /// Whether a chunk waits for the next epoch.
  var isPending: Bool { pending != nil }

  /// Works until all input is read or memory is full.
  ///
  /// - Throws: `IngestError.interrupted`; `StoreError` where the rejects cannot be
  ///   written. The other workers are then let go.
  func runEpoch() throws {
    do {
      while let account = try pending ?? parseNext() {
        pending = account
        switch try ledger.enter(account) {
        case .epochFull, .stop: return
        case .route:
          route(fileOrdinal: account.fileOrdinal)
          pending = nil
          report(ledger.progress(.reading))
        }
      }
    } catch {
      ledger.fail()
      throw error
    }
  }

  /// Forgets the rows, which have been written.
  func removeRows() {
    rows.removeAll()
    partitions.removeAll()
  }

  private func parseNext() throws(IngestError) -> ChunkAccount? {
    guard !options.isInterrupted() else { throw .interrupted }
    guard let mapping = reader.withLock({ $0.next(chunk) }) else { return nil }
    table.scan(
      chunk, delimiter: options.definition.delimiter, fieldCount: mapping.fieldCount)
    if hasSecondHeader(mapping) {
      ledger.noteFailure(chunk.fileOrdinal, RejectReport.secondHeader)
    }
    batch.parse(chunk, table: table, mapping: mapping, tools: tools)
    let collector = RejectCollector(chunk: chunk, table: table, mapping: mapping)
    return ChunkAccount(
      sequence: chunk.sequence, fileOrdinal: chunk.fileOrdinal, fileOffset: chunk.fileOffset,
      byteCount: chunk.inputByteCount, lineCount: lineCount, blankCount: UInt64(table.blankCount),
      rowCount: batch.count - batch.faults.count, rejects: collector.collect(batch.faults),
      mapping: mapping, isLastOfFile: chunk.isLastOfFile)
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
      return UInt64(table.count + table.blankCount + table.malformed.count)
    }
    return UInt64(chunk.lineEndCount(in: 0..<chunk.byteCount))
  }

  /// Moves the rows of the batch to their partitions.
  private func route(fileOrdinal: Int) {
    var balance = balances[fileOrdinal]
    for row in 0..<batch.count where batch.isFaulty[row] == 0 {
      let words = batch.words + row * TripRow.wordCount
      var isNew = false
      let slot = partitions.slot(
        PartitionTable.key(region: batch.regions[row], week: batch.weeks[row]), isNew: &isNew)
      if isNew {
        _ = rows.addSlot()
        newPartitionCounts[fileOrdinal] += 1
        if newPartitionCounts[fileOrdinal] > LoadJob.partitionLimit {
          return ledger.noteFailure(fileOrdinal, LoadJob.tooManyPartitions)
        }
      }
      rows.append(words, slot: slot)
      balance.add(words)
    }
    balances[fileOrdinal] = balance
  }
}
