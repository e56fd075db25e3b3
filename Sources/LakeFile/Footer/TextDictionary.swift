internal import LakeBytes
internal import LakeColumns
internal import Synchronization
internal import TripModel

/// The section of one text column: its distinct values in byte order.
///
/// ```
///  0            4            8
///  +------------+------------+------------------------------------------------------+
///  | values     | real size  | ends u32 of each value, then the values end to end   |
///  +------------+------------+------------------------------------------------------+
/// ```
///
/// Where the real size differs from the bytes that follow it, these are a Zstandard frame of it.
/// Format: `formats/trip-file/v1.md`.
enum TextDictionary {
  static let headerByteCount = 8
  /// A section may always unfold to so many bytes, and past it to 16 times its own size.
  static let freeByteCount = 1 << 20
  static let largestRatio = 16
  /// Content that is shorter is not compressed.
  private static let smallestCompressedByteCount = 64

  static func encode(
    _ values: [ByteString], _ compressor: inout ZstandardCompressor
  ) -> [UInt8] {
    var content = ByteWriter()
    var end: UInt32 = 0
    for value in values {
      end += UInt32(value.byteCount)
      content.append(end)
    }
    for value in values { content.append(contentsOf: value.bytes) }
    var writer = ByteWriter()
    writer.append(UInt32(values.count))
    writer.append(UInt32(content.count))
    writer.append(contentsOf: compressed(content.bytes, &compressor) ?? content.bytes)
    return writer.bytes
  }

  /// The content as a Zstandard frame, where that saves a sixteenth and a reader may unfold it.
  private static func compressed(
    _ content: [UInt8], _ compressor: inout ZstandardCompressor
  ) -> [UInt8]? {
    guard content.count >= smallestCompressedByteCount else { return nil }
    var frame = ColumnBuffer<UInt8>()
    let limit = content.count - content.count / 16
    guard compressor.compress(content.span, atMost: limit, appendingTo: &frame),
      content.count <= largestContent(storedByteCount: frame.count)
    else { return nil }
    return frame.bytes(in: 0..<frame.count)
  }

  private static func largestContent(storedByteCount: Int) -> Int {
    max(freeByteCount, storedByteCount * largestRatio)
  }

  /// - Parameter count: How many values the column table promises.
  static func decode(
    _ cursor: inout ByteCursor, count: UInt32
  ) throws(ByteError) -> [ByteString] {
    let place = cursor.offset
    let valueCount = try cursor.read(UInt32.self)
    let realSize = Int(try cursor.read(UInt32.self))
    let storedPlace = cursor.offset
    let stored = try cursor.readBytes(count: cursor.remaining)
    guard valueCount == count,
      realSize <= largestContent(storedByteCount: stored.count)
    else {
      throw ByteError(
        .outOfRange, at: place, "\(valueCount) values in \(realSize) bytes are not possible here")
    }
    guard realSize != stored.count else {
      return try split(stored, count: Int(count), place: storedPlace)
    }
    guard let content = unfold(stored, byteCount: realSize) else {
      throw ByteError(
        .outOfRange, at: storedPlace, "the frame does not hold \(realSize) bytes")
    }
    return try split(content, count: Int(count), place: storedPlace)
  }

  /// The content of a Zstandard frame, or `nil` where it is not one of so many bytes.
  private static func unfold(_ frame: [UInt8], byteCount: Int) -> [UInt8]? {
    decompressor.withLock { decompressor in
      var content = ColumnBuffer<UInt8>()
      let isWhole = decompressor.decompress(
        frame.span, byteCount: byteCount, appendingTo: &content)
      return isWhole ? content.bytes(in: 0..<content.count) : nil
    }
  }

  /// For the dictionaries of all files: making one takes longer than unfolding a few names.
  private static let decompressor = Mutex(ZstandardDecompressor())

  private static func split(
    _ content: [UInt8], count: Int, place: Int
  ) throws(ByteError) -> [ByteString] {
    var cursor = ByteCursor(content, base: place)
    let ends = try cursor.readArray(of: UInt32.self, count: count)
    var values: [ByteString] = []
    values.reserveCapacity(count)
    var start: UInt32 = 0
    for end in ends {
      guard end >= start else {
        throw ByteError(.outOfRange, at: place, "a text ends before it begins")
      }
      let value = ByteString(bytes: try cursor.readBytes(count: Int(end - start)))
      if let last = values.last, last >= value {
        throw ByteError(.outOfRange, at: place, "the texts are not in byte order")
      }
      values.append(value)
      start = end
    }
    guard cursor.remaining == 0 else {
      throw ByteError(.outOfRange, at: place, "bytes after the last text")
    }
    return values
  }
}
