internal import LakeBytes

/// The 128 random bits that name a transaction and all its files.
package struct TransactionID: Hashable, Sendable {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  package static func random() -> TransactionID {
    var generator = SystemRandomNumberGenerator()
    return TransactionID(high: generator.next(), low: generator.next())
  }

  /// 32 lower-case hexadecimal digits.
  package var hexadecimal: String {
    Digest128(high: high, low: low).hexadecimal
  }
}

extension TransactionID: Comparable {
  package static func < (left: TransactionID, right: TransactionID) -> Bool {
    left.high == right.high ? left.low < right.low : left.high < right.high
  }
}
