/// What one pass over the doubles of a page learns.
struct FloatRange {
  /// The smallest and largest key of all values, NaNs included.
  var minimumKeyOfAll: Int64
  var maximumKeyOfAll: Int64
  /// The same without NaNs; meaningless where all are NaN.
  var minimumKey: Int64
  var maximumKey: Int64
  var nanCount: Int
  /// The bits in which any value differs from the first one.
  var differingBits: UInt64
}

/// The smallest and largest magnitude of the values of one sign.
struct MagnitudeRange {
  var minimum: UInt64
  var maximum: UInt64

  static let none = MagnitudeRange(minimum: .max, maximum: 0)

  var spread: UInt64 { minimum > maximum ? 0 : maximum &- minimum }

  mutating func include(_ magnitude: UInt64) {
    minimum = min(minimum, magnitude)
    maximum = max(maximum, magnitude)
  }
}

enum FloatKernels {
  /// - Precondition: `words` is not empty.
  static func range(_ words: Span<UInt64>) -> FloatRange {
    // Safe because the closure reads inside the span alone.
    words.withUnsafeBufferPointer { buffer in
      var minimum = Int64.max
      var maximum = Int64.min
      var differing: UInt64 = 0
      let first = buffer[0]
      for word in buffer {
        let key = FloatOrder.key(word)
        minimum = key < minimum ? key : minimum
        maximum = key > maximum ? key : maximum
        differing |= word ^ first
      }
      var range = FloatRange(
        minimumKeyOfAll: minimum, maximumKeyOfAll: maximum, minimumKey: minimum,
        maximumKey: maximum, nanCount: 0, differingBits: differing)
      if maximum > FloatOrder.infinityKey || minimum < ~FloatOrder.infinityKey {
        excludeNaNs(buffer, from: &range)
      }
      return range
    }
  }

  private static func excludeNaNs(
    _ buffer: UnsafeBufferPointer<UInt64>, from range: inout FloatRange
  ) {
    range.minimumKey = .max
    range.maximumKey = .min
    for word in buffer {
      if FloatOrder.isNaN(word) {
        range.nanCount += 1
      } else {
        let key = FloatOrder.key(word)
        range.minimumKey = min(range.minimumKey, key)
        range.maximumKey = max(range.maximumKey, key)
      }
    }
  }

  /// The magnitudes of each sign, for pages that hold both.
  static func magnitudes(
    _ words: Span<UInt64>
  ) -> (positive: MagnitudeRange, negative: MagnitudeRange) {
    words.withUnsafeBufferPointer { buffer in
      var positive = MagnitudeRange.none
      var negative = MagnitudeRange.none
      for word in buffer {
        if word & FloatOrder.signBit == 0 {
          positive.include(word)
        } else {
          negative.include(word & FloatOrder.magnitudeMask)
        }
      }
      return (positive, negative)
    }
  }
}
