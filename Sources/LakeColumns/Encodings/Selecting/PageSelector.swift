/// Holds the values of a page against a range without making them, where the encoding allows it.
package enum PageSelector {
  /// Takes from `selection` the rows whose value lies outside `range`.
  ///
  /// - Parameters:
  ///   - rowCount: At most 2^32; the caller has bounded it.
  ///   - nullCount: What the zone map says.
  ///   - selection: One bit a row, least significant first; bits past the last row are zero and stay so.
  /// - Returns: `false` where the page has to be decoded; `selection` is then as before.
  /// - Throws: `ColumnError` where the bytes are not such a page; `selection` then holds anything.
  /// - Precondition: `selection` holds the bits of `rowCount` rows.
  package static func keep(
    _ page: Span<UInt8>, rowCount: Int, nullCount: Int, in range: ValueRange,
    selection: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) -> Bool {
    guard nullCount == 0 else { return false }
    var cursor = PageCursor(page, from: 0)
    let (encoding, flags) = try PageDecoder.readHeader(&cursor)
    guard flags.isEmpty else { return false }
    switch (encoding, range) {
    case (.constant, _):
      let value = try cursor.readNumber(UInt64.self)
      try cursor.expectEnd()
      if !range.contains(word: value) { selection.clear() }
      return true
    case (.orderedFloat, .doubles(let range)):
      let layout = try OrderedFloat(decoding: &cursor)
      return try keep(
        &cursor, page, width: layout.width, rowCount: rowCount, in: layout.packedRange(range),
        selection: &selection)
    case (.decimalFloat, .doubles(let range)):
      let layout = try DecimalFloat(decoding: &cursor, count: rowCount)
      // Exceptions stand beside the packed numbers.
      guard layout.exceptionCount == 0 else { return false }
      return try keep(
        &cursor, page, width: layout.width, rowCount: rowCount, in: layout.packedRange(range),
        selection: &selection)
    case (.frameOfReference, .integers(let range)):
      let layout = try FrameOfReference(decoding: &cursor)
      return try keep(
        &cursor, page, width: layout.width, rowCount: rowCount, in: layout.packedRange(range),
        selection: &selection)
    default:
      return false
    }
  }

  private static func keep(
    _ cursor: inout PageCursor, _ page: Span<UInt8>, width: Int, rowCount: Int,
    in range: PackedRange?, selection: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) -> Bool {
    let packed = try cursor.skipPacked(count: rowCount, width: width)
    try cursor.expectEnd()
    guard let range else { return false }
    PackedSelectionKernels.keep(
      page.extracting(packed), width: width, count: rowCount, in: range, selection: &selection)
    return true
  }
}

extension ColumnBuffer where Element == UInt64 {
  /// Sets every word to 0.
  package mutating func clear() {
    let count = count
    removeAll()
    resize(to: count, filling: 0)
  }
}
