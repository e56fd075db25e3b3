internal import LakeBytes
internal import TripModel

/// The rows that a question must be answered with, in their order.
///
/// A row names the members that are compared; an answer may have more.
struct BenchAnswer {
  let rows: [[JSONMember]]

  init(to question: BenchQuestion, _ tally: BenchTally) {
    rows =
      switch question {
      case .weeklyAll: Self.byRegion(tally.cities, spans: tally.cities.map(\.span))
      case .weeklyOne:
        [
          Self.average(
            tally.cities[BenchTally.largestCity], over: tally.cities[BenchTally.largestCity].span)
        ]
      case .boxSmall: [Self.average(tally.smallBox, over: tally.all.span)]
      case .boxHalf: [Self.average(tally.halfCity, over: tally.all.span)]
      case .boxEight: Self.byRegion(tally.eightCities, spans: tally.cities.map(\.span))
      case .sourceHour: Self.sourceHours(tally)
      case .similar: tally.largestGroups.map { Self.group($0.trips, $0.count) }
      case .latestSource: Self.latestSources(tally)
      case .regionsOfSource: Self.regionsOfSource(tally)
      }
  }

  /// Whether the rows of a JSON answer are these.
  func isMet(by answer: [JSONValue]) -> Bool {
    answer.count == rows.count
      && zip(answer, rows).allSatisfy { given, expected in
        expected.allSatisfy { Self.isSame(given[$0.name], $0.value) }
      }
  }

  private static func isSame(_ given: JSONValue?, _ expected: JSONValue) -> Bool {
    guard let given else { return false }
    if let number = expected.number { return given.number == number }
    return given == expected
  }

  /// The weekly average as `weekly` defines it: weeks without a trip count, from the first to the last of `span`.
  private static func average(
    _ weeks: BenchTally.Weeks, over span: ClosedRange<Int>?
  ) -> [JSONMember] {
    let count = span?.count ?? 0
    return [
      JSONMember("trips", .integer(Int64(weeks.total))),
      JSONMember("weeks", .integer(Int64(count))),
      JSONMember("active_weeks", .integer(Int64(weeks.activeCount))),
      JSONMember("average", count == 0 ? .null : .number(Double(weeks.total) / Double(count))),
    ]
  }

  /// A row for each region that has trips, in the order of their bytes.
  private static func byRegion(
    _ weeks: [BenchTally.Weeks], spans: [ClosedRange<Int>?]
  ) -> [[JSONMember]] {
    citiesByName.filter { spans[$0] != nil }.map { city in
      [region(city)] + average(weeks[city], over: spans[city])
    }
  }

  private static func sourceHours(_ tally: BenchTally) -> [[JSONMember]] {
    sourcesByName.flatMap { source in
      (0..<BenchTally.hourCount).compactMap { hour in
        let count = tally.sourceHours[source * BenchTally.hourCount + hour]
        guard count > 0 else { return nil }
        return [
          JSONMember("source", .string(BenchTripGenerator.sources[source])),
          JSONMember("hour", .integer(Int64(hour))), JSONMember("count", .integer(Int64(count))),
        ]
      }
    }
  }

  private static func group(_ trips: SimilarTrips, _ count: Int) -> [JSONMember] {
    let numbers = [
      ("origin_cell_x", trips.originX), ("origin_cell_y", trips.originY),
      ("destination_cell_x", trips.destinationX), ("destination_cell_y", trips.destinationY),
      ("hour", trips.hour),
    ]
    return numbers.map { JSONMember($0, .integer(Int64($1))) }
      + [JSONMember("count", .integer(Int64(count)))]
  }

  /// The two regions of the most trips, each with the source of its latest trip; of equal ones the first by name.
  private static func latestSources(_ tally: BenchTally) -> [[JSONMember]] {
    let commonest = citiesByName.filter { tally.cities[$0].total > 0 }.enumerated().sorted {
      let counts = (tally.cities[$0.element].total, tally.cities[$1.element].total)
      return counts.0 != counts.1 ? counts.0 > counts.1 : $0.offset < $1.offset
    }
    return commonest.prefix(2).map { _, city in
      let times = sourcesByName.map { tally.latestSeconds(city: city, source: $0) ?? .min }
      let latest = sourcesByName[times.firstIndex(of: times.max() ?? .min) ?? 0]
      return [
        region(city), JSONMember("count", .integer(Int64(tally.cities[city].total))),
        JSONMember("latest_source", .string(BenchTripGenerator.sources[latest])),
      ]
    }
  }

  private static func regionsOfSource(_ tally: BenchTally) -> [[JSONMember]] {
    citiesByName.compactMap { city in
      let count = tally.trips(city: city, source: BenchQuestion.rareSourceIndex)
      return count == 0 ? nil : [region(city), JSONMember("count", .integer(Int64(count)))]
    }
  }

  private static func region(_ city: Int) -> JSONMember {
    JSONMember("region", .string(BenchCity.all[city].name.displayText))
  }

  private static let citiesByName = BenchCity.all.indices.sorted {
    BenchCity.all[$0].name < BenchCity.all[$1].name
  }

  private static let sourcesByName = BenchTripGenerator.sources.indices.sorted {
    ByteString(BenchTripGenerator.sources[$0]) < ByteString(BenchTripGenerator.sources[$1])
  }
}
