extension CivilDate {
  /// The date that `text` spells as `YYYY-MM-DD`, or `nil` where it is anything else.
  ///
  /// Strict: four digits of the year (0001 to 9999), two of month and day, nothing before or after.
  package init?(text: Span<UInt8>) {
    let dash = UInt8(ascii: "-")
    guard text.count == 10, text[4] == dash, text[7] == dash,
      let year = DecimalDigits.parse(text, from: 0, count: 4), year >= 1,
      let month = DecimalDigits.parse(text, from: 5, count: 2),
      let day = DecimalDigits.parse(text, from: 8, count: 2)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  package init?(text: String) {
    let bytes = Array(text.utf8)
    self.init(text: bytes.span)
  }

  /// `YYYY-MM-DD`. A year before 0 has a sign, one after 9999 more digits.
  package var text: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what `text` gives.
  package func append(to bytes: inout [UInt8]) {
    if year >= 0 && year <= 9999 {
      DecimalDigits.appendPair(year / 100, to: &bytes)
      DecimalDigits.appendPair(year % 100, to: &bytes)
    } else {
      DecimalDigits.append(year, width: 4, to: &bytes)
    }
    bytes.append(UInt8(ascii: "-"))
    DecimalDigits.appendPair(month, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    DecimalDigits.appendPair(day, to: &bytes)
  }
}
