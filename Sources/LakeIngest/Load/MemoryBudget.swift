/// The resident memory that a load may use, and how it is divided.
///
/// What is decided by it depends on the budget alone and never on threads or time, so that the same input
/// gives the same files.
package struct MemoryBudget: Sendable, Hashable {
  package static let smallestByteCount = 128 << 20

  /// What rows and their texts may take before they are written out.
  let rowByteLimit: Int
  /// Rows held in memory at the most.
  let rowLimit: Int
  /// Rows of one trip file at the most; a larger partition is cut between tiles.
  let fileRowLimit: Int
  /// What trip files that are not written to their end may take.
  let openFileByteLimit: Int

  /// The budget, or `nil` where it is too small to work with.
  ///
  /// A part is kept for the program itself, chunks of input, dictionaries, slabs that are not full, and the
  /// files being encoded or left open.
  package init?(byteCount: Int) {
    guard byteCount >= Self.smallestByteCount else { return nil }
    let reserved = min(byteCount / 2, (64 << 20) + byteCount / 8)
    self.init(
      rowByteLimit: byteCount - reserved, rowLimit: Self.largestRowLimit,
      fileRowLimit: min(max(byteCount / 2048, 1 << 16), 1 << 20),
      openFileByteLimit: byteCount / 8)
  }

  /// What a row with this many extra words takes, with its entry in the sort.
  static func byteCount(ofRowWith extraWordCount: Int) -> Int {
    TripRow.byteCount + 8 * extraWordCount + sortByteCount
  }

  private static let sortByteCount = 8

  /// Rows have numbers of 32 bits, of which slabs that are not full waste some.
  private static let largestRowLimit = 1 << 31

  init(
    rowByteLimit: Int = .max, rowLimit: Int, fileRowLimit: Int, openFileByteLimit: Int = .max
  ) {
    self.rowByteLimit = rowByteLimit
    self.rowLimit = rowLimit
    self.fileRowLimit = fileRowLimit
    self.openFileByteLimit = openFileByteLimit
  }
}
