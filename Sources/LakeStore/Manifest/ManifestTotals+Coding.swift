internal import LakeBytes

/// Format: `formats/manifest/v1.md`, "Totals".
extension ManifestTotals {
  func encode() -> [UInt8] {
    var writer = ByteWriter()
    writer.append(array: [fileCount, rowCount, byteCount])
    writer.append(rowHashSum)
    return writer.bytes
  }

  init(decoding cursor: inout ByteCursor) throws(ByteError) {
    self.init()
    fileCount = try cursor.read(UInt64.self)
    rowCount = try cursor.read(UInt64.self)
    byteCount = try cursor.read(UInt64.self)
    rowHashSum = try cursor.readDigest()
  }
}
