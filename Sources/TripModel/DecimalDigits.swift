/// Decimal digits of dates and times, appended to bytes and read from them. No locale, no `String`.
enum DecimalDigits {
  /// Appends `number` with at least `width` digits, zeros first; a negative number gets a sign before them.
  static func append(_ number: Int, width: Int, to bytes: inout [UInt8]) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    while bytes.count - start < width { bytes.append(UInt8(ascii: "0")) }
    bytes[start...].reverse()
  }

  /// Appends a number from 0 to 99 as two digits.
  @inline(__always)
  static func appendPair(_ number: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
  }

  /// The number that the `count` bytes from `start` spell, or `nil` where one of them is not a digit or
  /// lies beyond the end.
  @inline(__always)
  static func parse(_ text: Span<UInt8>, from start: Int, count: Int) -> Int? {
    guard start >= 0, start <= text.count, count <= text.count - start else { return nil }
    var number = 0
    for index in start..<start + count {
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      number = number * 10 + Int(digit)
    }
    return number
  }
}
