/// A bounding box whose edges are thousandths of a degree, so that they have the same meaning as text, as a
/// double, and in the generator's units.
struct BenchBox: Hashable, Sendable {
  let west: Int64
  let south: Int64
  let east: Int64
  let north: Int64

  /// A hundredth of Berlin.
  static let small = BenchBox(west: 13_386, south: 52_483, east: 13_454, north: 52_517)
  static let halfCity = BenchBox(west: 13_080, south: 52_330, east: 13_420, north: 52_670)
  /// Eight cities of Europe, from Lisbon to Berlin, whole or in part.
  static let eightCities = BenchBox(west: -10_000, south: 38_000, east: 14_000, north: 54_000)

  private static let unit = BenchTrip.degree / 1000

  /// Whether a place in the generator's units lies in the box; edges are included.
  func contains(x: Int64, y: Int64) -> Bool {
    x >= west * Self.unit && x <= east * Self.unit && y >= south * Self.unit
      && y <= north * Self.unit
  }

  /// The value of `--bbox`.
  var text: String {
    [west, south, east, north].map(Self.degrees).joined(separator: ",")
  }

  private static func degrees(_ thousandths: Int64) -> String {
    let fraction = String(thousandths.magnitude % 1000 + 1000).dropFirst()
    return "\(thousandths < 0 ? "-" : "")\(thousandths.magnitude / 1000).\(fraction)"
  }
}
