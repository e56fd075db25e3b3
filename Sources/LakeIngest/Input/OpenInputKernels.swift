internal import Glibc
internal import LakeBytes
internal import TripModel

/// One input file while it is read: its header, its identity so far, and what the last chunk left over.
final class OpenInput {
  let ordinal: Int
  /// `nil` where the file has no record at all.
  let format: InputFormat?
  /// What stands before the first record of data; all zeros where the file has no record.
  private(set) var preamble = InputPreamble()

  private let text: InputText
  /// Bytes of the file that the chunks so far account for; where it is compressed, fewer than their own.
  private var accountedByteCount = 0
  /// Bytes read that belong to the next chunk.
  private var carry: [UInt8] = []
  /// The offset of the next chunk's first byte in the file.
  private var fileOffset = 0
  private var isAtEnd = false
  private var isSkippingLine = false
  /// The chunk before ended with a CR whose LF, if there is one, comes next.
  private var isSkippingLineFeed = false
  /// Up to here lines are records of their own: an open quote swallowed them before.
  private var lineByLineEnd = 0

  /// Opens a file and reads its header.
  ///
  /// - Parameters:
  ///   - chunk: borrowed as a buffer.
  ///   - formats: Decides how the file is read.
  init(
    _ file: InputFile, ordinal: Int, formats: inout InputFormats, chunk: Chunk
  ) throws(IngestError) {
    let text = try InputText(file)
    let filled = try Self.read(text, into: chunk, from: 0, upTo: InputReader.recordByteLimit)
    let bytes = chunk.copyBytes(0..<filled.count)
    self.text = text
    self.ordinal = ordinal
    isAtEnd = filled.isAtEnd
    guard let found = try formats.format(of: file.path, bytes, isWhole: filled.isAtEnd) else {
      guard filled.isAtEnd else {
        throw IngestError(
          .unsupportedText, "there is no header within the first \(filled.count) bytes")
      }
      format = nil
      preamble = InputPreamble(ofEmptyFile: bytes)
      fileOffset = filled.count
      return
    }
    format = found.format
    preamble = found.preamble
    fileOffset = preamble.byteCount
    carry = Array(bytes[preamble.byteCount...])
  }

  var path: String { text.path }

  private var dialect: CSVDialect { format?.dialect ?? CSVDialect(delimiter: Ascii.comma) }

  /// The digest of all bytes read; of the whole file once its last chunk is filled.
  func identity() -> InputIdentity { text.identity() }

  /// Fills `chunk` with whole records: `byteCount` bytes, somewhat less, or, where one record is longer, more.
  /// The last chunk may be empty.
  func fill(_ chunk: Chunk, byteCount: Int) throws(IngestError) {
    chunk.fileOrdinal = ordinal
    chunk.isLastOfFile = false
    chunk.isOversized = false
    chunk.isLineByLine = false
    chunk.lacksFinalLineEnd = false
    var wanted = max(byteCount, carry.count)
    chunk.reserve(wanted + 1, keeping: 0)
    chunk.copyIn(carry, at: 0)
    var filled = carry.count
    carry.removeAll(keepingCapacity: true)
    while true {
      filled = try read(into: chunk, from: filled, upTo: wanted)
      if isSkippingLineFeed { filled = skipLineFeed(chunk, filled) }
      if isSkippingLine { filled = skipLine(chunk, filled) }
      if fileOffset < lineByLineEnd, cutLines(chunk, filled) { return }
      if isAtEnd { return finish(chunk, filled) }
      let whole = wholeRecordByteCount(chunk, filled)
      if whole > 0 {
        return cut(chunk, at: whole, filled: filled)
      }
      if filled > InputReader.recordByteLimit {
        return cutOversized(chunk, filled: filled)
      }
      wanted = max(wanted, min(2 * max(filled, 1024), InputReader.recordByteLimit + 1))
      chunk.reserve(wanted + 1, keeping: filled)
    }
  }

  /// Reads until `wanted` bytes stand in the chunk or the file ends.
  private func read(
    into chunk: Chunk, from start: Int, upTo wanted: Int
  ) throws(IngestError) -> Int {
    guard !isAtEnd else {
      chunk.reserve(wanted + 1, keeping: start)
      (chunk.bytes + start).update(repeating: 0, count: Chunk.padding)
      return start
    }
    let filled = try Self.read(text, into: chunk, from: start, upTo: wanted)
    isAtEnd = filled.isAtEnd
    return filled.count
  }

  private static func read(
    _ text: InputText, into chunk: Chunk, from start: Int, upTo wanted: Int
  ) throws(IngestError) -> (count: Int, isAtEnd: Bool) {
    chunk.reserve(wanted + 1, keeping: start)
    var filled = start
    var isAtEnd = false
    while filled < wanted, !isAtEnd {
      let count = try text.read(into: chunk.bytes + filled, count: wanted - filled)
      isAtEnd = count == 0
      filled += count
    }
    (chunk.bytes + filled).update(repeating: 0, count: Chunk.padding)
    return (filled, isAtEnd)
  }

  /// The last chunk, or the last but the records that an open quote swallowed.
  private func finish(_ chunk: Chunk, _ filled: Int) {
    var count = filled
    if count > 0, chunk[count - 1] != Ascii.lineFeed, chunk[count - 1] != Ascii.carriageReturn {
      chunk.lacksFinalLineEnd = true
      chunk.reserve(count + 1, keeping: count)
      chunk[count] = Ascii.lineFeed
      count += 1
    }
    chunk.hasQuotes = memchr(chunk.bytes, Int32(Ascii.quote), count) != nil
    let whole =
      chunk.hasQuotes
      ? StructureKernels.wholeRecordByteCount(
        chunk.bytes, count: count, dialect: dialect, isAtEnd: true) : count
    if whole == count {
      chunk.isLastOfFile = true
      return place(chunk, byteCount: count)
    }
    let lacksFinalLineEnd = chunk.lacksFinalLineEnd
    chunk.lacksFinalLineEnd = false
    let kept = lacksFinalLineEnd ? count - 1 : count
    if whole > 0 {
      cut(chunk, at: whole, filled: kept)
    } else {
      cutOversized(chunk, filled: kept)
    }
  }

  private func wholeRecordByteCount(_ chunk: Chunk, _ filled: Int) -> Int {
    chunk.hasQuotes = memchr(chunk.bytes, Int32(Ascii.quote), filled) != nil
    if chunk.hasQuotes {
      return StructureKernels.wholeRecordByteCount(
        chunk.bytes, count: filled, dialect: dialect, isAtEnd: false)
    }
    if let last = lastIndex(of: Ascii.lineFeed, in: chunk, count: filled) { return last + 1 }
    // Of a CR at the very end it cannot be told whether a LF follows.
    return lastIndex(of: Ascii.carriageReturn, in: chunk, count: filled - 1).map { $0 + 1 } ?? 0
  }

  private func lastIndex(of byte: UInt8, in chunk: Chunk, count: Int) -> Int? {
    var index = count - 1
    while index >= 0, chunk.bytes[index] != byte { index -= 1 }
    return index >= 0 ? index : nil
  }

  private func cut(_ chunk: Chunk, at whole: Int, filled: Int) {
    carry = chunk.copyBytes(whole..<filled)
    place(chunk, byteCount: whole)
    fileOffset += whole
  }

  /// Tells a chunk how long it is, where it stands in the text, and what it takes in the file.
  private func place(_ chunk: Chunk, byteCount: Int) {
    chunk.byteCount = byteCount
    chunk.fileOffset = fileOffset
    guard text.isCompressed else {
      chunk.inputByteCount = byteCount
      return
    }
    chunk.inputByteCount = text.readByteCount - accountedByteCount
    accountedByteCount = text.readByteCount
  }

  /// Gives up on the record at the start of the chunk. A record that never ends for an open quote loses its
  /// first line alone; the lines it swallowed are read again, each as a record of its own.
  private func cutOversized(_ chunk: Chunk, filled: Int) {
    chunk.isOversized = true
    let end = lineEnd(chunk, filled)
    isSkippingLine = end == nil && !isAtEnd
    lineByLineEnd = fileOffset + filled
    cut(chunk, at: end ?? filled, filled: filled)
  }

  /// Cuts off the lines that are records of their own.
  ///
  /// - Returns: false where no such line is left.
  private func cutLines(_ chunk: Chunk, _ filled: Int) -> Bool {
    var end = min(filled, lineByLineEnd - fileOffset)
    while end > 0, !isLineEnd(chunk, end - 1, filled: filled) { end -= 1 }
    guard end > 0 else {
      lineByLineEnd = 0
      return false
    }
    chunk.isLineByLine = true
    chunk.hasQuotes = true
    cut(chunk, at: end, filled: filled)
    return true
  }

  /// Whether a line ends with the byte at `index`. Of a CR it must be known what follows.
  private func isLineEnd(_ chunk: Chunk, _ index: Int, filled: Int) -> Bool {
    switch chunk.bytes[index] {
    case Ascii.lineFeed: true
    case Ascii.carriageReturn: index + 1 < filled && chunk.bytes[index + 1] != Ascii.lineFeed
    default: false
    }
  }

  /// The number of bytes of the first line, its end included, or `nil` where it has none yet.
  private func lineEnd(_ chunk: Chunk, _ filled: Int) -> Int? {
    for index in 0..<filled {
      let byte = chunk.bytes[index]
      if byte == Ascii.lineFeed { return index + 1 }
      guard byte == Ascii.carriageReturn else { continue }
      isSkippingLineFeed = index + 1 == filled
      return index + 1 < filled && chunk.bytes[index + 1] == Ascii.lineFeed ? index + 2 : index + 1
    }
    return nil
  }

  /// Drops what still belongs to a line that was given up; returns what is left.
  private func skipLine(_ chunk: Chunk, _ filled: Int) -> Int {
    let end = lineEnd(chunk, filled)
    isSkippingLine = end == nil
    return drop(end ?? filled, of: chunk, filled)
  }

  /// Drops the second half of a line end whose first half is done; returns what is left.
  private func skipLineFeed(_ chunk: Chunk, _ filled: Int) -> Int {
    guard filled > 0 else { return filled }
    isSkippingLineFeed = false
    return chunk.bytes[0] == Ascii.lineFeed ? drop(1, of: chunk, filled) : filled
  }

  private func drop(_ count: Int, of chunk: Chunk, _ filled: Int) -> Int {
    fileOffset += count
    let rest = chunk.copyBytes(count..<filled)
    chunk.copyIn(rest, at: 0)
    (chunk.bytes + rest.count).update(repeating: 0, count: Chunk.padding)
    return rest.count
  }
}
