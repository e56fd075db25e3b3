internal import LakeColumns
internal import LakeFile
internal import TripModel

/// A batch gathers the selected rows of one file's blocks.
extension RowBatch: BlockConsumer {
  func open(_ reader: TripFileReader) throws {
    removeAll()
    for column in columns where column.definition.type == .text {
      column.dictionary = try reader.dictionary(of: column.definition.id)
    }
  }

  func take(_ pages: BlockPages, _ selection: RowSelection) throws {
    for (column, presence) in zip(columns, presences) {
      try append(pages, selection, to: column, presence)
    }
    if keepsRowNumbers {
      let first = pages.reader.rowRange(ofBlock: pages.block).lowerBound
      GatherKernels.appendRowNumbers(from: first, selection: selection.bytes, to: &rowNumbers)
    }
    rowCount += selection.selectedCount
  }

  /// Makes what has come ready to be handed out.
  func seal() {
    for (column, presence) in zip(columns, presences) { column.validity = presence.makeBitmap() }
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
