internal import LakeBytes

/// The id of an event: a UUID of version 7 (RFC 9562), made so that ids ascend.
///
///     unix_ts_ms 48 | 7 | counter 12 | 2 | random 62
package struct EventID: Hashable, Sendable {
  private let high: UInt64
  private let low: UInt64

  private static let counterMask: UInt64 = 0xfff
  private static let variant: UInt64 = 1 << 63
  private static let randomMask: UInt64 = (1 << 62) - 1

  private init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The id of an event at `milliseconds` since 1970, above `last`.
  ///
  /// - Parameter random: Of which 62 bits are used.
  package init(after last: EventID?, milliseconds: UInt64, random: UInt64) {
    var time = max(milliseconds, last?.milliseconds ?? 0)
    var counter: UInt64 = 0
    if let last, last.milliseconds == time {
      counter = (last.high & Self.counterMask) + 1
      if counter > Self.counterMask {
        counter = 0
        time += 1
      }
    }
    high = (time << 16) | 0x7000 | counter
    low = Self.variant | (random & Self.randomMask)
  }

  package var milliseconds: UInt64 { high >> 16 }

  /// `019ab6f2-9c01-7000-8a3e-0123456789ab`.
  package var text: String {
    let digits = Array(Digest128(high: high, low: low).hexadecimal)
    let borders = [0, 8, 12, 16, 20, 32]
    return zip(borders, borders.dropFirst()).map { String(digits[$0..<$1]) }
      .joined(separator: "-")
  }

  /// - Returns: `nil` for a text that is not the id of an event.
  package init?(text: String) {
    let hyphens = [8, 13, 18, 23]
    let bytes = Array(text.utf8)
    guard bytes.count == 36, hyphens.allSatisfy({ bytes[$0] == UInt8(ascii: "-") }) else {
      return nil
    }
    let digits = bytes.indices.filter { !hyphens.contains($0) }.map { bytes[$0] }
    let isLowerCase = digits.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
    guard isLowerCase,
      let high = UInt64(String(decoding: digits[..<16], as: UTF8.self), radix: 16),
      let low = UInt64(String(decoding: digits[16...], as: UTF8.self), radix: 16),
      high >> 12 & 0xf == 7, low >> 62 == 2
    else { return nil }
    self.init(high: high, low: low)
  }
}

extension EventID: Comparable {
  package static func < (left: EventID, right: EventID) -> Bool {
    left.high == right.high ? left.low < right.low : left.high < right.high
  }
}
