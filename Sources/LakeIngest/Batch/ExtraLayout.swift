internal import TripModel

/// The extra columns of rows that are in memory together, and how their words lie.
///
/// A row has no words where there is no extra column, else
///
/// | word | content |
/// |---|---|
/// | 0 | bit `i`: whether column `i` has a value |
/// | 1 + i | the value of column `i` as a word, 0 where it has none; of text the worker's code |
struct ExtraLayout: Sendable, Hashable {
  /// As many as one word has bits.
  static let largestCount = 64

  /// Ascending by id.
  let columns: [ColumnDefinition]

  static let none = ExtraLayout(columns: [])

  /// - Precondition: there are at most `largestCount`.
  init(columns: [ColumnDefinition]) {
    precondition(columns.count <= Self.largestCount)
    self.columns = columns.sorted { $0.id < $1.id }
  }

  var wordCount: Int { columns.isEmpty ? 0 : columns.count + 1 }

  /// The columns of text, by their places.
  var textPlaces: [Int] { columns.indices.filter { columns[$0].type == .text } }

  func place(of name: ByteString) -> Int? { columns.firstIndex { $0.name == name } }
}
