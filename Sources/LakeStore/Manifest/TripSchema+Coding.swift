internal import LakeBytes
internal import TripModel

/// Format: `formats/manifest/v1.md`, "Schema".
extension TripSchema {
  private static let nullableFlag: UInt8 = 1
  /// Bytes of a column whose name is empty.
  private static let minimumByteCount = 2 + 1 + 1 + 4

  func encode() -> [UInt8] {
    var writer = ByteWriter()
    writer.append(UInt32(columns.count))
    for column in columns {
      writer.append(column.id.rawValue)
      writer.append(column.type.rawValue)
      writer.append(column.isNullable ? Self.nullableFlag : 0)
      writer.append(counted: column.name)
    }
    return writer.bytes
  }

  init(decoding cursor: inout ByteCursor) throws(ByteError) {
    let start = cursor.offset
    let count = try cursor.readCount(elementByteCount: Self.minimumByteCount)
    var columns: [ColumnDefinition] = []
    for _ in 0..<count {
      let place = cursor.offset
      let id = ColumnID(rawValue: try cursor.read(UInt16.self))
      let type = ColumnType(rawValue: try cursor.read(UInt8.self))
      let flags = try cursor.read(UInt8.self)
      let name = try cursor.readCounted()
      guard let type, flags & ~Self.nullableFlag == 0 else {
        throw ByteError(.unsupported, at: place, "column \(id.rawValue) is of an unknown type")
      }
      if let previous = columns.last, previous.id >= id {
        throw ByteError(.outOfRange, at: place, "column \(id.rawValue) is out of order")
      }
      columns.append(
        ColumnDefinition(id: id, name: name, type: type, isNullable: flags != 0))
    }
    guard Self.haveDistinctNames(columns) else {
      throw ByteError(.outOfRange, at: start, "two columns have one name")
    }
    self.init(columns: columns)
  }
}
