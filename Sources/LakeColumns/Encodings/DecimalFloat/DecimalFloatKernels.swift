/// Integers of some doubles, and what is known of them.
struct DecimalRange {
  /// Over the values that are no exceptions; `minimum > maximum` where there is none.
  var minimum: Int64
  var maximum: Int64
  var exceptionCount: Int
}

enum DecimalFloatKernels {
  /// Stands for a value that is no whole number of the power of ten.
  static let exception = UInt64(bitPattern: .min)
  /// Below it, adding 2^52 leaves the nearest whole number in the low bits of the sum.
  private static let limit = 0x1p52

  /// Replaces `integers` by the whole numbers that the words are of 10^-exponent, `exception` for those that
  /// would not come back bit for bit.
  static func integers(
    _ words: Span<UInt64>, exponent: Int, into integers: inout ColumnBuffer<UInt64>
  ) -> DecimalRange {
    let power = DecimalFloat.power(exponent)
    var range = DecimalRange(minimum: .max, maximum: .min, exceptionCount: 0)
    integers.removeAll()
    // Safe because both pointers are followed for `words.count` elements, which both hold.
    integers.appendUnsafe(upTo: words.count) { target in
      words.withUnsafeBufferPointer { source in
        for index in 0..<source.count {
          let integer = integer(source[index], power)
          target[index] = integer
          if integer == exception {
            range.exceptionCount += 1
          } else {
            range.minimum = min(range.minimum, Int64(bitPattern: integer))
            range.maximum = max(range.maximum, Int64(bitPattern: integer))
          }
        }
      }
      return words.count
    }
    return range
  }

  /// The integer of one double, or `exception`.
  @inline(__always)
  static func integer(_ word: UInt64, _ power: Double) -> UInt64 {
    let magnitude = Double(bitPattern: word & FloatOrder.magnitudeMask) * power
    // False for NaNs too.
    guard magnitude < limit else { return exception }
    let sum = magnitude + limit
    let quotient = (sum - limit) / power
    guard quotient.bitPattern | word & FloatOrder.signBit == word, word != FloatOrder.signBit else {
      return exception
    }
    let sign = UInt64(bitPattern: Int64(bitPattern: word) &>> 63)
    return (sum.bitPattern &- limit.bitPattern) ^ sign &- sign
  }

  /// Replaces `offsets` by integer - reference, 0 for exceptions, and `places` by the exceptions' indexes.
  static func offsets(
    _ integers: Span<UInt64>, reference: Int64, into offsets: inout ColumnBuffer<UInt64>,
    places: inout ColumnBuffer<UInt64>
  ) {
    let reference = UInt64(bitPattern: reference)
    offsets.removeAll()
    places.removeAll()
    // Safe because both pointers are followed for `integers.count` elements, which both hold.
    offsets.appendUnsafe(upTo: integers.count) { target in
      integers.withUnsafeBufferPointer { source in
        for index in 0..<source.count {
          let isException = source[index] == exception
          target[index] = isException ? 0 : source[index] &- reference
          if isException { places.append(UInt64(index)) }
        }
      }
      return integers.count
    }
  }

  /// Replaces each packed number by the word of (reference + number) / 10^exponent.
  ///
  /// The sum, modulo 2^64, is taken as signed and becomes the nearest double by parts of 32 bits, which vector
  /// instructions can do: the high part is exact, and the sum of both is rounded once.
  static func restore(
    _ words: inout ColumnBuffer<UInt64>, reference: Int64, exponent: Int
  ) {
    let power = DecimalFloat.power(exponent)
    let reference = UInt64(bitPattern: reference) ^ 1 << 63
    let lowBase = (0x1p52).bitPattern
    let highBase = (0x1p84).bitPattern
    // Safe because the closure writes inside the buffer alone.
    words.withUnsafeMutableBufferPointer { buffer in
      for index in 0..<buffer.count {
        let biased = buffer[index] &+ reference
        let high = Double(bitPattern: biased &>> 32 | highBase) - (0x1p84 + 0x1p63 + 0x1p52)
        let low = Double(bitPattern: biased & 0xffff_ffff | lowBase)
        buffer[index] = ((high + low) / power).bitPattern
      }
    }
  }
}
