extension ISOWeek {
  /// The week that `text` spells as `YYYY-Www`, or `nil` where it is anything else.
  ///
  /// Strict: four digits of the ISO year (0001 to 9999), a capital W, two digits. A week that the year does
  /// not have, such as `2021-W53`, is `nil` and never the first week of the next year.
  package init?(text: Span<UInt8>) {
    guard text.count == 8, text[4] == UInt8(ascii: "-"), text[5] == UInt8(ascii: "W"),
      let year = DecimalDigits.parse(text, from: 0, count: 4), year >= 1,
      let week = DecimalDigits.parse(text, from: 6, count: 2)
    else { return nil }
    self.init(year: year, week: week)
  }

  package init?(text: String) {
    let bytes = Array(text.utf8)
    self.init(text: bytes.span)
  }

  /// `2018-W22`. A year before 0 has a sign, one after 9999 more digits.
  package var text: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what `text` gives.
  package func append(to bytes: inout [UInt8]) {
    DecimalDigits.append(year, width: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    bytes.append(UInt8(ascii: "W"))
    DecimalDigits.appendPair(week, to: &bytes)
  }
}
