internal import LakeColumns
internal import LakeFile
internal import TripModel

/// Applies conditions to the rows of the block at hand. One per thread.
final class ConditionEvaluator {
  private let origin = RowSelection()
  private let destination = RowSelection()

  /// Takes from `selection` every row that does not meet `condition`.
  func apply(
    _ condition: ScanCondition, pages: BlockPages, wantedSources: borrowing WantedTexts,
    selection: RowSelection
  ) throws(TripFileError) {
    switch condition {
    case .time(let range):
      let times = try pages.page(.startTime)
      SelectionKernels.keep(times: times.words, in: range, selection: &selection.bytes)
    case .clock(let clock):
      let times = try pages.page(.startTime)
      ClockKernels.keep(
        times: times.words, by: clock, offset: pages.constantOffset(in: clock.zone),
        selection: &selection.bytes)
    case .sources:
      let texts = try pages.page(.source)
      guard
        SelectionKernels.keep(
          texts: texts.words, isWanted: wantedSources.isWanted, selection: &selection.bytes)
      else { throw pages.error(column: .source, "a text lies outside the dictionary") }
    case .box(let condition):
      try apply(condition, pages: pages, selection: selection)
    }
    selection.recount()
  }

  private func apply(
    _ condition: BoxCondition, pages: BlockPages, selection: RowSelection
  ) throws(TripFileError) {
    switch condition.place {
    case .origin: try keepOrigins(in: condition.box, pages, selection)
    case .destination: try keepDestinations(in: condition.box, pages, selection)
    case .both:
      try keepOrigins(in: condition.box, pages, selection)
      try keepDestinations(in: condition.box, pages, selection)
    case .either:
      origin.selectAll(rowCount: selection.rowCount)
      try keepOrigins(in: condition.box, pages, origin)
      destination.selectAll(rowCount: selection.rowCount)
      try keepDestinations(in: condition.box, pages, destination)
      SelectionKernels.keepEither(origin.bytes, destination.bytes, selection: &selection.bytes)
    }
  }

  private func keepOrigins(
    in box: BoundingBox, _ pages: BlockPages, _ selection: RowSelection
  ) throws(TripFileError) {
    try keep(in: box, .originX, .originY, pages, selection)
  }

  /// Selects nothing where the file has no destinations at all.
  private func keepDestinations(
    in box: BoundingBox, _ pages: BlockPages, _ selection: RowSelection
  ) throws(TripFileError) {
    guard pages.hasColumn(.destinationX), pages.hasColumn(.destinationY) else {
      let rowCount = selection.rowCount
      selection.bytes.removeAll()
      selection.bytes.resize(to: rowCount, filling: 0)
      return
    }
    try keep(in: box, .destinationX, .destinationY, pages, selection)
  }

  private func keep(
    in box: BoundingBox, _ xColumn: ColumnID, _ yColumn: ColumnID, _ pages: BlockPages,
    _ selection: RowSelection
  ) throws(TripFileError) {
    let x = try pages.page(xColumn)
    let y = try pages.page(yColumn)
    SelectionKernels.keep(x: x.words, y: y.words, in: box, selection: &selection.bytes)
    SelectionKernels.keep(valid: x.validity, selection: &selection.bytes)
    SelectionKernels.keep(valid: y.validity, selection: &selection.bytes)
  }
}
