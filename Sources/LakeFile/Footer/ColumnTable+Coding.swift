internal import LakeBytes
internal import TripModel

extension ColumnTable {
  func encode() -> [UInt8] {
    var writer = ByteWriter()
    writer.append(UInt64(rowCount))
    writer.append(UInt32(blockRowCount))
    writer.append(UInt16(shapes.count))
    for column in columns {
      let definition = column.definition
      writer.append(definition.id.rawValue)
      writer.append(definition.type.rawValue)
      writer.append(UInt8(definition.isNullable ? 1 : 0))
      writer.append(column.dictionaryCount)
      writer.append(UInt16(definition.name.byteCount))
      writer.append(contentsOf: definition.name.bytes)
    }
    return writer.bytes
  }

  init(decoding cursor: inout ByteCursor) throws(ByteError) {
    let place = cursor.offset
    let rows = try cursor.read(UInt64.self)
    let blockRows = try cursor.read(UInt32.self)
    guard let options = TripFileOptions(blockRowCount: Int(blockRows)), rows > 0,
      let rowCount = Int(exactly: rows)
    else {
      throw ByteError(.outOfRange, at: place, "\(rows) rows in blocks of \(blockRows)")
    }
    let columnCount = try cursor.read(UInt16.self)
    var shapes: [Shape] = []
    var names: [UInt8] = []
    var nameEnds: [Int] = []
    for _ in 0..<columnCount {
      shapes.append(try Self.readColumn(&cursor, after: shapes.last, names: &names))
      nameEnds.append(names.count)
    }
    guard cursor.remaining == 0 else {
      throw ByteError(.outOfRange, at: cursor.offset, "bytes after the last column")
    }
    self.init(
      rowCount: rowCount, blockRowCount: options.blockRowCount, shapes: shapes, names: names,
      nameEnds: nameEnds)
    try checkRoles(at: place)
  }

  private static func readColumn(
    _ cursor: inout ByteCursor, after previous: Shape?, names: inout [UInt8]
  ) throws(ByteError) -> Shape {
    let place = cursor.offset
    let id = ColumnID(rawValue: try cursor.read(UInt16.self))
    let typeCode = try cursor.read(UInt8.self)
    let nullable = try cursor.read(UInt8.self)
    let dictionaryCount = try cursor.read(UInt32.self)
    let nameLength = try cursor.read(UInt16.self)
    let start = try cursor.advance(by: Int(nameLength))
    names += cursor.bytes[start..<start + Int(nameLength)]
    guard let type = ColumnType(rawValue: typeCode), nullable <= 1, id != .region,
      previous.map({ $0.id < id }) ?? true, (type == .text) == (dictionaryCount > 0)
    else {
      throw ByteError(.outOfRange, at: place, "column \(id.rawValue) is malformed or out of order")
    }
    return Shape(
      id: id, type: type, isNullable: nullable == 1, dictionaryCount: dictionaryCount)
  }

  private static let roles = TripSchema.trips.columns.filter { $0.id != .region }.map {
    Shape(id: $0.id, type: $0.type, isNullable: $0.isNullable, dictionaryCount: 0)
  }

  /// Every trip has an origin, a start time and a source, and a destination has two coordinates.
  private func checkRoles(at place: Int) throws(ByteError) {
    for role in Self.roles {
      guard let column = shapes.first(where: { $0.id == role.id }) else {
        if role.isNullable { continue }
        throw ByteError(.outOfRange, at: place, "column \(role.id.rawValue) is absent")
      }
      guard column.type == role.type, role.isNullable || !column.isNullable else {
        throw ByteError(.outOfRange, at: place, "column \(role.id.rawValue) has the wrong type")
      }
    }
    guard (index(of: .destinationX) == nil) == (index(of: .destinationY) == nil) else {
      throw ByteError(.outOfRange, at: place, "a destination has only one coordinate")
    }
  }
}
