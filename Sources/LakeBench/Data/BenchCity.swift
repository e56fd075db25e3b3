internal import TripModel

/// One region of the bench data: its name, its share of the trips, and where its trips go.
struct BenchCity: Sendable {
  let name: ByteString
  /// Its share of the trips, relative to the other cities'.
  let weight: Double
  /// Degrees.
  let west: Double
  let south: Double
  let width: Double
  let height: Double

  /// Twenty-four cities of unequal size. London lies on both sides of 0 degrees; names have blanks,
  /// letters beyond ASCII, a hyphen and a full stop.
  static let all: [BenchCity] = [
    BenchCity("London", 10, west: -0.51, south: 51.28, width: 0.84, height: 0.41),
    BenchCity("New York", 9, west: -74.26, south: 40.49, width: 0.56, height: 0.42),
    BenchCity("Paris", 8, west: 2.22, south: 48.81, width: 0.25, height: 0.09),
    BenchCity("Berlin", 7, west: 13.08, south: 52.33, width: 0.68, height: 0.34),
    BenchCity("São Paulo", 6.5, west: -46.83, south: -24.01, width: 0.47, height: 0.65),
    BenchCity("Madrid", 6, west: -3.89, south: 40.31, width: 0.37, height: 0.33),
    BenchCity("Rome", 5.5, west: 12.23, south: 41.65, width: 0.63, height: 0.49),
    BenchCity("Hamburg", 5, west: 9.73, south: 53.39, width: 0.60, height: 0.35),
    BenchCity("Prague", 4.5, west: 14.22, south: 49.94, width: 0.49, height: 0.24),
    BenchCity("Turin", 4.2, west: 7.51, south: 44.97, width: 0.23, height: 0.17),
    BenchCity("Zürich", 4, west: 8.44, south: 47.32, width: 0.19, height: 0.12),
    BenchCity("Kraków", 3.6, west: 19.79, south: 49.97, width: 0.43, height: 0.16),
    BenchCity("Barcelona", 3.3, west: 2.05, south: 41.32, width: 0.18, height: 0.15),
    BenchCity("Lisbon", 3, west: -9.23, south: 38.69, width: 0.14, height: 0.11),
    BenchCity("Vienna", 2.8, west: 16.18, south: 48.12, width: 0.40, height: 0.20),
    BenchCity("Copenhagen", 2.5, west: 12.45, south: 55.61, width: 0.20, height: 0.12),
    BenchCity("St. Petersburg", 2.2, west: 30.04, south: 59.80, width: 0.52, height: 0.29),
    BenchCity("東京", 2, west: 139.56, south: 35.52, width: 0.36, height: 0.30),
    BenchCity("Buenos Aires", 1.8, west: -58.53, south: -34.71, width: 0.20, height: 0.18),
    BenchCity("Sydney", 1.5, west: 150.98, south: -34.03, width: 0.36, height: 0.24),
    BenchCity("Cape Town", 1.2, west: 18.32, south: -34.10, width: 0.40, height: 0.30),
    BenchCity("Baden-Baden", 0.9, west: 8.16, south: 48.70, width: 0.15, height: 0.11),
    BenchCity("Reykjavík", 0.6, west: -22.02, south: 64.08, width: 0.33, height: 0.10),
    BenchCity("Nuuk", 0.4, west: -51.78, south: 64.15, width: 0.14, height: 0.06),
  ]

  private init(
    _ name: ByteString, _ weight: Double, west: Double, south: Double, width: Double,
    height: Double
  ) {
    self.name = name
    self.weight = weight
    self.west = west
    self.south = south
    self.width = width
    self.height = height
  }
}
