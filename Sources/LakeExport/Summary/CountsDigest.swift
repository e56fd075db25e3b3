internal import LakeBytes

/// A digest of the rows from which the next export may go on, so that a database that somebody has changed is
/// not believed.
struct CountsDigest {
  static let tables = [
    SummarySchema.partitions, SummarySchema.areas, SummarySchema.weeklyAreaTrips,
    SummarySchema.routes, SummarySchema.weeklyRouteTrips,
  ]

  let value: Digest128

  /// - Parameter rows: Gives the rows of a table in the order of its key.
  init<Failure>(rows: (SummaryTable) throws(Failure) -> [[SQLValue]]) throws(Failure) {
    var writer = ByteWriter()
    for table in Self.tables {
      for row in try rows(table) {
        for value in row { Self.append(value, to: &writer) }
      }
      writer.append(UInt8.max)
    }
    value = Checksum.xxh3_128(writer.bytes)
  }

  private static func append(_ value: SQLValue, to writer: inout ByteWriter) {
    switch value {
    case .null: writer.append(UInt8(0))
    case .integer(let number):
      writer.append(UInt8(1))
      writer.append(UInt64(bitPattern: number))
    case .real(let number):
      writer.append(UInt8(2))
      // The sign of zero is lost on the way through a database.
      writer.append((number == 0 ? 0 : number).bitPattern)
    case .text(let bytes):
      writer.append(UInt8(3))
      writer.append(UInt64(bytes.count))
      writer.append(contentsOf: bytes)
    }
  }
}
