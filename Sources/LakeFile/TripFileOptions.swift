/// Choices that change the bytes of a trip file but never its content.
package struct TripFileOptions: Hashable, Sendable {
  /// What a block may hold: multiples of 64 in this range.
  package static let blockRowCounts = 64...16_384

  /// Rows of every block but the last.
  package let blockRowCount: Int

  /// - Returns: `nil` where `blockRowCount` is not a multiple of 64 in `blockRowCounts`.
  package init?(blockRowCount: Int) {
    guard Self.blockRowCounts.contains(blockRowCount), blockRowCount.isMultiple(of: 64) else {
      return nil
    }
    self.blockRowCount = blockRowCount
  }

  /// Blocks of 2,048 rows.
  package init() {
    blockRowCount = 2048
  }
}
