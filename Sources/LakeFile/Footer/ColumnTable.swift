internal import LakeBytes
internal import TripModel

/// The section `columns`: how many rows there are, how blocks cut them, and which columns stand in the file.
///
/// ```
///  0             8          12        14
///  +-------------+----------+---------+----------------------------------------------------+
///  | rows        | rows of  | column  | for each column, ascending by id:                  |
///  |             | a block  | count   | id u16, type u8, nullable u8, dictionary size u32, |
///  |             |          |         | name length u16, name                              |
///  +-------------+----------+---------+----------------------------------------------------+
/// ```
///
/// Format: `formats/trip-file/v1.md`.
struct ColumnTable: Hashable, Sendable {
  struct Column: Hashable, Sendable {
    let definition: ColumnDefinition
    /// How many values a text column's dictionary has; 0 for other types.
    let dictionaryCount: UInt32
  }

  let rowCount: Int
  let blockRowCount: Int
  let columns: [Column]
  /// Those of the columns; to look at a column itself is to count references to its name.
  private let ids: [ColumnID]

  init(rowCount: Int, blockRowCount: Int, columns: [Column]) {
    self.rowCount = rowCount
    self.blockRowCount = blockRowCount
    self.columns = columns
    ids = columns.map(\.definition.id)
  }

  /// The last block may hold fewer rows than the others, but at least one.
  var blockCount: Int { (rowCount - 1) / blockRowCount + 1 }

  func rowRange(ofBlock block: Int) -> Range<Int> {
    let start = block * blockRowCount
    return start..<min(rowCount, start + blockRowCount)
  }

  /// The position of a column among those of the file; `nil` where it is absent.
  func index(of id: ColumnID) -> Int? {
    ids.firstIndex(of: id)
  }
}
