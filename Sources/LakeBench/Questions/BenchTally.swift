internal import LakeStore
internal import TripModel

/// What there is to know of the generated trips to answer the bench's questions, counted straight from the
/// generator: no file is read, and no part of the engine takes part.
struct BenchTally: Sendable {
  /// Trips of each week, and what follows from them.
  struct Weeks: Hashable, Sendable {
    private(set) var trips = [Int](repeating: 0, count: BenchTripGenerator.weekCount)

    mutating func count(_ week: Int) { trips[week] += 1 }

    mutating func add(_ other: Weeks) {
      for week in trips.indices { trips[week] += other.trips[week] }
    }

    var total: Int { trips.reduce(0, +) }
    var activeCount: Int { trips.count { $0 > 0 } }

    /// From the first week that has a trip to the last; `nil` without any.
    var span: ClosedRange<Int>? {
      guard let first = trips.firstIndex(where: { $0 > 0 }),
        let last = trips.lastIndex(where: { $0 > 0 })
      else { return nil }
      return first...last
    }
  }

  static let cityCount = BenchCity.all.count
  static let sourceCount = BenchTripGenerator.sources.count
  static let hourCount = 24
  /// How many of the largest groups of similar trips are kept.
  static let groupCount = 20
  /// The city whose trips are grouped by source and hour: the largest.
  static let largestCity = 0

  private(set) var cities = [Weeks](repeating: Weeks(), count: cityCount)
  private(set) var smallBox = Weeks()
  private(set) var halfCity = Weeks()
  private(set) var eightCities = [Weeks](repeating: Weeks(), count: cityCount)
  /// By source, then hour.
  private(set) var sourceHours = [Int](repeating: 0, count: sourceCount * hourCount)
  /// Trips, and the time of the latest one (`Int64.min` without any), by city, then source.
  private var sourceTrips = [Int](repeating: 0, count: cityCount * sourceCount)
  private var latestSeconds = [Int64](repeating: .min, count: cityCount * sourceCount)

  /// Of similar trips, the largest first.
  private(set) var largestGroups: [(trips: SimilarTrips, count: Int)] = []

  /// Trips of all cities.
  var all: Weeks {
    cities.reduce(into: Weeks()) { $0.add($1) }
  }

  func trips(city: Int, source: Int) -> Int { sourceTrips[city * Self.sourceCount + source] }

  /// Seconds since 1970-01-01 UTC; `nil` without any trip.
  func latestSeconds(city: Int, source: Int) -> Int64? {
    let seconds = latestSeconds[city * Self.sourceCount + source]
    return seconds == .min ? nil : seconds
  }

  /// Counts all rows; O(rows).
  ///
  /// - Throws: `BenchError.interrupted`.
  init(of data: BenchData, threadCount: Int, isInterrupted: @escaping @Sendable () -> Bool) throws {
    let sum = Monitor(BenchTally())
    let rows = BenchRows(data, threadCount: threadCount, isInterrupted: isInterrupted)
    try rows.run { rows, generator in
      var tally = BenchTally()
      for row in rows { tally.count(generator.trip(row)) }
      sum.withLock { $0.add(tally) }
    }
    self = sum.withLock { $0 }
    largestGroups = try SimilarTrips.largest(Self.groupCount, of: rows)
  }

  private init() {}

  private mutating func count(_ trip: BenchTrip) {
    let week = (Int(trip.seconds / 86_400) - BenchTripGenerator.firstDayNumber) / 7
    cities[trip.city].count(week)
    let origin = (x: trip.originX, y: trip.originY)
    if BenchBox.small.contains(x: origin.x, y: origin.y) { smallBox.count(week) }
    if BenchBox.halfCity.contains(x: origin.x, y: origin.y) { halfCity.count(week) }
    if BenchBox.eightCities.contains(x: origin.x, y: origin.y),
      BenchBox.eightCities.contains(x: trip.destinationX, y: trip.destinationY)
    {
      eightCities[trip.city].count(week)
    }
    if trip.city == Self.largestCity {
      sourceHours[trip.source * Self.hourCount + Int(trip.seconds / 3600 % 24)] += 1
    }
    let key = trip.city * Self.sourceCount + trip.source
    sourceTrips[key] += 1
    latestSeconds[key] = max(latestSeconds[key], trip.seconds)
  }

  private mutating func add(_ other: BenchTally) {
    for city in cities.indices {
      cities[city].add(other.cities[city])
      eightCities[city].add(other.eightCities[city])
    }
    smallBox.add(other.smallBox)
    halfCity.add(other.halfCity)
    for key in sourceHours.indices { sourceHours[key] += other.sourceHours[key] }
    for key in sourceTrips.indices {
      sourceTrips[key] += other.sourceTrips[key]
      latestSeconds[key] = max(latestSeconds[key], other.latestSeconds[key])
    }
  }
}
