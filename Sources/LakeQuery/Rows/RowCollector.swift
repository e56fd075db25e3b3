internal import LakeColumns
internal import LakeFile
internal import TripModel

/// Gathers the selected rows of one file's blocks into batches.
struct RowCollector: BlockConsumer {
  private let batch: RowBatch
  private let deliver: (RowBatch) throws -> Void

  init(_ batch: RowBatch, deliver: @escaping (RowBatch) throws -> Void) {
    self.batch = batch
    self.deliver = deliver
  }

  func open(_ reader: TripFileReader) throws {
    batch.removeAll()
    for column in batch.columns where column.definition.type == .text {
      column.dictionary = try reader.dictionary(of: column.definition.id)
    }
  }

  func take(_ pages: BlockPages, _ selection: RowSelection) throws {
    for (column, presence) in zip(batch.columns, batch.presences) {
      try append(pages, selection, to: column, presence)
    }
    batch.rowCount += selection.selectedCount
    if batch.rowCount >= RowScan.batchRowCount { try finish() }
  }

  /// Delivers what is left.
  func finish() throws {
    guard batch.rowCount > 0 else { return }
    for (column, presence) in zip(batch.columns, batch.presences) {
      column.validity = presence.makeBitmap()
    }
    try deliver(batch)
    batch.removeAll()
  }

  private func append(
    _ pages: BlockPages, _ selection: RowSelection, to column: ColumnVector,
    _ presence: RowPresence
  ) throws {
    guard pages.hasColumn(column.definition.id) else {
      column.words.resize(to: column.rowCount + selection.selectedCount, filling: 0)
      presence.appendNulls(count: selection.selectedCount)
      return
    }
    let page = try pages.page(column.definition.id)
    GatherKernels.append(page.words, selection: selection.bytes, to: &column.words)
    presence.append(page.validity, selection)
  }
}
