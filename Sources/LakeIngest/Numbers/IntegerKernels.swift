/// Reads whole numbers from the bytes of one field: an optional sign and digits, that fit 64 bits.
///
/// Unchecked: the bytes from `start` up to `end` belong to the caller's buffer.
enum IntegerKernels {
  /// - Returns: `nil` where the text is anything else, or too large.
  static func parse(_ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) -> Int64? {
    var cursor = start
    let isNegative = cursor < end && cursor.pointee == Ascii.minus
    if isNegative || (cursor < end && cursor.pointee == Ascii.plus) { cursor += 1 }
    guard cursor < end else { return nil }
    var number: Int64 = 0
    while cursor < end {
      let digit = cursor.pointee &- Ascii.zero
      guard digit < 10 else { return nil }
      // Counted down, so that the smallest number fits too.
      let (product, isTooLarge) = number.multipliedReportingOverflow(by: 10)
      let (difference, isPast) = product.subtractingReportingOverflow(Int64(digit))
      guard !isTooLarge, !isPast else { return nil }
      number = difference
      cursor += 1
    }
    if isNegative { return number }
    return number == .min ? nil : -number
  }
}
