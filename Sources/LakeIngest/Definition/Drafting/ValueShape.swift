internal import TripModel

/// What a single value looks like.
enum ValueShape {
  /// What files write for a value that is not there, beside nothing at all.
  static let nullSpellings: [ByteString] = [
    "NULL", "\\N", "null", "NA", "N/A", "None", "nan", "NaN", "-",
  ]

  /// A decimal number within the grammar of CSV input.
  static func number(_ value: ByteString) -> Double? {
    let allowed = Set("0123456789+-.eE".utf8)
    guard !value.isEmpty, value.bytes.allSatisfy(allowed.contains),
      let number = value.text.flatMap(Double.init), number.isFinite
    else { return nil }
    return number
  }

  /// A whole number that keeps its digits when it is read: none that begins with a needless zero.
  static func integer(_ value: ByteString) -> Int64? {
    let digits = value.bytes.drop { $0 == Ascii.minus }
    guard !digits.isEmpty, digits.allSatisfy({ $0 &- Ascii.zero < 10 }),
      digits.count == 1 || digits.first != Ascii.zero
    else { return nil }
    return value.text.flatMap(Int64.init)
  }

  /// Digits behind the point.
  static func fractionDigitCount(_ value: ByteString) -> Int {
    guard let point = value.bytes.firstIndex(of: Ascii.point) else { return 0 }
    return value.bytes[(point + 1)...].prefix { $0 &- Ascii.zero < 10 }.count
  }

  static func isPoint(_ value: ByteString) -> Bool {
    let text = HeaderName.normalized(value).bytes
    return text.starts(with: "point".utf8)
      || (text.starts(with: "srid=".utf8) && text.contains(Ascii.leftParenthesis))
  }

  static func isBool(_ value: ByteString) -> Bool {
    ["true", "false", "t", "f", "yes", "no", "y", "n"].contains(HeaderName.normalized(value))
  }

  /// Whether the value can stand in a record, and not in a header.
  static func isData(_ value: ByteString) -> Bool {
    number(value) != nil || isPoint(value)
      || TimeLayoutGuess.candidates.contains {
        TimeLayoutKernels.isTime(value.bytes, layouts: [$0])
      }
  }
}
