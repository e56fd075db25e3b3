/// Words as they are, eight bytes each, least significant byte first.
///
/// Format: `formats/encodings/raw.md`.
enum RawPage {
  static func byteCount(count: Int) -> Int { count * 8 }

  static func encode(_ words: Span<UInt64>, into bytes: inout ColumnBuffer<UInt8>) {
    BitPacking.pack(words, width: 64, into: &bytes)
  }

  static func decode(
    _ cursor: inout PageCursor, count: Int, into words: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) {
    try cursor.unpack(count: count, width: 64, into: &words)
  }
}
