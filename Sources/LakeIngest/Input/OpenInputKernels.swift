internal import Glibc
internal import LakeBytes
internal import TripModel

/// One input file while it is read: its header, its identity so far, and what the last chunk left over.
final class OpenInput {
  let ordinal: Int
  let definition: InputDefinition
  /// `nil` where the file has no record at all.
  private(set) var mapping: HeaderMapping?
  /// Line ends before the first record behind the header.
  private(set) var headerLineCount = 0
  private(set) var blankCount = 0

  private let file: InputFile
  private var builder = InputIdentityBuilder()
  /// Bytes read that belong to the next chunk.
  private var carry: [UInt8] = []
  /// The offset of the next chunk's first byte in the file.
  private var fileOffset = 0
  private var isAtEnd = false
  private var isSkippingLine = false

  /// Opens a file and reads its header.
  ///
  /// - Parameter chunk: borrowed as a buffer.
  init(
    _ file: InputFile, ordinal: Int, definition: InputDefinition, chunk: Chunk
  ) throws(IngestError) {
    self.file = file
    self.ordinal = ordinal
    self.definition = definition
    let filled = try read(into: chunk, from: 0, upTo: InputReader.recordByteLimit)
    let bytes = chunk.copyBytes(0..<filled)
    var header = HeaderReader(bytes, delimiter: definition.delimiter, isWhole: isAtEnd)
    let names = try header.read()
    blankCount = header.blankCount
    headerLineCount = header.lineCount
    fileOffset = header.position
    carry = Array(bytes[header.position...])
    if let names { mapping = try HeaderMapping(names: names, definition: definition) }
  }

  var path: String { file.path }

  /// The digest of all bytes read; of the whole file once its last chunk is filled.
  func identity() -> InputIdentity { builder.identity() }

  /// Fills `chunk` with whole records: `byteCount` bytes, somewhat less, or, where one record is longer, more.
  /// The last chunk may be empty.
  func fill(_ chunk: Chunk, byteCount: Int) throws(IngestError) {
    chunk.fileOrdinal = ordinal
    chunk.isLastOfFile = false
    chunk.isOversized = false
    chunk.lacksFinalLineEnd = false
    var wanted = max(byteCount, carry.count)
    chunk.reserve(wanted + 1, keeping: 0)
    chunk.copyIn(carry, at: 0)
    var filled = carry.count
    carry.removeAll(keepingCapacity: true)
    while true {
      filled = try read(into: chunk, from: filled, upTo: wanted)
      if isSkippingLine { filled = skipLine(chunk, filled) }
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
    chunk.reserve(wanted + 1, keeping: start)
    var filled = start
    while filled < wanted, !isAtEnd {
      let count = try file.read(into: chunk.bytes + filled, count: wanted - filled)
      isAtEnd = count == 0
      filled += count
    }
    builder.add(UnsafeRawBufferPointer(start: chunk.bytes + start, count: filled - start))
    (chunk.bytes + filled).update(repeating: 0, count: Chunk.padding)
    if isAtEnd { try file.checkUnchanged(bytesRead: builder.byteCount) }
    return filled
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
        chunk.bytes, count: count, delimiter: definition.delimiter, isAtEnd: true) : count
    if whole == count {
      chunk.byteCount = count
      chunk.fileOffset = fileOffset
      chunk.isLastOfFile = true
      return
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
        chunk.bytes, count: filled, delimiter: definition.delimiter, isAtEnd: false)
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
    chunk.byteCount = whole
    chunk.fileOffset = fileOffset
    fileOffset += whole
  }

  /// Gives up on the record at the start of the chunk. A record that never ends for an open quote loses its
  /// first line alone, so that the lines it swallowed are read again as records of their own.
  private func cutOversized(_ chunk: Chunk, filled: Int) {
    chunk.isOversized = true
    let lineEnd = memchr(chunk.bytes, Int32(Ascii.lineFeed), filled)
    let end = lineEnd.map { $0 - UnsafeMutableRawPointer(chunk.bytes) + 1 } ?? filled
    isSkippingLine = lineEnd == nil && !isAtEnd
    cut(chunk, at: end, filled: filled)
  }

  /// Drops what still belongs to a line that was given up; returns what is left.
  private func skipLine(_ chunk: Chunk, _ filled: Int) -> Int {
    let lineEnd = memchr(chunk.bytes, Int32(Ascii.lineFeed), filled)
    let dropped = lineEnd.map { $0 - UnsafeMutableRawPointer(chunk.bytes) + 1 } ?? filled
    isSkippingLine = lineEnd == nil
    fileOffset += dropped
    let rest = chunk.copyBytes(dropped..<filled)
    chunk.copyIn(rest, at: 0)
    (chunk.bytes + rest.count).update(repeating: 0, count: Chunk.padding)
    return rest.count
  }
}
