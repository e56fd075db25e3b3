/// Numbers as people write them: decimal digits alone, never `nan`, `inf` or hexadecimal.
package enum DecimalText {
  /// A finite number: sign, digits, fraction, exponent.
  package static func parse(_ text: some StringProtocol) -> Double? {
    let allowed = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte)
    }
    guard allowed, let number = Double(text), number.isFinite else { return nil }
    return number
  }

  /// A number without sign that fits.
  package static func parseCount(_ text: String) -> Int? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text)
  }
}
