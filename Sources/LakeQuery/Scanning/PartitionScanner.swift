internal import LakeFile
internal import LakeStore
internal import TripModel

/// What takes the selected rows of each block.
protocol BlockConsumer {
  /// Begins a file.
  mutating func open(_ reader: TripFileReader) throws

  /// Takes the rows of the current block that `selection` selects; at least one. Pages that it asks for
  /// are decoded then and not before.
  mutating func take(_ pages: BlockPages, _ selection: RowSelection) throws

  /// Ends the file.
  mutating func close()

  /// Whether it may want a row of the block; if not, nothing of it is read and it counts as skipped.
  func mayTake(_ reader: TripFileReader, block: Int) -> Bool
}

extension BlockConsumer {
  mutating func close() {}

  func mayTake(_ reader: TripFileReader, block: Int) -> Bool { true }
}

/// One trip file on its way through a scanner.
final class OpenPartition {
  fileprivate let reader: TripFileReader
  fileprivate let conditions: [ScanCondition]
  fileprivate let pruning: BlockPruning
  fileprivate var nextBlock = 0

  fileprivate init(
    _ reader: TripFileReader, conditions: [ScanCondition]
  ) throws(TripFileError) {
    self.reader = reader
    self.conditions = conditions
    pruning = try BlockPruning(reader, conditions: conditions)
  }
}

/// Reads the blocks of one trip file after the other as far as a filter needs them. One per thread.
final class PartitionScanner {
  private var pages: BlockPages?
  private let selection = RowSelection()
  private let evaluator = ConditionEvaluator()
  private(set) var explain = ScanExplain()

  /// Hands `consumer` the rows of a file that meet all `conditions`.
  ///
  /// - Throws: `StoreError` where the file cannot be read or is damaged; what the consumer throws.
  func scan<Consumer: BlockConsumer>(
    _ reader: TripFileReader, conditions: [ScanCondition], into consumer: inout Consumer
  ) throws {
    let partition = try open(reader, conditions: conditions, for: &consumer)
    while try scanNextBlock(of: partition, into: &consumer) {}
    consumer.close()
  }

  /// Begins a file whose blocks are asked for one by one.
  ///
  /// - Throws: As `scan`.
  func open<Consumer: BlockConsumer>(
    _ reader: TripFileReader, conditions: [ScanCondition], for consumer: inout Consumer
  ) throws -> OpenPartition {
    do {
      let partition = try OpenPartition(reader, conditions: conditions)
      open(reader)
      try consumer.open(reader)
      return partition
    } catch let error as TripFileError {
      throw StoreError(error)
    }
  }

  /// Hands `consumer` the rows of the next block that meet the conditions, if there are any.
  ///
  /// - Returns: False where there is no further block.
  /// - Throws: As `scan`.
  /// - Precondition: No other file was opened since.
  func scanNextBlock<Consumer: BlockConsumer>(
    of partition: OpenPartition, into consumer: inout Consumer
  ) throws -> Bool {
    guard partition.nextBlock < partition.reader.blockCount, let pages else { return false }
    pages.move(toBlock: partition.nextBlock)
    partition.nextBlock += 1
    do {
      try scanBlock(of: partition, pages, into: &consumer)
    } catch let error as TripFileError {
      throw StoreError(error)
    }
    explain.pagesDecoded = pages.decodedCount
    explain.bytesRead = pages.bytesRead
    return true
  }

  private func scanBlock<Consumer: BlockConsumer>(
    of partition: OpenPartition, _ pages: BlockPages, into consumer: inout Consumer
  ) throws {
    let decodedBefore = pages.decodedCount
    guard consumer.mayTake(partition.reader, block: pages.block),
      let pending = pendingConditions(
        partition.conditions, partition.pruning, block: pages.block)
    else {
      explain.blocks.note(.skip)
      return
    }
    try select(pending, pages, partition.pruning)
    explain.rowsMatched += selection.selectedCount
    if selection.selectedCount > 0 { try consumer.take(pages, selection) }
    let wasRead = pages.decodedCount > decodedBefore
    explain.blocks.note(wasRead ? .scan : .cover)
  }

  private func open(_ reader: TripFileReader) {
    explain.filesOpened += 1
    if let pages {
      pages.open(reader)
    } else {
      pages = BlockPages(reader)
    }
  }

  /// The conditions that the zone maps leave open; `nil` where they prove that no row matches.
  private func pendingConditions(
    _ conditions: [ScanCondition], _ pruning: BlockPruning, block: Int
  ) -> [ScanCondition]? {
    var pending: [ScanCondition] = []
    for condition in conditions {
      switch pruning.verdict(of: condition, block: block) {
      case .skip: return nil
      case .cover: continue
      case .scan: pending.append(condition)
      }
    }
    for condition in pending { explain.blockReasons.add(condition.reason) }
    return pending
  }

  private func select(
    _ conditions: [ScanCondition], _ pages: BlockPages, _ pruning: BlockPruning
  ) throws(TripFileError) {
    selection.selectAll(rowCount: pages.rowCount)
    for condition in conditions where selection.selectedCount > 0 {
      try evaluator.apply(
        condition, pages: pages, wantedSources: pruning.wantedSources,
        wantedTexts: pruning.wantedTexts,
        selection: selection)
    }
  }
}
