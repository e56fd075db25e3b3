internal import LakeBytes
internal import TripModel

/// Format: `formats/manifest/v1.md`, "Inputs".
extension InputRecord {
  /// Bytes of a record whose texts are empty.
  private static let minimumByteCount = 16 + 8 + 8 + 8 * 8 + 16 + 4 + 4

  static func encode(_ records: [InputRecord]) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(UInt32(records.count))
    for record in records { record.encode(into: &writer) }
    return writer.bytes
  }

  static func decodeAll(_ bytes: [UInt8], base: Int) throws(ByteError) -> [InputRecord] {
    var cursor = ByteCursor(bytes, base: base)
    let count = try cursor.readCount(elementByteCount: minimumByteCount)
    var records: [InputRecord] = []
    records.reserveCapacity(count)
    for _ in 0..<count { records.append(try InputRecord(decoding: &cursor)) }
    try cursor.expectEnd()
    return records
  }

  private func encode(into writer: inout ByteWriter) {
    writer.append(identity)
    writer.append(byteCount)
    writer.append(load)
    writer.append(array: [
      ledger.lines, ledger.records, ledger.header, ledger.blank, ledger.comment, ledger.stored,
      ledger.duplicates, ledger.rejected,
    ])
    writer.append(headDigest)
    writer.append(counted: path)
    writer.append(counted: definition)
  }

  private init(decoding cursor: inout ByteCursor) throws(ByteError) {
    let identity = try cursor.readDigest()
    let byteCount = try cursor.read(UInt64.self)
    let load = try cursor.read(UInt64.self)
    let place = cursor.offset
    let counts = try cursor.readArray(of: UInt64.self, count: 8)
    let ledger = InputLedger(
      lines: counts[0], records: counts[1], header: counts[2], blank: counts[3],
      comment: counts[4], stored: counts[5], duplicates: counts[6], rejected: counts[7])
    guard ledger.isBalanced else {
      throw ByteError(.outOfRange, at: place, "the ledger of an input does not balance")
    }
    let headDigest = try cursor.readDigest()
    let path = try cursor.readCounted()
    let definition = try cursor.readCounted()
    self.init(
      identity: identity, byteCount: byteCount, path: path, load: load, ledger: ledger,
      headDigest: headDigest, definition: definition)
  }
}
