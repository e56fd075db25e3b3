/// What a clean-up removed, or would remove, and what it left.
package struct CleanUpReport: Hashable, Sendable {
  package var isForecast = false
  /// The newest version.
  package var version: UInt64 = 0
  package var keptVersionCount = 0
  /// Ascending.
  package var removedVersions: [UInt64] = []
  /// Versions that need not be kept and that somebody reads from.
  package var pinnedVersions: [UInt64] = []
  /// Trip files, reports and temporary files that no version names any more, in the order of their paths.
  package var removedFiles: [String] = []
  package var removedByteCount: UInt64 = 0
  /// What writers that were killed left in `tx/`.
  package var removedTransactionCount = 0
  /// Writers that are at work; their files are left alone.
  package var writerCount = 0
  /// Files in the lake's folders that no lake makes; they are left alone.
  package var foreignFiles: [String] = []

  package init() {}
}
