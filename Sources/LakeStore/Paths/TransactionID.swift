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

  /// - Parameter digits: As `hexadecimal` writes them; `nil` for anything else.
  init?(hexadecimal digits: some Collection<UInt8>) {
    guard digits.count == 32 else { return nil }
    var halves: [UInt64] = [0, 0]
    for (index, digit) in digits.enumerated() {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      halves[index / 16] = halves[index / 16] << 4 | UInt64(value)
    }
    self.init(high: halves[0], low: halves[1])
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
