/// Finds the power of ten of which the doubles of a page are whole numbers.
struct DecimalSearch: ~Copyable {
  /// So many values, evenly taken from the page, decide which power is tried.
  private static let sampleCount = 32

  /// The integers of the last page, for a plan that is `decimalFloat`.
  private(set) var integers = ColumnBuffer<UInt64>()
  private var sample = ColumnBuffer<UInt64>()

  /// The parameters that store `words` in the fewest bytes.
  ///
  /// - Returns: `nil` unless the body is at most `limit` bytes long; then `integers` means nothing.
  /// - Precondition: `words` is not empty.
  /// - Complexity: O(1) where a sample shows that it is not worth it.
  mutating func plan(_ words: Span<UInt64>, atMost limit: Int) -> DecimalFloat? {
    takeSample(words)
    guard let exponent = bestExponent(count: words.count, atMost: limit) else { return nil }
    let range = DecimalFloatKernels.integers(words, exponent: exponent, into: &integers)
    guard range.minimum <= range.maximum else { return nil }
    let page = DecimalFloat(
      exponent: exponent,
      packing: NumberPacking(width: BitPacking.width(of: UInt64(range.maximum - range.minimum))),
      reference: range.minimum, exceptionCount: range.exceptionCount)
    return page.byteCount(count: words.count) <= limit ? page : nil
  }

  private mutating func takeSample(_ words: Span<UInt64>) {
    sample.removeAll()
    let step = max(1, words.count / Self.sampleCount)
    for index in stride(from: 0, to: words.count, by: step) { sample.append(words[index]) }
  }

  /// The exponent that promises the smallest body, if that is at most `limit` bytes.
  private func bestExponent(count: Int, atMost limit: Int) -> Int? {
    // What is whole in a power is whole in the next one too, until the digits are too many.
    guard var best = largestExponent, var bits = bitsPerValue(exponent: best, count: count)
    else { return nil }
    while best > 0, let fewer = bitsPerValue(exponent: best - 1, count: count), fewer <= bits {
      best -= 1
      bits = fewer
    }
    return bits * Double(count) / 8 <= Double(limit) ? best : nil
  }

  /// The largest exponent that leaves the largest value of the sample fewer than 52 bits.
  private var largestExponent: Int? {
    var largest = 0.0
    for index in 0..<sample.count {
      let magnitude = Double(bitPattern: sample[index] & FloatOrder.magnitudeMask)
      if magnitude.isFinite { largest = max(largest, magnitude) }
    }
    return DecimalFloat.exponents.last { largest * DecimalFloat.power($0) < 0x1p52 }
  }

  /// What a value costs by the sample, exceptions included; `nil` where more than a quarter are exceptions.
  private func bitsPerValue(exponent: Int, count: Int) -> Double? {
    var (minimum, maximum) = (Int64.max, Int64.min)
    var exceptionCount = 0
    let power = DecimalFloat.power(exponent)
    for index in 0..<sample.count {
      let integer = DecimalFloatKernels.integer(sample[index], power)
      if integer == DecimalFloatKernels.exception {
        exceptionCount += 1
        if exceptionCount * 4 > sample.count { return nil }
      } else {
        minimum = min(minimum, Int64(bitPattern: integer))
        maximum = max(maximum, Int64(bitPattern: integer))
      }
    }
    let width = BitPacking.width(of: UInt64(maximum - minimum))
    let exceptionBits = 64 + DecimalFloat.placeWidth(count: count)
    return Double(width) + Double(exceptionCount * exceptionBits) / Double(sample.count)
  }
}
