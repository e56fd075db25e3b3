internal import LakeQuery
internal import TripModel

/// Conditions of SQL put into a filter of the engine, which every row meets that meets the conditions.
///
/// Other rows may meet it too: SQLite checks the conditions themselves again. A value of another type than the column,
/// which SQLite may convert before it compares, asks nothing.
struct TripsConditions {
  /// Whether the conditions contradict each other.
  private(set) var isNeverMet = false
  private var regions: [ByteString]?
  private var sources: [ByteString]?
  private var weeks: [TripsFacts.Week]?
  private var time = TimeRange.always
  private var ranges: [ColumnID: ClosedDegrees] = [:]
  private let facts: TripsFacts

  init(_ plan: TripsPlan, _ arguments: [PlanArgument], _ facts: TripsFacts) {
    self.facts = facts
    for (term, argument) in zip(plan.terms, arguments) {
      // Nothing is equal to null, or greater or smaller.
      if argument == .value(.null) { isNeverMet = true }
      add(term, argument)
    }
    if regions?.isEmpty == true || weeks?.isEmpty == true { isNeverMet = true }
    if ranges.values.contains(where: \.isEmpty) { isNeverMet = true }
  }

  var filter: TripFilter {
    TripFilter(
      regions: regions, weeks: weekRange, time: time, sources: sources,
      boxes: [
        box(.originX, .originY, at: .origin), box(.destinationX, .destinationY, at: .destination),
      ].compactMap(\.self))
  }

  private var weekRange: ClosedRange<ISOWeek>? {
    guard let weeks, let first = weeks.first, let last = weeks.last else { return nil }
    return first.week...last.week
  }

  private func box(_ x: ColumnID, _ y: ColumnID, at place: BoxPlace) -> BoxCondition? {
    guard ranges[x] != nil || ranges[y] != nil else { return nil }
    let longitudes = ranges[x] ?? ClosedDegrees(limit: 180)
    let latitudes = ranges[y] ?? ClosedDegrees(limit: 90)
    return BoundingBox(
      west: longitudes.lower, south: latitudes.lower, east: longitudes.upper,
      north: latitudes.upper
    ).map { BoxCondition($0, at: place) }
  }

  private mutating func add(_ term: TripsPlan.Term, _ argument: PlanArgument) {
    switch term.column.kind {
    case .region:
      guard let condition = TextCondition(term, argument) else { return }
      regions = (regions ?? facts.regions).filter { condition.isMet(by: $0.bytes) }
    case .week:
      guard let condition = TextCondition(term, argument) else { return }
      weeks = (weeks ?? facts.weeks).filter { condition.isMet(by: $0.text) }
    case .text:
      guard let condition = TextCondition(term, argument),
        let names = sources ?? condition.names ?? facts.sources
      else { return }
      sources = names.filter { condition.isMet(by: $0.bytes) }
    case .real(let id): addDegrees(id, term.comparison, argument)
    case .localTime: addLocalTime(term.comparison, argument)
    case .epoch: addEpoch(term.comparison, argument)
    case .integer: break
    }
  }

  private mutating func addDegrees(
    _ id: ColumnID, _ comparison: PlanQuestion.Comparison, _ argument: PlanArgument
  ) {
    let number: Double
    switch argument {
    case .value(.real(let real)): number = real
    case .value(.integer(let integer)): number = Double(integer)
    default: return
    }
    let limit: Double = id == .originX || id == .destinationX ? 180 : 90
    var range = ranges[id] ?? ClosedDegrees(limit: limit)
    switch comparison {
    case .equal:
      range.lower = max(range.lower, number)
      range.upper = min(range.upper, number)
    case .greater: range.lower = max(range.lower, number.nextUp)
    case .greaterOrEqual: range.lower = max(range.lower, number)
    case .less: range.upper = min(range.upper, number.nextDown)
    case .lessOrEqual: range.upper = min(range.upper, number)
    }
    ranges[id] = range
  }

  private mutating func addEpoch(
    _ comparison: PlanQuestion.Comparison, _ argument: PlanArgument
  ) {
    // Times lie far inside; at the ends nothing is asked.
    let limit: Int64 = 1 << 62
    let (below, above): (Int64, Int64)
    switch argument {
    case .value(.integer(let number)) where abs(number >> 1) < limit >> 1:
      (below, above) = (number, number)
    case .value(.real(let number)) where abs(number) < Double(limit):
      (below, above) = (Int64(number.rounded(.down)), Int64(number.rounded(.up)))
    default: return
    }
    narrowTime(comparison, first: below, last: above)
  }

  private mutating func addLocalTime(
    _ comparison: PlanQuestion.Comparison, _ argument: PlanArgument
  ) {
    guard facts.hasUsualYears, case .value(.text(let text)) = argument,
      let bound = LocalTextBound(text, zone: facts.zone)
    else { return }
    narrowTime(comparison, first: bound.first, last: bound.last)
  }

  private mutating func narrowTime(
    _ comparison: PlanQuestion.Comparison, first: Int64, last: Int64
  ) {
    switch comparison {
    case .equal: time = time.intersection(TimeRange(start: first, end: last + 1))
    case .greater, .greaterOrEqual: time = time.intersection(TimeRange(start: first, end: nil))
    case .less, .lessOrEqual: time = time.intersection(TimeRange(start: nil, end: last + 1))
    }
  }
}

/// Degrees from one through another; empty where they lie the wrong way around.
private struct ClosedDegrees: Hashable {
  var lower: Double
  var upper: Double

  init(limit: Double) {
    lower = -limit
    upper = limit
  }

  var isEmpty: Bool { lower > upper }
}

/// A condition on texts that are compared byte by byte.
private struct TextCondition {
  private let comparison: PlanQuestion.Comparison
  /// For an equality any of them; else the one.
  private let texts: [[UInt8]]

  /// - Returns: `nil` where a value is no text.
  init?(_ term: TripsPlan.Term, _ argument: PlanArgument) {
    comparison = term.comparison
    var texts: [[UInt8]] = []
    switch argument {
    case .value(.text(let text)): texts = [text]
    case .value: return nil
    case .list(let values):
      for value in values where value != .null {
        guard case .text(let text) = value else { return nil }
        texts.append(text)
      }
    }
    self.texts = texts
  }

  /// The texts that meet it, where they can be named.
  var names: [ByteString]? {
    comparison == .equal ? texts.map { ByteString(bytes: $0) } : nil
  }

  func isMet(by text: [UInt8]) -> Bool {
    switch comparison {
    case .equal: texts.contains(text)
    case .greater: texts.allSatisfy { $0.lexicographicallyPrecedes(text) }
    case .greaterOrEqual: texts.allSatisfy { !text.lexicographicallyPrecedes($0) }
    case .less: texts.allSatisfy { text.lexicographicallyPrecedes($0) }
    case .lessOrEqual: texts.allSatisfy { !$0.lexicographicallyPrecedes(text) }
    }
  }
}
