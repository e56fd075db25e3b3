internal import LakeColumns
internal import LakeFile
internal import TripModel

/// Applies conditions to the rows of the block at hand. One per thread.
final class ConditionEvaluator {
  private static let origins: [ColumnID] = [.originX, .originY]
  private static let destinations: [ColumnID] = [.destinationX, .destinationY]

  private let origin = RowSelection()
  private let destination = RowSelection()
  /// Of the region at hand, kept from one block to the next.
  private var assigner: (model: RouteModel, RouteAssigner)?
  /// For comparisons that keep what lies outside of a range.
  let inside = RowSelection()

  /// Takes from `selection` every row that does not meet `condition`.
  func apply(
    _ condition: ScanCondition, pages: BlockPages, wantedSources: WantedTexts,
    wantedTexts: [ColumnComparison: WantedTexts] = [:], selection: RowSelection
  ) throws(TripFileError) {
    switch condition {
    case .time(let range):
      guard try !pages.keep(.startTime, in: .integers(range), selection: &selection.bits) else {
        break
      }
      let times = try pages.page(.startTime)
      SelectionKernels.keep(times: times.words, in: range, selection: &selection.bits)
    case .clock(let clock):
      let times = try pages.page(.startTime)
      ClockKernels.keep(
        times: times.words, by: clock, offset: pages.constantOffset(in: clock.zone),
        selection: &selection.bits)
    case .sources:
      let texts = try pages.page(.source)
      guard
        SelectionKernels.keep(
          texts: texts.words, isWanted: wantedSources.isWanted, selection: &selection.bits)
      else { throw pages.error(column: .source, "a text lies outside the dictionary") }
    case .route(let condition):
      try apply(condition, pages: pages, selection: selection)
    case .box(let condition):
      try apply(condition, pages: pages, selection: selection)
    case .comparison(let comparison):
      try apply(comparison, wanted: wantedTexts[comparison], pages, selection)
    }
    selection.recount()
  }

  private func apply(
    _ condition: RouteCondition, pages: BlockPages, selection: RowSelection
  ) throws(TripFileError) {
    guard let model = condition.model(of: pages.reader.key.region) else {
      if !condition.numbers.contains(RouteCondition.none) { selection.selectNone() }
      return
    }
    if assigner?.model != model { assigner = (model, RouteAssigner(model)) }
    try assigner?.1.assign(pages)
    let numbers = assigner?.1.numbers ?? []
    let isWanted = (0...model.routes.count).map { condition.numbers.contains($0) }
    RouteKernels.keep(numbers, isWanted: isWanted, selection: &selection.bits)
  }

  /// Takes from `selection` every row that does not lie in the box.
  func apply(
    _ condition: BoxCondition, pages: BlockPages, selection: RowSelection
  ) throws(TripFileError) {
    switch condition.place {
    case .origin: try keepOrigins(in: condition, pages, selection)
    case .destination: try keepDestinations(in: condition, pages, selection)
    case .both:
      try keepOrigins(in: condition, pages, selection)
      try keepDestinations(in: condition, pages, selection)
    case .either:
      origin.selectAll(rowCount: selection.rowCount)
      try keepOrigins(in: condition, pages, origin)
      destination.selectAll(rowCount: selection.rowCount)
      try keepDestinations(in: condition, pages, destination)
      SelectionKernels.keepEither(origin.bits, destination.bits, selection: &selection.bits)
      selection.recount()
    }
  }

  private func keepOrigins(
    in condition: BoxCondition, _ pages: BlockPages, _ selection: RowSelection
  ) throws(TripFileError) {
    try keep(in: condition, .originX, .originY, pages, selection)
  }

  /// Selects nothing where the file has no destinations at all.
  private func keepDestinations(
    in condition: BoxCondition, _ pages: BlockPages, _ selection: RowSelection
  ) throws(TripFileError) {
    guard pages.hasColumn(.destinationX), pages.hasColumn(.destinationY) else {
      return selection.selectNone()
    }
    try keep(in: condition, .destinationX, .destinationY, pages, selection)
  }

  private func keep(
    in condition: BoxCondition, _ xColumn: ColumnID, _ yColumn: ColumnID, _ pages: BlockPages,
    _ selection: RowSelection
  ) throws(TripFileError) {
    let box = condition.box
    guard selection.selectedCount > 0 else { return }
    if !box.crossesAntimeridian, !pages.isProven(xColumn, in: box.west...box.east),
      !pages.isProven(yColumn, in: box.south...box.north)
    {
      try pages.load(xColumn == .originX ? Self.origins : Self.destinations)
    }
    try keepLongitudes(of: box, xColumn, pages, selection)
    guard selection.selectedCount > 0 else { return }
    try keep(yColumn, in: box.south...box.north, pages, selection)
    guard case .polygons(let polygons) = condition.shape, selection.selectedCount > 0 else {
      return
    }
    let x = try pages.page(xColumn)
    let y = try pages.page(yColumn)
    PolygonKernels.keep(x: x.words, y: y.words, in: polygons, selection: &selection.bits)
    selection.recount()
  }

  private func keepLongitudes(
    of box: BoundingBox, _ column: ColumnID, _ pages: BlockPages, _ selection: RowSelection
  ) throws(TripFileError) {
    guard box.crossesAntimeridian else {
      return try keep(column, in: box.west...box.east, pages, selection)
    }
    let page = try pages.page(column)
    SelectionKernels.keep(
      doubles: page.words, through: box.east, orFrom: box.west, selection: &selection.bits)
    SelectionKernels.keep(valid: page.validity, selection: &selection.bits)
    selection.recount()
  }

  private func keep(
    _ column: ColumnID, in range: ClosedRange<Double>, _ pages: BlockPages,
    _ selection: RowSelection
  ) throws(TripFileError) {
    guard !pages.isProven(column, in: range) else { return }
    if try !pages.keep(column, in: .doubles(range), selection: &selection.bits) {
      let page = try pages.page(column)
      SelectionKernels.keep(doubles: page.words, in: range, selection: &selection.bits)
      SelectionKernels.keep(valid: page.validity, selection: &selection.bits)
    }
    selection.recount()
  }
}
