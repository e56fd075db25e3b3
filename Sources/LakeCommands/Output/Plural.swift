/// Counts in sentences for people.
enum Plural {
  /// `1 file`, `1,200 files`.
  static func count(_ count: some BinaryInteger, _ noun: String) -> String {
    "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// The digits in groups of three.
  static func grouped(_ count: some BinaryInteger) -> String {
    let digits = Array(String(count))
    return digits.indices.reduce(into: "") { text, index in
      let isBorder = index > 0 && (digits.count - index) % 3 == 0 && digits[index - 1] != "-"
      text += isBorder ? ",\(digits[index])" : String(digits[index])
    }
  }
}
