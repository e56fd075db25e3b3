internal import LakeStore

/// The first part of an input, in whole lines, and how much of the input that is.
struct InputSample {
  let path: String
  let text: [UInt8]
  /// Bytes of the file that the text stands for; where it is compressed, fewer than its own.
  let readByteCount: Int
  let fileByteCount: Int

  /// What counts of the sample are multiplied by.
  var scale: Double {
    readByteCount == 0 ? 1 : max(1, Double(fileByteCount) / Double(readByteCount))
  }

  /// - Throws: As a load's reading of the file.
  init(_ file: InputFile, byteCount: Int) throws(IngestError) {
    path = file.path
    fileByteCount = file.byteCount
    let text = try InputText(file)
    var bytes = [UInt8](repeating: 0, count: byteCount)
    var filled = 0
    while filled < byteCount {
      let count = try Self.read(text, into: &bytes, from: filled)
      if count == 0 { break }
      filled += count
    }
    let isWhole = filled < byteCount
    readByteCount = isWhole ? file.byteCount : min(text.readByteCount, file.byteCount)
    let lastLine = isWhole ? filled : (bytes.lastIndex(of: Ascii.lineFeed) ?? filled - 1) + 1
    bytes.removeSubrange(lastLine...)
    self.text = bytes
  }

  private static func read(
    _ text: InputText, into bytes: inout [UInt8], from start: Int
  ) throws(IngestError) -> Int {
    do {
      return try bytes.withUnsafeMutableBytes { buffer in
        guard let base = buffer.baseAddress else { return 0 }
        return try text.read(into: base + start, count: buffer.count - start)
      }
    } catch let error as IngestError {
      throw error
    } catch {
      throw IngestError(.inputUnreadable, "\(error)")
    }
  }
}
