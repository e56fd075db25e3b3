extension CellGrid {
  /// What `init(text:)` reads.
  package static let textForms =
    "it is the side of a cell in degrees (0.01) or metres (500m), or geohash:N of N characters from 1 to 12"

  /// A grid as people name it: `0.01`, `500m`, `geohash:6`.
  ///
  /// - Returns: `nil` for anything else.
  package init?(text: String) {
    let geohash = "geohash:"
    if text.hasPrefix(geohash) {
      let digits = text.dropFirst(geohash.count)
      guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(digits) else {
        return nil
      }
      self.init(geohashLength: length)
    } else if text.hasSuffix("m") {
      guard let metres = Self.number(text.dropLast()) else { return nil }
      self.init(metres: metres)
    } else {
      guard let size = Self.number(text[...]) else { return nil }
      self.init(size: size)
    }
  }

  /// Decimal digits alone, never `nan`, `inf` or hexadecimal.
  private static func number(_ text: Substring) -> Double? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
      ? Double(text) : nil
  }
}
