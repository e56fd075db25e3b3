/// Decodes pages from untrusted bytes. One per thread: it keeps its scratch.
///
/// The bytes are drawn at `PageEncoder`. Whatever they are, decoding ends with the page's values or throws,
/// and asks for no more memory than the page's rows take.
package struct PageDecoder: ~Copyable {
  static let headerByteCount = 2
  static let realSizeByteCount = 4
  /// Smaller bodies are not worth a compressor's call.
  static let smallestCompressedByteCount = 256

  private var decompressor = ZstandardDecompressor()
  private var body = ColumnBuffer<UInt8>()
  private var present = ColumnBuffer<UInt64>()
  private var scratch = ColumnBuffer<UInt64>()

  package init() {}

  /// The most bytes that the body of a page of `valueCount` values may have.
  static func largestBodyByteCount(valueCount: Int) -> Int { valueCount * 8 + 64 }

  /// Replaces `words` by the page's rows; a null's word is 0. `validity` becomes the rows' bitmap, empty
  /// where no row is null.
  ///
  /// - Parameters:
  ///   - rowCount: At most 2^32; the caller has bounded it.
  ///   - nullCount: What the zone map says.
  /// - Throws: `ColumnError` where the bytes are not such a page; the buffers then hold anything.
  package mutating func decode(
    _ page: Span<UInt8>, rowCount: Int, nullCount: Int, into words: inout ColumnBuffer<UInt64>,
    validity: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) {
    validity.removeAll()
    if nullCount == rowCount {
      guard page.isEmpty else {
        throw ColumnError(.wrongLength, at: 0, "a page without values has \(page.count) bytes")
      }
      words.removeAll()
      words.resize(to: rowCount, filling: 0)
      validity.resize(to: ValidityBitmap.wordCount(rowCount: rowCount), filling: 0)
      return
    }
    var cursor = PageCursor(page, from: 0)
    let (encoding, flags) = try Self.readHeader(&cursor)
    guard flags.contains(.hasNulls) == (nullCount > 0) else {
      throw ColumnError(.outOfRange, at: 1, "the page contradicts \(nullCount) nulls")
    }
    if nullCount == 0 {
      try decodeValues(
        page, &cursor, encoding, flags, count: rowCount, into: &words)
    } else {
      try Self.readValidity(
        &cursor, page, rowCount: rowCount, nullCount: nullCount, into: &validity)
      var values = exchange(&present, with: ColumnBuffer())
      defer { present = exchange(&values, with: ColumnBuffer()) }
      try decodeValues(
        page, &cursor, encoding, flags, count: rowCount - nullCount, into: &values)
      ValidityBitmap.expand(
        values.span, validity: validity.span, rowCount: rowCount, into: &words)
    }
  }

  static func readHeader(
    _ cursor: inout PageCursor
  ) throws(ColumnError) -> (PageEncoding, PageFlags) {
    let code = try cursor.readByte()
    guard let encoding = PageEncoding(rawValue: code) else {
      throw ColumnError(.unknownEncoding, at: 0, "encoding \(code) is unknown")
    }
    let flags = PageFlags(rawValue: try cursor.readByte())
    guard flags.isSubset(of: .known) else {
      throw ColumnError(.outOfRange, at: 1, "the flags \(flags.rawValue) are unknown")
    }
    return (encoding, flags)
  }

  private static func readValidity(
    _ cursor: inout PageCursor, _ page: Span<UInt8>, rowCount: Int, nullCount: Int,
    into validity: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) {
    let range = try cursor.skip((rowCount + 7) / 8)
    validity.resize(to: ValidityBitmap.wordCount(rowCount: rowCount), filling: 0)
    for index in range {
      let byte = index - range.lowerBound
      validity[byte / 8] |= UInt64(page[index]) << UInt64(byte % 8 * 8)
    }
    let validCount = ValidityBitmap.validCount(
      validity.span, rowCount: validity.count * 64)
    let rest = rowCount % 64
    guard validCount == rowCount - nullCount,
      rest == 0 || validity[validity.count - 1] >> UInt64(rest) == 0
    else {
      throw ColumnError(
        .outOfRange, at: range.lowerBound, "the bitmap contradicts \(nullCount) nulls")
    }
  }

  private mutating func decodeValues(
    _ page: Span<UInt8>, _ cursor: inout PageCursor, _ encoding: PageEncoding,
    _ flags: PageFlags, count: Int, into words: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) {
    guard flags.contains(.isCompressed) else {
      try Self.decodeBody(encoding, &cursor, count: count, into: &words, scratch: &scratch)
      return
    }
    let place = cursor.position
    let realSize = Int(try cursor.readNumber(UInt32.self))
    guard realSize <= Self.largestBodyByteCount(valueCount: count) else {
      throw ColumnError(.outOfRange, at: place, "\(realSize) bytes for \(count) values")
    }
    let frame = try cursor.skip(cursor.remaining)
    var body = exchange(&self.body, with: ColumnBuffer())
    defer { self.body = exchange(&body, with: ColumnBuffer()) }
    body.removeAll()
    guard
      decompressor.decompress(page.extracting(frame), byteCount: realSize, appendingTo: &body)
    else {
      throw ColumnError(
        .decompression, at: frame.lowerBound, "the frame does not hold \(realSize) bytes")
    }
    var inner = PageCursor(body.span, from: 0)
    try Self.decodeBody(encoding, &inner, count: count, into: &words, scratch: &scratch)
  }

  private static func decodeBody(
    _ encoding: PageEncoding, _ cursor: inout PageCursor, count: Int,
    into words: inout ColumnBuffer<UInt64>, scratch: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) {
    switch encoding {
    case .constant: try ConstantPage.decode(&cursor, count: count, into: &words)
    case .frameOfReference: try FrameOfReference.decode(&cursor, count: count, into: &words)
    case .orderedFloat: try OrderedFloat.decode(&cursor, count: count, into: &words)
    case .dictionary:
      try DictionaryPage.decode(&cursor, count: count, into: &words, distinct: &scratch)
    case .raw: try RawPage.decode(&cursor, count: count, into: &words)
    case .decimalFloat:
      try DecimalFloat.decode(&cursor, count: count, into: &words, places: &scratch)
    }
    try cursor.expectEnd()
  }
}
