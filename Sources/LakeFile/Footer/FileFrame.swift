internal import LakeBytes

/// The fixed bytes at both ends of a trip file.
///
/// ```
/// header    0                8          12         16
///           +----------------+----------+----------+
///           | magic          | version  | zero     |
///           +----------------+----------+----------+
///
/// trailer   0                8          12                         28         32               40
///           +----------------+----------+--------------------------+----------+----------------+
///           | file size      | sections | footer digest            | version  | magic          |
///           +----------------+----------+--------------------------+----------+----------------+
/// ```
///
/// The footer digest is the XXH3-128 of the section directory and the twelve bytes that follow it.
/// Format: `formats/trip-file/v1.md`.
enum FileFrame {
  /// Text tools that change line ends, cut at control-Z or clear the high bit all destroy it.
  static let magic: [UInt8] = [0x89, 0x54, 0x52, 0x49, 0x50, 0x0d, 0x0a, 0x1a]
  /// The magic as a number of eight bytes, the first the lowest.
  private static let magicNumber = magic.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  static let version: UInt32 = 1
  static let headerByteCount = 16
  static let trailerByteCount = 40
  /// The part of the trailer that the footer digest covers.
  static let digestedTrailerByteCount = 12

  static var header: [UInt8] {
    var writer = ByteWriter(reserving: headerByteCount)
    writer.append(contentsOf: magic)
    writer.append(version)
    writer.append(UInt32(0))
    return writer.bytes
  }

  /// - Throws: `badMagic`, `unsupported` for another version, `outOfRange` for bytes that must be zero.
  static func checkHeader(_ bytes: [UInt8]) throws(ByteError) {
    var cursor = ByteCursor(bytes)
    try checkMagic(&cursor, "the file does not begin as a trip file does")
    try checkVersion(&cursor)
    let place = cursor.offset
    guard try cursor.read(UInt32.self) == 0 else {
      throw ByteError(.outOfRange, at: place, "the reserved bytes are not zero")
    }
  }

  static func checkMagic(_ cursor: inout ByteCursor, _ message: String) throws(ByteError) {
    let place = cursor.offset
    guard try cursor.read(UInt64.self) == magicNumber else {
      throw ByteError(.badMagic, at: place, message)
    }
  }

  static func checkVersion(_ cursor: inout ByteCursor) throws(ByteError) {
    let place = cursor.offset
    let found = try cursor.read(UInt32.self)
    guard found == version else {
      throw ByteError(
        .unsupported, at: place, "format version \(found) is not \(version), the only one known")
    }
  }
}
