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
        // Without branches and with variables of its own, so that several words go at once.
        var (minimum, maximum, exceptionCount) = (Int64.max, Int64.min, 0)
        for index in 0..<source.count {
          let integer = integer(source[index], power)
          let isException = integer == exception
          target[index] = integer
          exceptionCount &+= isException ? 1 : 0
          minimum = min(minimum, isException ? .max : Int64(bitPattern: integer))
          // No integer is below what stands for an exception.
          maximum = max(maximum, Int64(bitPattern: integer))
        }
        range = DecimalRange(
          minimum: minimum, maximum: maximum, exceptionCount: exceptionCount)
      }
      return words.count
    }
    return range
  }

  /// The integer of one double, or `exception`.
  @inline(__always)
  static func integer(_ word: UInt64, _ power: Double) -> UInt64 {
    let magnitude = Double(bitPattern: word & FloatOrder.magnitudeMask) * power
    let sum = magnitude + limit
    let quotient = (sum - limit) / power
    let comesBack = quotient.bitPattern | word & FloatOrder.signBit == word
    let isNegativeZero = word == FloatOrder.signBit
    let sign = UInt64(bitPattern: Int64(bitPattern: word) &>> 63)
    let integer = (sum.bitPattern &- limit.bitPattern) ^ sign &- sign
    // A NaN is not below the limit.
    return magnitude < limit && comesBack && !isNegativeZero ? integer : exception
  }

  /// Replaces `offsets` by integer - reference, 0 for exceptions, and `places` by the exceptions' indexes.
  static func offsets(
    _ integers: Span<UInt64>, reference: Int64, exceptionCount: Int,
    into offsets: inout ColumnBuffer<UInt64>, places: inout ColumnBuffer<UInt64>
  ) {
    let reference = UInt64(bitPattern: reference)
    offsets.removeAll()
    places.removeAll()
    // Safe because both pointers are followed for `integers.count` elements, which both hold.
    offsets.appendUnsafe(upTo: integers.count) { target in
      integers.withUnsafeBufferPointer { source in
        for index in 0..<source.count {
          target[index] = source[index] == exception ? 0 : source[index] &- reference
        }
        guard exceptionCount > 0 else { return }
        for index in 0..<source.count where source[index] == exception {
          places.append(UInt64(index))
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
