internal import TripModel

/// What one measure has gathered of each group.
final class MeasureGatherer {
  /// More distinct values than this, over all groups, are refused; each takes up to 32 bytes.
  private static let distinctLimit = 10_000_000

  private let measure: ColumnAggregate.Measure
  private let type: ColumnType
  /// How many values each group has, or with `distinct` how many different ones.
  private var counts: [Int] = []
  /// The least or greatest value, or the last time.
  private var words: [UInt64] = []
  /// The source of the last time.
  private var sources: [UInt64] = []
  private var integerSums: [Int128] = []
  private var numberSums: [CompensatedSum] = []
  /// Keys of group and value.
  private var distinct = KeyNumbers(width: 2)

  init(_ measure: ColumnAggregate.Measure) {
    self.measure = measure
    if case .of(_, let column) = measure { type = column.type } else { type = .timestamp }
  }

  func grow(to groupCount: Int) {
    let missing = groupCount - counts.count
    guard missing > 0 else { return }
    counts += repeatElement(0, count: missing)
    switch measure {
    case .latestSource:
      words += repeatElement(0, count: missing)
      sources += repeatElement(0, count: missing)
    case .of(.min, _), .of(.max, _): words += repeatElement(0, count: missing)
    case .of(.sum, _), .of(.mean, _):
      if type == .int64 {
        integerSums += repeatElement(0, count: missing)
      } else {
        numberSums += repeatElement(CompensatedSum(), count: missing)
      }
    case .of(.count, _), .of(.distinct, _): break
    }
  }

  /// - Parameters:
  ///   - values: Those of the measure's fields.
  ///   - groups: The group of each row.
  /// - Throws: `QueryError.tooManyGroups` of too many distinct values.
  func add(
    _ values: [FieldValues], _ groups: [Int], groupCount: Int, _ texts: TextNumbers
  ) throws(QueryError) {
    grow(to: groupCount)
    switch measure {
    case .latestSource: addSources(values[0], values[1], groups, texts)
    case .of(.count, _):
      for row in groups.indices where !values[0].isNull(row) { counts[groups[row]] += 1 }
    case .of(.distinct, _): try addDistinct(values[0], groups)
    case .of(.min, _): addExtremes(values[0], groups, texts, isGreatest: false)
    case .of(.max, _): addExtremes(values[0], groups, texts, isGreatest: true)
    case .of(.sum, _), .of(.mean, _): addNumbers(values[0], groups)
    }
  }

  private func isPassedOver(_ values: FieldValues, _ row: Int) -> Bool {
    values.isNull(row) || type == .float64 && Double(bitPattern: values.words[row]).isNaN
  }

  private func addDistinct(_ values: FieldValues, _ groups: [Int]) throws(QueryError) {
    for row in groups.indices where !values.isNull(row) {
      let known = distinct.count
      guard distinct.number(of: [UInt64(groups[row]), values.words[row]]) == known else {
        continue
      }
      counts[groups[row]] += 1
      guard known < Self.distinctLimit else {
        throw QueryError(
          .tooManyGroups,
          "there are more than \(Self.distinctLimit) distinct values to count; filter the trips, or leave distinct out"
        )
      }
    }
  }

  private func addExtremes(
    _ values: FieldValues, _ groups: [Int], _ texts: TextNumbers, isGreatest: Bool
  ) {
    for row in groups.indices where !isPassedOver(values, row) {
      let (group, word) = (groups[row], values.words[row])
      let isBetter =
        isGreatest
        ? type.precedes(words[group], word, texts) : type.precedes(word, words[group], texts)
      if counts[group] == 0 || isBetter { words[group] = word }
      counts[group] += 1
    }
  }

  private func addNumbers(_ values: FieldValues, _ groups: [Int]) {
    for row in groups.indices where !isPassedOver(values, row) {
      let (group, word) = (groups[row], values.words[row])
      if type == .int64 {
        integerSums[group] += Int128(Int64(bitPattern: word))
      } else {
        numberSums[group].add(Double(bitPattern: word))
      }
      counts[group] += 1
    }
  }

  private func addSources(
    _ times: FieldValues, _ names: FieldValues, _ groups: [Int], _ texts: TextNumbers
  ) {
    for row in groups.indices {
      let (group, time, name) = (groups[row], times.words[row], names.words[row])
      let isLater = Int64(bitPattern: words[group]) < Int64(bitPattern: time)
      let isTied = words[group] == time && texts.precedes(name, sources[group])
      if counts[group] == 0 || isLater || isTied {
        words[group] = time
        sources[group] = name
      }
      counts[group] += 1
    }
  }
}

extension MeasureGatherer {
  /// What is told of a group.
  ///
  /// - Throws: `QueryError.sumTooLarge`.
  func value(of group: Int, _ texts: TextNumbers) throws(QueryError) -> ColumnAggregate.Value {
    let count = counts[group]
    switch measure {
    case .of(.count, _), .of(.distinct, _): return .integer(Int64(count))
    default: break
    }
    guard count > 0 else { return .none }
    switch measure {
    case .latestSource: return ColumnType.text.value(sources[group], texts)
    case .of(.sum, let column): return try sum(of: group, column)
    case .of(.mean, let column):
      if type == .int64 { return .number(Double(integerSums[group]) / Double(count)) }
      return .number(try number(of: group, column) / Double(count))
    default: return type.value(words[group], texts)
    }
  }

  private func sum(
    of group: Int, _ column: ColumnDefinition
  ) throws(QueryError) -> ColumnAggregate.Value {
    guard type == .int64 else { return .number(try number(of: group, column)) }
    guard let sum = Int64(exactly: integerSums[group]) else { throw Self.tooLarge(column) }
    return .integer(sum)
  }

  private func number(of group: Int, _ column: ColumnDefinition) throws(QueryError) -> Double {
    let sum = numberSums[group].value
    guard sum.isFinite else { throw Self.tooLarge(column) }
    return sum
  }

  private static func tooLarge(_ column: ColumnDefinition) -> QueryError {
    QueryError(
      .sumTooLarge,
      "the values of column \"\(column.name.displayText)\" add up to more than its type \(column.type) holds"
    )
  }
}

/// A sum of numbers with what rounding took from it (Neumaier 1974).
struct CompensatedSum {
  private var sum = 0.0
  private var lost = 0.0

  mutating func add(_ number: Double) {
    let next = sum + number
    lost += abs(sum) >= abs(number) ? (sum - next) + number : (number - next) + sum
    sum = next
  }

  /// Not finite where a partial sum was not.
  var value: Double { sum.isFinite ? sum + lost : sum }
}
