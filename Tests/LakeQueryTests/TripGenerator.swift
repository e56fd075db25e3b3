import LakeTestSupport
import TripModel

@testable import LakeQuery

/// Trips and filters of a seed, made so that edges are met often: few distinct coordinates, times at the
/// borders of weeks and years, box edges that are some trip's own coordinates.
struct TripGenerator {
  var random: SeededRandom
  static let day: Int64 = 86_400_000_000
  /// Mondays 00:00 UTC of 2018-W52, 2019-W01, 2020-W01, 2020-W53, 2021-W01, and one before 1970.
  static let mondays: [Int64] = [17_889, 17_896, 18_260, 18_624, 18_631, -3].map { $0 * day }
  static let regions: [ByteString] = ["Prague", "Turin", "Hamburg", "São Paulo", "Fiji"]
  static let sources: [ByteString] = ["baba_car", "cheap_mobile", "pt_search_app", "ž", ""]

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[random.integer(in: 0..<elements.count)]
  }

  mutating func longitude(near region: ByteString) -> Double {
    if random.chance(0.05) { return pick([0.0, -0.0, 180, -180]) }
    let steps = Double(random.integer(in: 0..<12))
    switch region {
    case "Fiji":
      let x = 178 + steps / 2
      return x > 180 ? x - 360 : x
    case "Hamburg": return -0.03 + steps / 200
    default: return 14 + steps / 10 + (random.chance(0.3) ? random.fraction() / 10 : 0)
    }
  }

  mutating func latitude() -> Double {
    if random.chance(0.05) { return pick([0.0, -0.0, 90, -90]) }
    return 50 + Double(random.integer(in: 0..<12)) / 10
  }

  mutating func time() -> Int64 {
    let monday = pick(Self.mondays)
    switch random.integer(in: 0..<4) {
    case 0: return monday + Int64(random.integer(in: -2..<3))
    case 1: return monday + Self.day * 7 - Int64(random.integer(in: 0..<3))
    default: return monday + Int64(random.fraction() * Double(7 * Self.day))
    }
  }

  mutating func trip() -> TestTrip {
    let region = pick(Self.regions)
    let origin = TestTrip.Point(longitude(near: region), latitude())
    let hasDestination = region != "Turin" && !random.chance(0.1)
    let destination = hasDestination ? TestTrip.Point(longitude(near: region), latitude()) : nil
    // One region has one source, whose blocks statistics can count by source.
    return TestTrip(
      region: region, origin: origin, destination: destination, time: time(),
      source: region == "Fiji" ? Self.sources[3] : pick(Self.sources))
  }

  mutating func trips(_ count: Int) -> [TestTrip] {
    (0..<count).map { _ in trip() }
      // Some order in space, so that blocks are small patches and pruning has work to do.
      .sorted { $0.origin.x < $1.origin.x }
  }
}

extension TripGenerator {
  mutating func filter(_ trips: [TestTrip]) -> TripFilter {
    var filter = TripFilter.all
    if random.chance(0.4) {
      filter.regions = (0..<random.integer(in: 0..<4)).map { _ in pick(trips).region }
    }
    if random.chance(0.4) {
      let names = Self.sources + ["unheard of"]
      filter.sources = (0..<random.integer(in: 0..<4)).map { _ in pick(names) }
    }
    if random.chance(0.3) {
      let (a, b) = (ISOWeek(dayNumber: day()), ISOWeek(dayNumber: day()))
      filter.weeks = min(a, b)...max(a, b)
    }
    if random.chance(0.5) { filter.time = timeRange(trips) }
    if random.chance(0.3) { filter.weekHours = weekHours() }
    for _ in 0..<random.integer(in: 0..<3) {
      if let box = filterBox(trips) {
        filter.boxes.append(BoxCondition(box, at: pick(BoxPlace.allCases)))
      }
    }
    if random.chance(0.3) { filter.comparisons.append(comparison(trips)) }
    if random.chance(0.1) { filter.comparisons.append(comparison(trips)) }
    return filter
  }

  /// A comparison of a role with a value that mostly occurs.
  mutating func comparison(_ trips: [TestTrip]) -> ColumnComparison {
    let order = pick(ColumnComparison.Order.allCases)
    let trip = pick(trips)
    let column = pick([
      ColumnID.region, .originX, .originY, .destinationX, .destinationY, .startTime, .source,
    ])
    if random.chance(0.15) {
      return ColumnComparison(column: column, random.chance(0.5) ? .isNull : .isNotNull)
    }
    switch column {
    case .region: return ColumnComparison(column: column, .text(order, trip.region))
    case .source: return ColumnComparison(column: column, .text(order, pick(Self.sources)))
    case .startTime:
      let time = pick([trip.time, trip.time + 1, .min, .max])
      return ColumnComparison(column: column, .integer(order, time))
    default:
      let (point, isX) = (
        trip.destination ?? trip.origin, column == .originX || column == .destinationX
      )
      let number = random.chance(0.2) ? pick([0, -0.0, 51, 14]) : isX ? point.x : point.y
      return ColumnComparison(column: column, .number(order, number))
    }
  }

  private mutating func day() -> Int {
    Int(pick(Self.mondays) / Self.day) + random.integer(in: -8..<9)
  }

  /// Often all hours of some days or some hours of all days.
  mutating func weekHours() -> WeekHours {
    func some(_ range: ClosedRange<Int>) -> Set<Int> {
      if random.chance(0.3) { return Set(range) }
      let share = random.fraction()
      return Set(range.filter { _ in random.chance(share) })
    }
    return WeekHours(hours: some(WeekHours.hoursOfDay), weekdays: some(WeekHours.weekdays))
  }

  private mutating func timeRange(_ trips: [TestTrip]) -> TimeRange {
    func end(_ generator: inout TripGenerator) -> Int64? {
      switch generator.random.integer(in: 0..<4) {
      case 0: nil
      case 1: generator.pick(trips).time + Int64(generator.random.integer(in: 0..<2))
      case 2: generator.pick(Self.mondays) + Int64(generator.random.integer(in: -1..<2))
      default: generator.time()
      }
    }
    return TimeRange(start: end(&self), end: end(&self))
  }

  /// A box whose edges are mostly coordinates that occur.
  mutating func filterBox(_ trips: [TestTrip]) -> BoundingBox? {
    func corner(_ generator: inout TripGenerator) -> TestTrip.Point {
      let trip = generator.pick(trips)
      if generator.random.chance(0.1) {
        return generator.pick([.init(-180, -90), .init(180, 90), .init(0, 0), .init(-0.0, 50)])
      }
      let point = generator.random.chance(0.5) ? trip.destination ?? trip.origin : trip.origin
      return generator.random.chance(0.2) ? .init(point.x.nextUp, point.y.nextDown) : point
    }
    let (a, b) = (corner(&self), corner(&self))
    let crosses = random.chance(0.2)
    let (low, high) = (Double.minimum(a.x, b.x), Double.maximum(a.x, b.x))
    return BoundingBox(
      west: crosses ? high : low, south: Double.minimum(a.y, b.y), east: crosses ? low : high,
      north: Double.maximum(a.y, b.y))
  }

  /// A box, or triangles whose corners are mostly places that occur.
  mutating func shape(_ trips: [TestTrip]) -> AreaShape? {
    guard random.chance(0.6) else { return filterBox(trips).map { .box($0) } }
    let polygons = (0..<random.integer(in: 1..<3)).compactMap { _ in
      Polygon(
        rings: (0..<random.integer(in: 1..<3)).map { _ in
          (0..<random.integer(in: 3..<6)).map { _ in
            let trip = pick(trips)
            let point = random.chance(0.5) ? trip.destination ?? trip.origin : trip.origin
            return Polygon.Point(x: point.x, y: point.y)
          }
        })
    }
    return polygons.isEmpty ? nil : .polygons(polygons)
  }
}
