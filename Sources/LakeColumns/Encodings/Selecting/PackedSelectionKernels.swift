internal import CVector

/// Loops over packed numbers that narrow down a selection of rows, 64 rows at a time.
enum PackedSelectionKernels {
  static let rowsPerWord = 64

  /// Takes from `selection` the rows whose number lies outside `range`. Runs of 64 rows of which none is
  /// selected are not even unpacked.
  ///
  /// - Parameters:
  ///   - packed: Exactly the bytes of `count` numbers of `width` bits.
  ///   - selection: One bit a row; bits past the last row are zero and stay so.
  static func keep(
    _ packed: Span<UInt8>, width: Int, count: Int, in range: PackedRange,
    selection: inout ColumnBuffer<UInt64>
  ) {
    switch range {
    case .none:
      forEachSelectedWord(packed, width, count, &selection) { _ in 0 }
    case .within(let range):
      let low = range.lowerBound
      let span = range.upperBound &- low
      forEachSelectedWord(packed, width, count, &selection) { bits($0, from: low, span: span) }
    case .signed(let positive, let negative):
      forEachSelectedWord(packed, width, count, &selection) {
        bits($0, above: 0, positive: positive, negative: negative)
      }
    }
  }

  /// Keeps of each word of the selection that is not zero the bits that `body` gives for its numbers.
  @inline(__always)
  private static func forEachSelectedWord(
    _ packed: Span<UInt8>, _ width: Int, _ count: Int, _ selection: inout ColumnBuffer<UInt64>,
    _ body: (_ numbers: UnsafePointer<UInt64>) -> UInt64
  ) {
    precondition(packed.count == BitPacking.byteCount(count: count, width: width))
    precondition(selection.count == ValidityBitmap.wordCount(rowCount: count))
    // Safe because each word's numbers begin inside `packed` and end there, and 64 have room. Where the last
    // word has fewer, the rest are zeros or those of a word before, whose rows are not selected.
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: rowsPerWord) { numbers in
      numbers.initialize(repeating: 0)
      guard let target = numbers.baseAddress else { return }
      packed.withUnsafeBytes { packed in
        selection.withUnsafeMutableBufferPointer { selection in
          for word in 0..<selection.count where selection[word] != 0 {
            let first = word * rowsPerWord
            let source = UnsafeRawBufferPointer(rebasing: packed[(first / 8 * width)...])
            BitPackingKernels.unpack(
              source, width: width, count: min(rowsPerWord, count - first), into: target)
            selection[word] &= body(UnsafePointer(target))
          }
        }
      }
    }
  }

  /// The bits of 64 rows, the first the lowest, whose number is at most `span` above `low`, modulo 2^64.
  ///
  /// Unchecked: there are 64 numbers.
  @inline(__always)
  static func bits(_ numbers: UnsafePointer<UInt64>, from low: UInt64, span: UInt64) -> UInt64 {
    numbers.withMemoryRebound(to: CUnsignedLongLong.self, capacity: rowsPerWord) {
      lake_numbers_within($0, low, span)
    }
  }

  /// The bits of 64 rows whose number lies in one of two ranges: the lowest bit of each, once `least` is added, is its
  /// sign, and the rest lies in the range of that sign.
  ///
  /// Unchecked: there are 64 numbers.
  @inline(__always)
  static func bits(
    _ numbers: UnsafePointer<UInt64>, above least: UInt64,
    positive: ClosedRange<UInt64>?, negative: ClosedRange<UInt64>?
  ) -> UInt64 {
    // No number without its lowest bit reaches the largest there is.
    let positive = positive ?? .max...UInt64.max
    let negative = negative ?? .max...UInt64.max
    return numbers.withMemoryRebound(to: CUnsignedLongLong.self, capacity: rowsPerWord) {
      lake_signed_numbers_within(
        $0, least, positive.lowerBound, positive.upperBound &- positive.lowerBound,
        negative.lowerBound, negative.upperBound &- negative.lowerBound)
    }
  }
}
