/// The resident memory that a load may use, and how it is divided.
///
/// What is decided by it depends on the budget alone and never on threads or time, so that the same input
/// gives the same files.
package struct MemoryBudget: Sendable, Hashable {
  package static let smallestByteCount = 64 << 20

  package let byteCount: Int

  /// The budget, or `nil` where it is too small to work with.
  package init?(byteCount: Int) {
    guard byteCount >= Self.smallestByteCount else { return nil }
    self.byteCount = byteCount
  }

  /// Kept for the program itself, chunks of input, dictionaries and the files being encoded.
  private var reservedByteCount: Int { min(byteCount / 2, 96 << 20) }

  /// Rows held in memory before they are written out. Beside its 48 bytes a row may take 24 for sorting, and
  /// slabs that are not full.
  var rowLimit: Int { (byteCount - reservedByteCount) / (TripRow.byteCount + 36) }

  /// Rows of one trip file at the most; a larger partition is cut along the curve.
  var fileRowLimit: Int { min(max(byteCount / 1024, 1 << 16), 1 << 20) }
}
