internal import LakeColumns

/// Memory that reading pages uses again and again. One per thread.
package struct PageScratch: ~Copyable {
  var bytes = ColumnBuffer<UInt8>()
  private var decoder = PageDecoder()
  var validity = ColumnBuffer<UInt64>()

  package init() {}

  /// Decodes the page that `bytes` hold.
  mutating func decode(
    rowCount: Int, nullCount: Int, into words: inout ColumnBuffer<UInt64>,
    validity: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) {
    try Self.decode(
      bytes, rowCount: rowCount, nullCount: nullCount, &decoder, into: &words,
      validity: &validity)
  }

  private static func decode(
    _ bytes: borrowing ColumnBuffer<UInt8>, rowCount: Int, nullCount: Int,
    _ decoder: inout PageDecoder, into words: inout ColumnBuffer<UInt64>,
    validity: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) {
    try decoder.decode(
      bytes.span, rowCount: rowCount, nullCount: nullCount, into: &words, validity: &validity)
  }
}
