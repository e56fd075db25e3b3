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
      let numbers = try cursor.skipNumbers(count: rowCount, layout.packing)
      try cursor.expectEnd()
      return keep(page, numbers, rowCount, in: layout.packedRange(range), &selection)
    case (.frameOfReference, .integers(let range)):
      let layout = try FrameOfReference(decoding: &cursor)
      let numbers = try cursor.skipNumbers(count: rowCount, layout.packing)
      try cursor.expectEnd()
      return keep(page, numbers, rowCount, in: layout.packedRange(range), &selection)
    case (.decimalFloat, .doubles(let range)):
      return try keepDecimals(page, &cursor, rowCount, in: range, &selection)
    default:
      return false
    }
  }

  private static func keep(
    _ page: Span<UInt8>, _ numbers: NumberPlaces, _ rowCount: Int, in range: PackedRange?,
    _ selection: inout ColumnBuffer<UInt64>
  ) -> Bool {
    guard let range else { return false }
    switch numbers {
    case .flat(let place, let width):
      PackedSelectionKernels.keep(
        page.extracting(place), width: width, count: rowCount, in: range, selection: &selection)
    case .framed(let places):
      FrameSelectionKernels.keep(
        page, places, count: rowCount, in: range, selection: &selection)
    }
    return true
  }

  /// What stands at the places of exceptions is no number of theirs, so they are decided after the others.
  private static func keepDecimals(
    _ page: Span<UInt8>, _ cursor: inout PageCursor, _ rowCount: Int,
    in range: ClosedRange<Double>, _ selection: inout ColumnBuffer<UInt64>
  ) throws(ColumnError) -> Bool {
    let layout = try DecimalFloat(decoding: &cursor, count: rowCount)
    let numbers = try cursor.skipNumbers(count: rowCount, layout.packing)
    var places = ColumnBuffer<UInt64>()
    try layout.readPlaces(&cursor, count: rowCount, into: &places)
    var keptPlaces: [Int] = []
    for index in 0..<places.count {
      let row = Int(places[index])
      let word = try cursor.readNumber(UInt64.self)
      if ValidityBitmap.isValid(selection.span, row: row),
        range.contains(Double(bitPattern: word))
      {
        keptPlaces.append(row)
      }
    }
    try cursor.expectEnd()
    guard keep(page, numbers, rowCount, in: layout.packedRange(range), &selection) else {
      return false
    }
    for index in 0..<places.count {
      selection[Int(places[index] / 64)] &= ~(1 << (places[index] % 64))
    }
    for row in keptPlaces { selection[row / 64] |= 1 << UInt64(row % 64) }
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
