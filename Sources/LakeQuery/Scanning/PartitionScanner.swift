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
}

extension BlockConsumer {
  mutating func close() {}
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
    do {
      try scanBlocks(reader, conditions, into: &consumer)
    } catch let error as TripFileError {
      throw StoreError(error)
    }
  }

  private func scanBlocks<Consumer: BlockConsumer>(
    _ reader: TripFileReader, _ conditions: [ScanCondition], into consumer: inout Consumer
  ) throws {
    let pages = open(reader)
    let pruning = try BlockPruning(reader, conditions: conditions)
    try consumer.open(reader)
    for block in 0..<reader.blockCount {
      pages.move(toBlock: block)
      let decodedBefore = pages.decodedCount
      guard let pending = pendingConditions(conditions, pruning, block: block) else {
        explain.blocks.note(.skip)
        continue
      }
      try select(pending, pages, pruning)
      explain.rowsMatched += selection.selectedCount
      if selection.selectedCount > 0 { try consumer.take(pages, selection) }
      let wasRead = pages.decodedCount > decodedBefore
      explain.blocks.note(wasRead ? .scan : .cover)
    }
    consumer.close()
    explain.pagesDecoded = pages.decodedCount
    explain.bytesRead = pages.bytesRead
  }

  private func open(_ reader: TripFileReader) -> BlockPages {
    explain.filesOpened += 1
    if let pages {
      pages.open(reader)
      return pages
    }
    let pages = BlockPages(reader)
    self.pages = pages
    return pages
  }

  /// The conditions that the zone maps leave open; `nil` where they prove that no row matches.
  private func pendingConditions(
    _ conditions: [ScanCondition], _ pruning: borrowing BlockPruning, block: Int
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
    _ conditions: [ScanCondition], _ pages: BlockPages, _ pruning: borrowing BlockPruning
  ) throws(TripFileError) {
    selection.selectAll(rowCount: pages.rowCount)
    for condition in conditions where selection.selectedCount > 0 {
      try evaluator.apply(
        condition, pages: pages, wantedSources: pruning.wantedSources, selection: selection)
    }
  }
}
