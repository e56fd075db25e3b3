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
  /// The numbers of the conditions that the zone maps of the block at hand leave open.
  private var pending: [Int] = []
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
    let block = partition.nextBlock
    guard block < partition.reader.blockCount, let pages else { return false }
    partition.nextBlock = block + 1
    guard consumer.mayTake(partition.reader, block: block),
      !partition.pruning.verdicts.rulesOut(block: block)
    else {
      explain.blocks.note(.skip)
      return true
    }
    pages.move(toBlock: block)
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
    notePending(partition, block: pages.block)
    try select(partition, pages)
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

  /// Sets `pending`.
  private func notePending(_ partition: OpenPartition, block: Int) {
    pending.removeAll(keepingCapacity: true)
    for number in partition.conditions.indices
    where partition.pruning.verdicts[condition: number, block: block] == .scan {
      pending.append(number)
      explain.blockReasons.add(partition.conditions[number].reason)
    }
  }

  private func select(
    _ partition: OpenPartition, _ pages: BlockPages
  ) throws(TripFileError) {
    selection.selectAll(rowCount: pages.rowCount)
    for number in pending where selection.selectedCount > 0 {
      try evaluator.apply(
        partition.conditions[number], pages: pages,
        wantedSources: partition.pruning.wantedSources,
        wantedTexts: partition.pruning.wantedTexts, selection: selection)
    }
  }
}
