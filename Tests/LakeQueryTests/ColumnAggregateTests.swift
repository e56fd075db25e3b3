import LakeTestSupport
import Testing
import TripModel

@testable import LakeQuery

/// Aggregates of columns equal loops over the rows.
@Suite struct ColumnAggregateTests {
  private static let parts: [GroupedCount.Key] = [
    .region, .week, .month, .day, .weekday, .hour, .slot, .source,
  ]

  private static func column(_ id: ColumnID) throws -> ColumnDefinition {
    try #require(TripSchema.trips.column(id))
  }

  /// The value of a column by its definition; `nil` for null.
  private static func value(_ id: ColumnID, _ trip: TestTrip) -> ColumnAggregate.Value? {
    switch id {
    case .region: .text(trip.region)
    case .source: .text(trip.source)
    case .startTime: .time(trip.time)
    case .originX: .number(trip.origin.x + 0)
    case .originY: .number(trip.origin.y + 0)
    case .destinationX: trip.destination.map { .number($0.x + 0) }
    default: trip.destination.map { .number($0.y + 0) }
    }
  }

  private static func isLess(_ left: ColumnAggregate.Value, _ right: ColumnAggregate.Value) -> Bool
  {
    switch (left, right) {
    case (.text(let a), .text(let b)): a < b
    case (.time(let a), .time(let b)): a < b
    case (.number(let a), .number(let b)): a < b
    default: false
    }
  }

  private static func measure(
    _ function: ColumnAggregate.Function, _ id: ColumnID, _ trips: [TestTrip]
  ) -> ColumnAggregate.Value {
    let values = trips.compactMap { value(id, $0) }
    switch function {
    case .count: return .integer(Int64(values.count))
    case .distinct: return .integer(Int64(Set(values).count))
    case .min: return values.min(by: isLess) ?? .none
    case .max: return values.max(by: isLess) ?? .none
    case .sum, .mean:
      let numbers = values.compactMap { if case .number(let number) = $0 { number } else { nil } }
      guard !numbers.isEmpty else { return .none }
      let sum = numbers.reduce(0, +)
      return .number(function == .sum ? sum : sum / Double(numbers.count))
    }
  }

  private static func isNear(_ left: ColumnAggregate.Value, _ right: ColumnAggregate.Value) -> Bool
  {
    if case .number(let a) = left, case .number(let b) = right {
      return abs(a - b) <= 1e-9 * max(1, abs(a))
    }
    return left == right
  }

  private static func measures() throws -> [ColumnAggregate.Measure] {
    var measures: [ColumnAggregate.Measure] = [.latestSource]
    for id in [ColumnID.region, .source, .startTime, .originX, .destinationY] {
      let column = try column(id)
      for function in ColumnAggregate.Function.allCases
      where column.type == .float64 || function != .sum && function != .mean {
        measures.append(.of(function, column))
      }
    }
    return measures
  }

  @Test(arguments: [41, 42])
  func randomGroupsByKeysThatAreNoColumns(seed: UInt64) throws {
    var sample = try ScanLawTests.Sample(seed: seed, count: 2500, filesPerPartition: 2)
    let measures = try Self.measures()
    for number in 0..<40 {
      let filter = sample.generator.filter(sample.naive.trips)
      let keys = Array(
        Self.parts.shuffled(using: &sample.generator.random)
          .prefix(sample.generator.random.integer(in: 0..<4)))
      let fields = keys.map { ColumnAggregate.Field($0, in: .trips) }
      let query = try ColumnAggregate(filter: filter, groupedBy: fields, measures: measures)
      let answer = try query.answer(from: sample.reader)
      let expected = sample.naive.facts(filter, by: keys)
      #expect(answer.rows.map(\.count) == expected.map(\.count), "\(number): \(filter) by \(keys)")
      #expect(answer.explain.rowsMatched == expected.reduce(0) { $0 + $1.count })
      let groups = Dictionary(grouping: sample.naive.matching(filter)) {
        sample.naive.group(of: $0, by: keys)
      }
      for (row, group) in zip(answer.rows, expected) {
        #expect(zip(row.group, group.group).allSatisfy(Self.isSame))
        #expect(row.measures[0] == (group.latestSource.map { .text($0) } ?? .none))
        let trips = groups[group.group] ?? []
        for (measure, value) in zip(measures, row.measures) {
          guard case .of(let function, let column) = measure else { continue }
          let right = Self.measure(function, column.id, trips)
          #expect(Self.isNear(value, right), "\(number): \(measure) of \(row.group)")
        }
      }
    }
  }

  /// A region and a source are texts here, all other keys parts.
  private static func isSame(_ value: ColumnAggregate.Value, _ other: GroupedCount.Value) -> Bool {
    if case .name(let name) = other { return value == .text(name) }
    return value == .part(other)
  }

  @Test func randomGroupsByColumns() throws {
    var sample = try ScanLawTests.Sample(seed: 43, count: 2500)
    let ids: [ColumnID] = [.destinationX, .originY, .startTime, .source]
    var nullCount = 0
    for number in 0..<40 {
      let filter = number % 4 == 3 ? TripFilter.all : sample.generator.filter(sample.naive.trips)
      let keys = Array(ids.shuffled(using: &sample.generator.random).prefix(1 + number % 2))
      var query = try ColumnAggregate(
        filter: filter, groupedBy: try keys.map { .column(try Self.column($0)) },
        measures: [.of(.count, try Self.column(.destinationX))])
      query.minimumCount = 1 + number % 3
      query.top = number % 4 == 0 ? 7 : nil
      let groups = Dictionary(grouping: sample.naive.matching(filter)) { trip in
        keys.map { Self.value($0, trip) ?? .none }
      }
      .filter { $0.value.count >= query.minimumCount }
      let ordered = groups.sorted { left, right in
        if query.top != nil, left.value.count != right.value.count {
          return left.value.count > right.value.count
        }
        for (a, b) in zip(left.key, right.key) where a != b {
          return b == .none || a != .none && Self.isLess(a, b)
        }
        return false
      }
      .prefix(query.top ?? .max)
      let answer = try query.answer(from: sample.reader)
      #expect(answer.rows.map(\.group) == ordered.map(\.key), "\(number): \(filter) by \(keys)")
      #expect(answer.rows.map(\.count) == ordered.map(\.value.count))
      nullCount += answer.rows.count { $0.group.contains(.none) }
    }
    #expect(nullCount > 20)
  }

  @Test func onlyTheColumnsAskedForAreRead() throws {
    let sample = try ScanLawTests.Sample(seed: 44, count: 200)
    let region = ColumnAggregate.Field(.region, in: .trips)
    let counted = try ColumnAggregate(
      groupedBy: [region, .part(.week)], measures: [.of(.max, try Self.column(.region))])
    #expect(try counted.answer(from: sample.reader).explain.filesOpened == 0)
    let one = try ColumnAggregate(
      groupedBy: [region], measures: [.of(.max, try Self.column(.originX))])
    let explain = try one.answer(from: sample.reader).explain
    #expect(explain.pagesDecoded == explain.blocks.considered)
  }

  @Test func sumsAreCompensated() {
    var sum = CompensatedSum()
    for number in [1, 1e100, 1, -1e100] { sum.add(number) }
    #expect(sum.value == 2)
    for number in [1e308, 1e308, -1e308] { sum.add(number) }
    #expect(!sum.value.isFinite)
  }

  @Test func manyKeysKeepTheirNumbers() {
    var numbers = KeyNumbers(width: 2)
    for _ in 0..<2 {
      for key in 0..<3000 { #expect(numbers.number(of: [UInt64(key % 7), UInt64(key)]) == key) }
    }
    #expect(numbers.count == 3000 && Array(numbers[2999]) == [2999 % 7, 2999])
  }

  @Test func whatIsNoAggregate() throws {
    for id in [ColumnID.source, .startTime, .region] {
      #expect {
        try ColumnAggregate(groupedBy: [], measures: [.of(.mean, try Self.column(id))])
      } throws: {
        ($0 as? QueryError)?.code == .invalidAggregate
      }
    }
    let hour = ColumnAggregate.Field.part(.hour)
    #expect {
      try ColumnAggregate(
        groupedBy: [ColumnAggregate.Field](repeating: hour, count: 65), measures: [])
    } throws: {
      ($0 as? QueryError)?.code == .tooManyGroups
    }
  }
}
