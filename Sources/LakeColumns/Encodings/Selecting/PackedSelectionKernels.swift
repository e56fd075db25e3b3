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
      forEachSelectedWord(packed, width, count, &selection) { numbers in
        bits { numbers[$0] &- low <= span }
      }
    case .signed(let positive, let negative):
      // No number without its lowest bit reaches the largest there is.
      let positive = positive ?? .max...UInt64.max
      let negative = negative ?? .max...UInt64.max
      let (positiveLow, negativeLow) = (positive.lowerBound, negative.lowerBound)
      let positiveSpan = positive.upperBound &- positiveLow
      let negativeSpan = negative.upperBound &- negativeLow
      forEachSelectedWord(packed, width, count, &selection) { numbers in
        bits { row in
          let isNegative = numbers[row] & 1 == 1
          let distance = numbers[row] &>> 1 &- (isNegative ? negativeLow : positiveLow)
          return distance <= (isNegative ? negativeSpan : positiveSpan)
        }
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

  /// The bits of 64 rows, the first the lowest.
  @inline(__always)
  static func bits(_ isKept: (_ row: Int) -> Bool) -> UInt64 {
    var bits: UInt64 = 0
    for row in (0..<rowsPerWord).reversed() { bits = bits &+ bits &+ (isKept(row) ? 1 : 0) }
    return bits
  }
}
