internal import LakeBytes

/// The first and the last bytes of a manifest.
///
/// ```
///  0          8        10         12         16        24       40        56       64          80         88
///  +----------+--------+----------+----------+---------+--------+---------+--------+-----------+----------+
///  | TRIPMAN\n| format | section  | required | version | lake's | parent  | body's | directory | XXH3-64  |
///  |          |        | count    | features |         | id     | digest  | size   | digest    | of 0..80 |
///  +----------+--------+----------+----------+---------+--------+---------+--------+-----------+----------+
///  | section directory: 40 bytes each | body: sections, end to end | size | format | zero | NAMPIRT\n |
///  +----------------------------------+----------------------------+------+--------+------+-----------+
/// ```
///
/// Format: `formats/manifest/v1.md`, "Header and trailer".
struct ManifestHeader: Hashable, Sendable {
  static let formatVersion: UInt16 = 1
  static let magic = Array("TRIPMAN\n".utf8)
  static let endMagic = Array("NAMPIRT\n".utf8)
  static let byteCount = 88
  static let trailerByteCount = 24
  private static let checkedByteCount = 80

  var sectionCount: UInt16
  var version: UInt64
  var lakeID: LakeID
  var parentDigest: Digest128
  var bodyByteCount: UInt64
  var directoryDigest: Digest128

  /// Where the sections begin.
  var bodyStart: Int { Self.byteCount + Int(sectionCount) * SectionEntry.byteCount }

  func encode() -> [UInt8] {
    var writer = ByteWriter(reserving: Self.byteCount)
    writer.append(contentsOf: Self.magic)
    writer.append(Self.formatVersion)
    writer.append(sectionCount)
    writer.append(UInt32(0))
    writer.append(version)
    writer.append(lakeID.low)
    writer.append(lakeID.high)
    writer.append(parentDigest)
    writer.append(bodyByteCount)
    writer.append(directoryDigest)
    writer.append(Checksum.xxh3_64(writer.bytes))
    return writer.bytes
  }

  static func trailer(fileByteCount: Int) -> [UInt8] {
    var writer = ByteWriter(reserving: trailerByteCount)
    writer.append(UInt64(fileByteCount))
    writer.append(formatVersion)
    writer.pad(to: 16)
    writer.append(contentsOf: endMagic)
    return writer.bytes
  }
}

extension ManifestHeader {
  /// Reads the header and proves that the file has the size it announces.
  ///
  /// - Parameter bytes: The beginning of the file, at least the header where the file is that long.
  init(decoding bytes: [UInt8], fileByteCount: Int) throws(ByteError) {
    var cursor = ByteCursor(bytes)
    guard bytes.count >= Self.byteCount, try cursor.readBytes(count: 8) == Self.magic else {
      throw ByteError(.badMagic, at: 0, "the file does not begin as a manifest does")
    }
    let format = try cursor.read(UInt16.self)
    guard format == Self.formatVersion else {
      throw ByteError(.unsupported, at: 8, "format \(format) needs a newer version of triplake")
    }
    var end = try ByteCursor(bytes, range: Self.checkedByteCount..<Self.byteCount)
    guard try end.read(UInt64.self) == Checksum.xxh3_64(bytes, range: 0..<Self.checkedByteCount)
    else {
      throw ByteError(
        .checksumMismatch, at: Self.checkedByteCount, "the header differs from its checksum")
    }
    sectionCount = try cursor.read(UInt16.self)
    let features = try cursor.read(UInt32.self)
    guard features == 0 else {
      throw ByteError(
        .unsupported, at: 12, "feature flags \(features) need a newer version of triplake")
    }
    version = try cursor.read(UInt64.self)
    let id = try cursor.readDigest()
    lakeID = LakeID(high: id.high, low: id.low)
    parentDigest = try cursor.readDigest()
    bodyByteCount = try cursor.read(UInt64.self)
    directoryDigest = try cursor.readDigest()
    let room = fileByteCount - bodyStart - Self.trailerByteCount
    guard room >= 0, bodyByteCount == UInt64(room) else {
      throw ByteError(
        .truncated, at: fileByteCount, "the file is not as long as its header announces")
    }
  }
}
