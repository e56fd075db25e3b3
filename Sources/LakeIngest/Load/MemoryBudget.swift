/// The resident memory that a load may use, and how it is divided.
///
/// What is decided by it depends on the budget alone and never on threads or time, so that the same input
/// gives the same files.
package struct MemoryBudget: Sendable, Hashable {
  package static let smallestByteCount = 128 << 20

  /// Rows held in memory before they are written out.
  let rowLimit: Int
  /// Rows of one trip file at the most; a larger partition is cut along the curve.
  let fileRowLimit: Int

  /// The budget, or `nil` where it is too small to work with.
  ///
  /// A part is kept for the program itself, chunks of input, dictionaries and the files being encoded. Beside
  /// its 48 bytes a row may take 24 for sorting, and slabs that are not full.
  package init?(byteCount: Int) {
    guard byteCount >= Self.smallestByteCount else { return nil }
    let reserved = min(byteCount / 2, 96 << 20)
    self.init(
      rowLimit: (byteCount - reserved) / (TripRow.byteCount + 36),
      fileRowLimit: min(max(byteCount / 1024, 1 << 16), 1 << 20))
  }

  init(rowLimit: Int, fileRowLimit: Int) {
    self.rowLimit = rowLimit
    self.fileRowLimit = fileRowLimit
  }
}
