internal import TripModel

/// What rows that are in memory together have beside the words of `TripRow`: their extra columns, and their
/// positions where duplicates are looked for.
///
/// | word | content |
/// |---|---|
/// | 0 | bit `i`: whether column `i` has a value |
/// | 1 + i | the value of column `i` as a word, 0 where it has none; of text the worker's code |
/// | the last | `RowPosition`, where the layout has positions |
///
/// The first words are there only where there is an extra column.
struct ExtraLayout: Sendable, Hashable {
  /// As many as one word has bits.
  static let largestCount = 64

  /// Ascending by id.
  let columns: [ColumnDefinition]
  let hasPositions: Bool

  static let none = ExtraLayout(columns: [])

  /// - Precondition: there are at most `largestCount`.
  init(columns: [ColumnDefinition], hasPositions: Bool = false) {
    precondition(columns.count <= Self.largestCount)
    self.columns = columns.sorted { $0.id < $1.id }
    self.hasPositions = hasPositions
  }

  var wordCount: Int { valueWordCount + (hasPositions ? 1 : 0) }

  /// - Precondition: `hasPositions`.
  var positionWord: Int { valueWordCount }

  private var valueWordCount: Int { columns.isEmpty ? 0 : columns.count + 1 }

  /// The columns of text, by their places.
  var textPlaces: [Int] { columns.indices.filter { columns[$0].type == .text } }

  func place(of name: ByteString) -> Int? { columns.firstIndex { $0.name == name } }
}
