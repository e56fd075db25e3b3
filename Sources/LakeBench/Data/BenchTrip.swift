internal import TripModel

/// One generated trip. Coordinates are whole numbers of 10^-`decimals` degrees with at most 16 significant
/// digits, so that their text is exact.
struct BenchTrip {
  static let decimals = 15
  /// Units in a degree.
  static let degree: Int64 = 1_000_000_000_000_000

  let city: Int
  let originX: Int64
  let originY: Int64
  let destinationX: Int64
  let destinationY: Int64
  /// Seconds since 1970-01-01 UTC.
  let seconds: Int64
  let source: Int
}

/// Makes trips: hot spots in each city, rush hours, and weeks over a year's end.
struct BenchTripGenerator: Sendable {
  static let sources = [
    "funny_car", "baba_car", "cheap_mobile", "bad_diesel_vehicles", "pt_search_app",
    "city_bike", "night_bus", "taxi_hail", "scooter_now", "car_pool",
  ]
  static let weekCount = 52
  /// Monday of 2017-W27, so that the weeks run over New Year.
  static let firstDayNumber = 17_350

  private let seed: UInt64
  /// Where each city's share ends, of 2^32.
  private let cityEnds: [UInt32]
  /// Seconds of the day, at 1,024 equal shares of the trips.
  private let timesOfDay: [Int64]
  private let hotSpots: [[HotSpot]]

  private struct HotSpot {
    let x: Double
    let y: Double
    /// How far trips spread around it, in degrees.
    let spread: Double
  }

  init(seed: UInt64) {
    self.seed = seed
    let total = BenchCity.all.reduce(0) { $0 + $1.weight }
    var sum = 0.0
    cityEnds = BenchCity.all.map { city in
      sum += city.weight
      return UInt32(min(sum / total * 4_294_967_296, 4_294_967_295))
    }
    timesOfDay = Self.makeTimesOfDay()
    hotSpots = BenchCity.all.enumerated().map { index, city in
      var random = SplitMix64(seed: seed ^ 0x686f_7473_706f_7473, row: UInt64(index))
      return (0..<12).map { _ in
        HotSpot(
          x: city.west + city.width * (0.15 + 0.7 * random.fraction()),
          y: city.south + city.height * (0.15 + 0.7 * random.fraction()),
          spread: city.width * (0.02 + 0.06 * random.fraction()))
      }
    }
  }

  /// The trip of a row; O(1).
  func trip(_ row: UInt64) -> BenchTrip {
    var random = SplitMix64(seed: seed, row: row)
    let draw = random.next()
    let city = cityIndex(UInt32(truncatingIfNeeded: draw))
    let origin = place(in: city, &random)
    let destination = place(in: city, &random)
    let day = random.below(UInt64(Self.weekCount * 7))
    let slot = Int(draw >> 32 & 1023)
    let seconds =
      Int64(Self.firstDayNumber + Int(day)) * 86_400 + timesOfDay[slot]
      + Int64(random.below(UInt64(timesOfDay[slot + 1] - timesOfDay[slot])))
    // The first sources are the commonest: the smaller of two draws.
    let count = UInt64(Self.sources.count)
    return BenchTrip(
      city: city, originX: origin.x, originY: origin.y, destinationX: destination.x,
      destinationY: destination.y, seconds: seconds,
      source: Int(min(random.below(count), random.below(count))))
  }

  private func cityIndex(_ draw: UInt32) -> Int {
    var index = 0
    while index < cityEnds.count - 1, cityEnds[index] <= draw { index += 1 }
    return index
  }

  /// Two of three trips begin and end near a hot spot, the others anywhere in the city.
  private func place(in cityIndex: Int, _ random: inout SplitMix64) -> (x: Int64, y: Int64) {
    let city = BenchCity.all[cityIndex]
    let draw = random.next()
    var x = city.west + city.width * random.fraction()
    var y = city.south + city.height * random.fraction()
    if draw % 3 != 0 {
      let spot = hotSpots[cityIndex][Int(draw >> 32) % hotSpots[cityIndex].count]
      // The sum of three even spreads is bell-shaped enough.
      x = spot.x + spot.spread * (random.fraction() + random.fraction() + random.fraction() - 1.5)
      y = spot.y + spot.spread * (random.fraction() + random.fraction() + random.fraction() - 1.5)
    }
    return (Self.scaled(x, &random), Self.scaled(y, &random))
  }

  /// Whole units of 10^-15 degrees whose last digits are random too; 16 significant digits are kept.
  private static func scaled(_ degrees: Double, _ random: inout SplitMix64) -> Int64 {
    let units = Int64(degrees * 1e12) * 1000 + Int64(random.below(1000))
    let magnitude = units.magnitude
    let step: Int64 =
      magnitude >= 100 * BenchTrip.degree.magnitude
      ? 100 : magnitude >= 10 * BenchTrip.degree.magnitude ? 10 : 1
    return units - units % step
  }

  /// Rush hours at 8 and 17 o'clock over a low floor at night.
  private static func makeTimesOfDay() -> [Int64] {
    let hourly = [
      1.0, 0.6, 0.4, 0.3, 0.4, 0.9, 2.4, 5.2, 7.5, 5.0, 3.6, 3.8, 4.4, 4.2, 4.0, 4.6, 6.4, 8.2,
      7.0, 5.2, 3.8, 3.0, 2.4, 1.6,
    ]
    let total = hourly.reduce(0, +)
    var ends: [Int64] = [0]
    var hour = 0
    var before = 0.0
    for share in 1...1024 {
      let target = total * Double(share) / 1024
      while hour < 23, before + hourly[hour] < target {
        before += hourly[hour]
        hour += 1
      }
      let seconds = Double(hour) * 3600 + (target - before) / hourly[hour] * 3600
      ends.append(max((ends.last ?? 0) + 1, min(Int64(seconds), 86_400)))
    }
    return ends
  }
}
