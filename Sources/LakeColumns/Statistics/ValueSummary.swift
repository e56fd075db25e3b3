/// The exact range of the values of a page, as its zone map keeps it.
package struct ValueSummary: Hashable, Sendable {
  package var valueCount: Int
  package var nanCount: Int
  /// Over the values that are not NaN, in the order of the column's type; 0 where there is none.
  /// A float zero is written as -0.0 here and as +0.0 in `maximum`.
  package var minimum: UInt64
  package var maximum: UInt64

  package init(valueCount: Int, nanCount: Int, minimum: UInt64, maximum: UInt64) {
    self.valueCount = valueCount
    self.nanCount = nanCount
    self.minimum = minimum
    self.maximum = maximum
  }

  package static let empty = ValueSummary(valueCount: 0, nanCount: 0, minimum: 0, maximum: 0)
}

extension ValueSummary {
  init(_ range: IntegerRange, valueCount: Int) {
    self.init(
      valueCount: valueCount, nanCount: 0, minimum: UInt64(bitPattern: range.minimum),
      maximum: UInt64(bitPattern: range.maximum))
  }

  init(_ range: FloatRange, valueCount: Int) {
    let hasRange = range.nanCount < valueCount
    self.init(
      valueCount: valueCount, nanCount: range.nanCount,
      minimum: hasRange ? Self.widenedDown(FloatOrder.word(ofKey: range.minimumKey)) : 0,
      maximum: hasRange ? Self.widenedUp(FloatOrder.word(ofKey: range.maximumKey)) : 0)
  }

  private static func widenedDown(_ word: UInt64) -> UInt64 {
    word == 0 ? FloatOrder.signBit : word
  }

  private static func widenedUp(_ word: UInt64) -> UInt64 {
    word == FloatOrder.signBit ? 0 : word
  }
}
