internal import LakeBytes

/// What the last bytes of a trip file say. They are drawn at `FileFrame`.
struct FileTrailer: Hashable {
  let fileByteCount: UInt64
  let sectionCount: UInt32
  let footerDigest: Digest128

  /// Reads the trailer, its version before anything else.
  ///
  /// - Parameter base: The offset of `bytes[0]` in the file.
  init(decoding bytes: [UInt8], base: Int) throws(ByteError) {
    guard bytes.count >= FileFrame.trailerByteCount else {
      throw ByteError(.truncated, at: base + bytes.count, "the file is too short for a trip file")
    }
    let start = bytes.count - FileFrame.trailerByteCount
    let end = bytes.count
    var ending = try ByteCursor(bytes, range: start + 28..<end, base: base)
    let versionPlace = ending
    _ = try ending.read(UInt32.self)
    try FileFrame.checkMagic(
      &ending, "the file does not end as a trip file does; it may have been cut")
    ending = versionPlace
    try FileFrame.checkVersion(&ending)
    var cursor = try ByteCursor(bytes, range: start..<end, base: base)
    fileByteCount = try cursor.read(UInt64.self)
    sectionCount = try cursor.read(UInt32.self)
    footerDigest = try cursor.readDigest()
  }

  /// Appends the trailer to a footer's directory.
  ///
  /// - Returns: The footer digest.
  static func append(
    to directory: inout ByteWriter, fileByteCount: Int, sectionCount: Int
  ) -> Digest128 {
    directory.append(UInt64(fileByteCount))
    directory.append(UInt32(sectionCount))
    let digest = Checksum.xxh3_128(directory.bytes)
    directory.append(digest)
    directory.append(FileFrame.version)
    directory.append(contentsOf: FileFrame.magic)
    return digest
  }
}
