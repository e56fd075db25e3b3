package import LakeBytes
internal import TripModel

/// The file `LAKE`:
///
/// ```
///  0          8        10         12         16       32       40          44          48
///  +----------+--------+----------+----------+--------+--------+-----------+-----------+
///  | TRIPLAKE | format | reserved | required | lake's | file's | name's    | data's    |
///  |          |        |          | features | id     | size   | size      | size      |
///  +----------+--------+----------+----------+--------+--------+-----------+-----------+
///  | zone's name | zone's TZif data | XXH3-64 of all before | format | zero | LAKE END |
///  |             |                  |                       | 2      | 6    |          |
///  +-------------+------------------+-----------------------+--------+------+----------+
/// ```
///
/// Format: `formats/lake-layout/v1.md`, [LL-3] to [LL-6].
extension LakeSettings {
  static let formatVersion: UInt16 = 1
  static let magic = Array("TRIPLAKE".utf8)
  static let endMagic = Array("LAKE END".utf8)
  /// Larger files are refused unread; zone data takes a few kilobytes.
  static let maximumByteCount = 1 << 20
  private static let fixedByteCount = 48
  private static let trailerByteCount = 24

  package func encode(id: LakeID) -> [UInt8] {
    let byteCount =
      Self.fixedByteCount + zoneName.byteCount + zoneData.count + Self.trailerByteCount
    var writer = ByteWriter(reserving: byteCount)
    writer.append(contentsOf: Self.magic)
    writer.append(Self.formatVersion)
    writer.append(UInt16(0))
    writer.append(UInt32(0))
    writer.append(id.low)
    writer.append(id.high)
    writer.append(UInt64(byteCount))
    writer.append(UInt32(zoneName.byteCount))
    writer.append(UInt32(zoneData.count))
    writer.append(contentsOf: zoneName.bytes)
    writer.append(contentsOf: zoneData)
    writer.append(Checksum.xxh3_64(writer.bytes))
    writer.append(contentsOf: Self.ending)
    return writer.bytes
  }

  /// The last 16 bytes of every file of this format.
  private static var ending: [UInt8] {
    var writer = ByteWriter()
    writer.append(formatVersion)
    writer.pad(to: 8)
    writer.append(contentsOf: endMagic)
    return writer.bytes
  }

  /// - Throws: `ByteError.badMagic`, `.unsupported` for a newer format or feature, `.truncated`,
  ///   `.checksumMismatch`, `.outOfRange`.
  package static func decode(_ bytes: [UInt8]) throws(ByteError) -> (LakeID, LakeSettings) {
    var cursor = ByteCursor(bytes)
    guard bytes.count >= fixedByteCount + trailerByteCount,
      try cursor.readBytes(count: 8) == magic
    else { throw ByteError(.badMagic, at: 0, "the file does not begin as a LAKE file does") }
    let format = try cursor.read(UInt16.self)
    guard format == formatVersion else {
      throw ByteError(.unsupported, at: 8, "format \(format) needs a newer version of triplake")
    }
    try checkTrailer(bytes)
    let reserved = try cursor.read(UInt16.self)
    let features = try cursor.read(UInt32.self)
    guard reserved == 0, features == 0 else {
      throw ByteError(
        .unsupported, at: 10, "feature flags \(features) need a newer version of triplake")
    }
    let id = try cursor.readDigest()
    let byteCount = try cursor.read(UInt64.self)
    let nameByteCount = Int(try cursor.read(UInt32.self))
    let dataByteCount = Int(try cursor.read(UInt32.self))
    guard byteCount == UInt64(bytes.count),
      nameByteCount + dataByteCount == bytes.count - fixedByteCount - trailerByteCount
    else { throw ByteError(.outOfRange, at: 32, "the sizes do not add up to the file's") }
    let name = ByteString(bytes: try cursor.readBytes(count: nameByteCount))
    let data = try cursor.readBytes(count: dataByteCount)
    return (
      LakeID(high: id.high, low: id.low), LakeSettings(zoneName: name, zoneData: data)
    )
  }

  private static func checkTrailer(_ bytes: [UInt8]) throws(ByteError) {
    let end = bytes.count - trailerByteCount
    var cursor = try ByteCursor(bytes, range: end..<bytes.count)
    let checksum = try cursor.read(UInt64.self)
    guard try cursor.readBytes(count: 16) == ending else {
      throw ByteError(.truncated, at: end + 8, "the file does not end as a LAKE file does")
    }
    guard checksum == Checksum.xxh3_64(bytes, range: 0..<end) else {
      throw ByteError(.checksumMismatch, at: end, "the file differs from its checksum")
    }
  }
}
