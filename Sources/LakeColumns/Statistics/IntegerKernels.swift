/// The smallest and largest of some signed words.
struct IntegerRange {
  var minimum: Int64
  var maximum: Int64

  /// The largest offset from the smallest value.
  var spread: UInt64 { UInt64(bitPattern: maximum &- minimum) }
}

enum IntegerKernels {
  /// - Precondition: `words` is not empty.
  static func range(_ words: Span<UInt64>) -> IntegerRange {
    var minimum = Int64.max
    var maximum = Int64.min
    // Safe because the closure reads inside the span alone.
    words.withUnsafeBufferPointer { buffer in
      for word in buffer {
        let value = Int64(bitPattern: word)
        minimum = value < minimum ? value : minimum
        maximum = value > maximum ? value : maximum
      }
    }
    return IntegerRange(minimum: minimum, maximum: maximum)
  }

  /// The greatest common divisor of all offsets from the first value; 0 where all values are equal.
  ///
  /// Offsets are taken modulo 2^64 from the smallest value, so they are true differences.
  static func commonDivisor(_ words: Span<UInt64>, minimum: Int64) -> UInt64 {
    let reference = UInt64(bitPattern: minimum)
    return words.withUnsafeBufferPointer { words in
      // The first words tell nearly always.
      let first = UnsafeBufferPointer(rebasing: words[..<min(words.count, sampleCount)])
      let divisor = commonDivisor(first, reference)
      if divisor == 1 || divisor > 1 && divides(words, reference, by: divisor) { return divisor }
      return commonDivisor(words, reference)
    }
  }

  private static let sampleCount = 64

  private static func commonDivisor(
    _ words: UnsafeBufferPointer<UInt64>, _ reference: UInt64
  ) -> UInt64 {
    var divisor: UInt64 = 0
    var test = DivisibilityTest(1)
    for word in words {
      let offset = word &- reference
      if divisor != 0 && test.divides(offset) { continue }
      divisor = greatestCommonDivisor(divisor, offset)
      if divisor == 1 { return 1 }
      if divisor != 0 { test = DivisibilityTest(divisor) }
    }
    return divisor
  }

  /// Whether `divisor` divides all offsets; a loop without a branch, which takes several words at once.
  private static func divides(
    _ words: UnsafeBufferPointer<UInt64>, _ reference: UInt64, by divisor: UInt64
  ) -> Bool {
    let test = DivisibilityTest(divisor)
    var rests: UInt64 = 0
    for index in 0..<words.count { rests |= test.divides(words[index] &- reference) ? 0 : 1 }
    return rests == 0
  }

  private static func greatestCommonDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
    var (left, right) = (left, right)
    while right != 0 { (left, right) = (right, left % right) }
    return left
  }
}

/// Whether a number is a multiple of a fixed divisor, without dividing.
///
/// Source: Granlund and Montgomery, "Division by Invariant Integers using Multiplication", section 9.
struct DivisibilityTest {
  /// The inverse of the divisor's odd part modulo 2^64.
  let inverse: UInt64
  let shift: UInt64
  private let largestQuotient: UInt64

  /// - Precondition: `divisor` is not 0.
  init(_ divisor: UInt64) {
    shift = UInt64(divisor.trailingZeroBitCount)
    let odd = divisor >> shift
    // Newton's iteration doubles the right bits: 3, 6, 12, 24, 48, 96.
    var inverse = odd &* 3 ^ 2
    for _ in 0..<5 { inverse = inverse &* (2 &- odd &* inverse) }
    self.inverse = inverse
    largestQuotient = UInt64.max / divisor
  }

  @inline(__always)
  func divides(_ number: UInt64) -> Bool {
    let product = number &* inverse
    let rotated = product &>> shift | product &<< ((64 &- shift) & 63)
    return (shift == 0 ? product : rotated) <= largestQuotient
  }

  /// The quotient of a multiple of the divisor.
  @inline(__always)
  func quotient(ofMultiple number: UInt64) -> UInt64 {
    (number &>> shift) &* inverse
  }
}
