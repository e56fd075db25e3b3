/// Encodes the pages of columns. One per thread: it keeps its scratch.
///
/// ```
///  0          1       2
///  +----------+-------+------------------+-------------------+----------------------------+
///  | encoding | flags | validity bitmap  | real size, u32    | body, as `encoding` says   |
///  |          |       | (if hasNulls)    | (if isCompressed) |                            |
///  +----------+-------+------------------+-------------------+----------------------------+
/// ```
///
/// A page without any value has no bytes at all. Format: `formats/encodings/README.md`.
package struct PageEncoder: ~Copyable {
  private var choice = EncodingChoice()
  private var compressor = ZstandardCompressor()
  private var packer = NumberPacker()
  private var places = ColumnBuffer<UInt64>()
  private var present = ColumnBuffer<UInt64>()
  private var compressed = ColumnBuffer<UInt8>()

  package init() {}

  /// Appends one page to `bytes`.
  ///
  /// - Parameters:
  ///   - words: The rows of the page; a null's word is passed over.
  ///   - validity: As `ValidityBitmap` says for the rows of the page; empty where no row is null.
  /// - Returns: What the zone map keeps of the values.
  /// - Precondition: `validity` is empty or holds a bit for each row.
  package mutating func encode(
    _ words: Span<UInt64>, validity: Span<UInt64>, kind: WordKind,
    into bytes: inout ColumnBuffer<UInt8>
  ) -> ValueSummary {
    let valueCount =
      validity.isEmpty
      ? words.count : ValidityBitmap.validCount(validity, rowCount: words.count)
    guard valueCount > 0 else { return .empty }
    guard valueCount < words.count else { return encodeValues(words, kind: kind, into: &bytes) }
    var values = exchange(&present, with: ColumnBuffer())
    ValidityBitmap.compact(words, validity: validity, into: &values)
    let summary = encodeValues(
      values.span, validity: validity, rowCount: words.count, kind: kind, into: &bytes)
    present = values
    return summary
  }

  /// - Parameter validity: The rows' bitmap; empty where all `rowCount` rows have a value.
  private mutating func encodeValues(
    _ values: Span<UInt64>, validity: Span<UInt64> = Span(), rowCount: Int = 0, kind: WordKind,
    into bytes: inout ColumnBuffer<UInt8>
  ) -> ValueSummary {
    let (plan, summary) = choice.plan(values, kind: kind)
    let start = bytes.count
    bytes.append(plan.encoding.rawValue)
    bytes.append(validity.isEmpty ? 0 : PageFlags.hasNulls.rawValue)
    if !validity.isEmpty {
      for index in 0..<(rowCount + 7) / 8 {
        bytes.append(UInt8(truncatingIfNeeded: validity[index / 8] >> UInt64(index % 8 * 8)))
      }
    }
    let bodyStart = bytes.count
    encodeBody(plan, values, into: &bytes)
    if plan.mayCompressFurther { compressBody(from: bodyStart, pageStart: start, of: &bytes) }
    return summary
  }

  private mutating func encodeBody(
    _ plan: EncodingPlan, _ values: Span<UInt64>, into bytes: inout ColumnBuffer<UInt8>
  ) {
    switch plan {
    case .constant(let page): page.encode(into: &bytes)
    case .frameOfReference(let page): page.encode(values, into: &bytes, &packer)
    case .orderedFloat(let page): page.encode(values, into: &bytes, &packer)
    case .dictionary(let page):
      page.encode(&choice.distinct, into: &bytes, offsets: &packer.numbers)
    case .raw: RawPage.encode(values, into: &bytes)
    case .decimalFloat(let page):
      page.encode(
        values, choice.decimals, into: &bytes, &packer, places: &places)
    }
  }

  /// Replaces the body by a Zstandard frame where that saves a quarter or more. Unfolding costs more than
  /// unpacking, so less is not worth it, and bodies that look like noise are not even tried.
  private mutating func compressBody(
    from bodyStart: Int, pageStart: Int, of bytes: inout ColumnBuffer<UInt8>
  ) {
    let byteCount = bytes.count - bodyStart
    let limit = byteCount - byteCount / 4 - PageDecoder.realSizeByteCount
    guard byteCount >= PageDecoder.smallestCompressedByteCount,
      ByteHistogramKernels.promisesQuarter(bytes.span.extracting(bodyStart..<bytes.count))
    else { return }
    var frame = exchange(&compressed, with: ColumnBuffer())
    frame.removeAll()
    if compressor.compress(
      bytes.span.extracting(bodyStart..<bytes.count), atMost: limit, appendingTo: &frame)
    {
      bytes.resize(to: bodyStart, filling: 0)
      bytes[pageStart + 1] |= PageFlags.isCompressed.rawValue
      bytes.append(number: UInt32(byteCount))
      bytes.append(contentsOf: frame.span)
    }
    compressed = frame
  }
}
