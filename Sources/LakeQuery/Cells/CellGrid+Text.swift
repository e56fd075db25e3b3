internal import TripModel

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
      guard let length = DecimalText.parseCount(String(text.dropFirst(geohash.count))) else {
        return nil
      }
      self.init(geohashLength: length)
    } else if text.hasSuffix("m") {
      guard let metres = DecimalText.parse(text.dropLast()) else { return nil }
      self.init(metres: metres)
    } else {
      guard let size = DecimalText.parse(text) else { return nil }
      self.init(size: size)
    }
  }
}
