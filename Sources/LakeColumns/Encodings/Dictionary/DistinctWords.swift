/// Finds the distinct words of a page by hashing, and gives up early where there are many.
struct DistinctWords: ~Copyable {
  /// More distinct words than this are not looked for.
  static let limit = 1024
  /// After so many values it gives up if three quarters of them were new.
  static let trialCount = 128

  /// Distinct words in the order they were met; ascending after `sort`.
  private(set) var words = ColumnBuffer<UInt64>(capacity: limit)
  /// For each value, the index of its word.
  private(set) var indexes = ColumnBuffer<UInt64>()
  private var slots = ColumnBuffer<UInt16>(capacity: DictionaryKernels.slotCount)
  private(set) var smallest: UInt64 = 0
  private(set) var largest: UInt64 = 0

  var count: Int { words.count }

  /// Looks at all `values`.
  ///
  /// - Returns: Whether it found them all; if not, the table means nothing.
  mutating func collect(_ values: Span<UInt64>) -> Bool {
    guard
      DictionaryKernels.collect(
        values, words: &words, indexes: &indexes, slots: &slots, limit: Self.limit,
        trialCount: Self.trialCount)
    else { return false }
    (smallest, largest) = DictionaryKernels.unsignedRange(words.span)
    return true
  }

  /// Puts the words into ascending order and rewrites the indexes to match.
  mutating func sort() {
    DictionaryKernels.sort(words: &words, indexes: &indexes)
  }
}
