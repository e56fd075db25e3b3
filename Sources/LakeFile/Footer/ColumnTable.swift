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

  /// A column but for its name.
  struct Shape: Hashable, Sendable {
    let id: ColumnID
    let type: ColumnType
    let isNullable: Bool
    let dictionaryCount: UInt32
  }

  let rowCount: Int
  let blockRowCount: Int
  let shapes: [Shape]
  /// The columns' names end to end: few ask for them, and to hold each is to count its references.
  let names: [UInt8]
  /// Where the names of the columns end.
  let nameEnds: [Int]
  /// The last block may hold fewer rows than the others, but at least one.
  let blockCount: Int

  init(rowCount: Int, blockRowCount: Int, shapes: [Shape], names: [UInt8], nameEnds: [Int]) {
    self.rowCount = rowCount
    self.blockRowCount = blockRowCount
    self.shapes = shapes
    self.names = names
    self.nameEnds = nameEnds
    blockCount = (rowCount - 1) / blockRowCount + 1
  }

  init(rowCount: Int, blockRowCount: Int, columns: [Column]) {
    var names: [UInt8] = []
    var nameEnds: [Int] = []
    for column in columns {
      names += column.definition.name.bytes
      nameEnds.append(names.count)
    }
    self.init(
      rowCount: rowCount, blockRowCount: blockRowCount, shapes: columns.map { Shape($0) },
      names: names, nameEnds: nameEnds)
  }

  var columns: [Column] { shapes.indices.map { column($0) } }

  func column(_ index: Int) -> Column {
    let shape = shapes[index]
    let name = names[(index == 0 ? 0 : nameEnds[index - 1])..<nameEnds[index]]
    return Column(
      definition: ColumnDefinition(
        id: shape.id, name: ByteString(bytes: Array(name)), type: shape.type,
        isNullable: shape.isNullable),
      dictionaryCount: shape.dictionaryCount)
  }

  func rowRange(ofBlock block: Int) -> Range<Int> {
    let start = block * blockRowCount
    return start..<min(rowCount, start + blockRowCount)
  }

  func rowCount(ofBlock block: Int) -> Int { rowRange(ofBlock: block).count }

  /// The position of a column among those of the file; `nil` where it is absent.
  func index(of id: ColumnID) -> Int? {
    shapes.firstIndex { $0.id == id }
  }
}

extension ColumnTable.Shape {
  fileprivate init(_ column: ColumnTable.Column) {
    id = column.definition.id
    type = column.definition.type
    isNullable = column.definition.isNullable
    dictionaryCount = column.dictionaryCount
  }
}
