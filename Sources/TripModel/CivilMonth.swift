/// A month of the Gregorian calendar.
package struct CivilMonth: Hashable, Comparable, Sendable {
  /// Months since January of the year 0.
  package let index: Int

  package init(index: Int) {
    self.index = index
  }

  /// The month of a day.
  ///
  /// - Parameter dayNumber: Days since 1970-01-01.
  package init(dayNumber: Int) {
    let date = CivilDate(dayNumber: dayNumber)
    index = date.year * 12 + date.month - 1
  }

  package static func < (left: CivilMonth, right: CivilMonth) -> Bool {
    left.index < right.index
  }
}

extension CivilMonth {
  /// `YYYY-MM`, the year as in `CivilDate.text`.
  package var text: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what `text` gives.
  package func append(to bytes: inout [UInt8]) {
    let year = index >= 0 ? index / 12 : (index - 11) / 12
    DecimalDigits.append(year, width: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    DecimalDigits.appendPair(index - year * 12 + 1, to: &bytes)
  }
}
