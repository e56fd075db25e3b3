import LakeTestSupport
import Testing
import TripModel

@testable import LakeQuery

/// Weekly averages by their definition, over random trips, filters and weeks.
@Suite("Weekly averages equal their definition")
struct WeeklyLawTests {
  @Test(arguments: [21, 22, 23])
  func randomQuestions(seed: UInt64) throws {
    var generator = TripGenerator(seed: seed)
    let trips = generator.trips(700)
    let lake = try TestLake()
    try lake.add(trips)
    let reader = try LakeReader(lake.lake)
    let naive = NaiveAnswers(trips: trips)
    for number in 0..<100 {
      let question = question(&generator, trips)
      let answer = try question.answer(from: reader)
      let expected = naive.weekly(question)
      #expect(answer.rows == expected, "seed \(seed), question \(number): \(question)")
      if question.filter.boxes.isEmpty, question.filter.time == .always,
        question.filter.weekHours == nil, question.filter.comparisons.isEmpty,
        question.isWholeWeeks, question.grouping == .region
      {
        #expect(answer.explain.filesOpened == 0)
      }
    }
  }

  private func question(_ generator: inout TripGenerator, _ trips: [TestTrip]) -> WeeklyAverage {
    var question = WeeklyAverage(filter: generator.filter(trips))
    let isWhole = generator.random.chance(0.5)
    func day(_ generator: inout TripGenerator, _ weekday: Int) -> Int? {
      guard generator.random.chance(0.5) else { return nil }
      let day = Int(generator.pick(trips).time / TripGenerator.day)
      return isWhole ? ISOWeek(dayNumber: day).firstDayNumber + weekday : day
    }
    question.firstDay = day(&generator, 0)
    question.lastDay = day(&generator, 6)
    if let first = question.firstDay, let last = question.lastDay, first > last {
      question.lastDay = nil
    }
    switch generator.random.integer(in: 0..<3) {
    case 0: question.grouping = .region
    case 1: question.grouping = .none
    default:
      var boxes: [Area] = []
      for name in ["b", "a", "c", "d"].prefix(generator.random.integer(in: 1..<5)) {
        guard let shape = generator.shape(trips) else { continue }
        boxes.append(Area(name: ByteString(name), shape: shape))
      }
      question.grouping = .area(boxes, at: generator.pick(BoxPlace.allCases))
    }
    return question
  }
}

extension WeeklyAverage {
  fileprivate var isWholeWeeks: Bool {
    (firstDay.map { $0 == ISOWeek(dayNumber: $0).firstDayNumber } ?? true)
      && (lastDay.map { $0 == ISOWeek(dayNumber: $0).lastDayNumber } ?? true)
  }
}

extension NaiveAnswers {
  /// The rows of a question, for a zone of fixed offset.
  func weekly(_ question: WeeklyAverage) -> [WeeklyAverage.Row] {
    let named = question.filter.regions.map(Set.init)
    switch question.grouping {
    case .region:
      return Set(trips.map(\.region)).filter { named?.contains($0) ?? true }.sorted().map {
        region in
        var filter = question.filter
        filter.regions = [region]
        return row(region, question, filter, range: trips.filter { $0.region == region })
      }
    case .none:
      return [row(nil, question, question.filter, range: commonRange(named))]
    case .area(let areas, let place):
      return areas.map { area in
        var filter = question.filter
        filter.boxes.append(BoxCondition(area.shape, at: place))
        return row(area.name, question, filter, range: commonRange(named))
      }
    }
  }

  private func commonRange(_ named: Set<ByteString>?) -> [TestTrip] {
    guard let named, named.count == 1 else { return trips }
    return trips.filter { named.contains($0.region) }
  }

  private func day(_ trip: TestTrip) -> Int { zone.localDayNumber(ofMicroseconds: trip.time) }

  /// - Parameter range: The trips whose first and last week stand in for an end that is not given.
  private func row(
    _ name: ByteString?, _ question: WeeklyAverage, _ filter: TripFilter, range: [TestTrip]
  ) -> WeeklyAverage.Row {
    let days = range.map(day)
    let first = ISOWeek(dayNumber: question.firstDay ?? days.min() ?? 0)
    let last = ISOWeek(dayNumber: question.lastDay ?? days.max() ?? 0)
    guard first <= last else {
      return WeeklyAverage.Row(
        name: name, weeks: nil, activeWeeks: [], isFirstWeekPartial: false,
        isLastWeekPartial: false)
    }
    let counted = matching(filter).filter { trip in
      day(trip) >= question.firstDay ?? .min && day(trip) <= question.lastDay ?? .max
    }
    let active = Dictionary(grouping: counted, by: week).sorted { $0.key < $1.key }
      .filter { (first...last).contains($0.key) }
      .map { WeeklyAverage.WeekCount(week: $0.key, trips: $0.value.count) }
    let begins = [question.firstDay, days.min()].compactMap(\.self)
    let ends = [question.lastDay, days.max()].compactMap(\.self)
    return WeeklyAverage.Row(
      name: name, weeks: first...last, activeWeeks: active,
      isFirstWeekPartial: begins.contains {
        (first.firstDayNumber + 1...first.lastDayNumber) ~= $0
      },
      isLastWeekPartial: ends.contains { (last.firstDayNumber..<last.lastDayNumber) ~= $0 })
  }
}
