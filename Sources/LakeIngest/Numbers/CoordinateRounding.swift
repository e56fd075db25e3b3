/// Rounds coordinates to a number of decimals.
///
/// The degrees times 10^decimals are rounded to the nearest whole number, half away from zero, and divided by
/// 10^decimals, all in doubles: so the result is the double nearest to a decimal, which prints as that
/// decimal. Zero has no sign. Specified in `formats/csv-input.md`.
struct CoordinateRounding {
  /// With more, 180 degrees are no longer an exact whole number of units in a double.
  static let decimals = 0...13

  private let power: Double

  /// - Precondition: `decimals` is one of `CoordinateRounding.decimals`.
  init(decimals: Int) {
    precondition(Self.decimals.contains(decimals))
    // Every product is an exact double.
    power = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
  }

  func round(_ degrees: Double) -> Double {
    (degrees * power).rounded(.toNearestOrAwayFromZero) / power + 0
  }
}
