internal import TripModel

/// The groups met so far, each with its count and what its measures have gathered.
struct AggregateTable {
  private let query: ColumnAggregate
  private let keyCount: Int
  /// A group's key: a word for each key, then one whose bits say which keys are null.
  private var numbers: KeyNumbers
  private var counts: [Int] = []
  /// One for each measure, with the places of its fields.
  private var gatherers: [(measure: MeasureGatherer, places: [Int])]

  /// - Parameter places: For each measure those of its fields among the values of a row, of which the keys come first.
  init(_ query: ColumnAggregate, places: [[Int]]) {
    self.query = query
    keyCount = query.keys.count
    numbers = KeyNumbers(width: keyCount + 1)
    gatherers = zip(query.measures, places).map { (MeasureGatherer($0), $1) }
  }

  /// - Throws: `QueryError.tooManyGroups`.
  mutating func add(
    _ batch: (values: [FieldValues], rowCount: Int), texts: TextNumbers
  ) throws(QueryError) {
    let groups = try groups(of: batch)
    for (measure, places) in gatherers {
      try measure.add(places.map { batch.values[$0] }, groups, groupCount: counts.count, texts)
    }
  }

  /// Makes the one group there is without keys, where no row has.
  mutating func addOnlyGroup() {
    guard counts.isEmpty else { return }
    counts = [0]
    _ = numbers.number(of: [0])
    for (measure, _) in gatherers { measure.grow(to: 1) }
  }

  private mutating func groups(
    of batch: (values: [FieldValues], rowCount: Int)
  ) throws(QueryError) -> [Int] {
    var groups: [Int] = []
    groups.reserveCapacity(batch.rowCount)
    var key = [UInt64](repeating: 0, count: keyCount + 1)
    for row in 0..<batch.rowCount {
      key[keyCount] = 0
      for index in 0..<keyCount {
        key[index] = batch.values[index].words[row]
        if batch.values[index].isNull(row) { key[keyCount] |= 1 << UInt64(index) }
      }
      let number = numbers.number(of: key)
      if number == counts.count {
        guard number < GroupTable.groupLimit else { throw GroupTable.tooManyGroups }
        counts.append(0)
      }
      counts[number] += 1
      groups.append(number)
    }
    return groups
  }
}

extension AggregateTable {
  /// Those asked for, in their order.
  ///
  /// - Throws: `QueryError.sumTooLarge`.
  func rows(texts: TextNumbers) throws(QueryError) -> [ColumnAggregate.Row] {
    var groups = counts.indices.filter { keyCount == 0 || counts[$0] >= query.minimumCount }
    groups.sort { left, right in
      if query.top != nil, counts[left] != counts[right] { return counts[left] > counts[right] }
      return precedes(left, right, texts)
    }
    var rows: [ColumnAggregate.Row] = []
    for group in groups.prefix(query.top ?? .max) {
      var measures: [ColumnAggregate.Value] = []
      for (measure, _) in gatherers { measures.append(try measure.value(of: group, texts)) }
      rows.append(
        ColumnAggregate.Row(
          group: query.keys.indices.map { value(of: $0, in: group, texts) },
          count: counts[group], measures: measures))
    }
    return rows
  }

  private func isNull(_ key: Int, _ words: ArraySlice<UInt64>) -> Bool {
    words[words.startIndex + keyCount] >> UInt64(key) & 1 == 1
  }

  private func precedes(_ left: Int, _ right: Int, _ texts: TextNumbers) -> Bool {
    let (leftWords, rightWords) = (numbers[left], numbers[right])
    for (index, key) in query.keys.enumerated() {
      let (isLeftNull, isRightNull) = (isNull(index, leftWords), isNull(index, rightWords))
      if isLeftNull || isRightNull {
        if isLeftNull == isRightNull { continue }
        return isRightNull
      }
      let word = leftWords[leftWords.startIndex + index]
      let other = rightWords[rightWords.startIndex + index]
      if word != other { return key.type.precedes(word, other, texts) }
    }
    return false
  }

  private func value(
    of key: Int, in group: Int, _ texts: TextNumbers
  ) -> ColumnAggregate.Value {
    let words = numbers[group]
    guard !isNull(key, words) else { return .none }
    let word = words[words.startIndex + key]
    guard case .part(let part) = query.keys[key] else {
      return query.keys[key].type.value(word, texts)
    }
    let number = Int(Int64(bitPattern: word))
    switch part {
    case .week: return .part(.week(ISOWeek(index: Int32(truncatingIfNeeded: number))))
    case .day: return .part(.day(number))
    case .month: return .part(.month(CivilMonth(index: number)))
    case .slot: return .part(.minute(number))
    default: return .part(.number(number))
    }
  }
}

extension ColumnAggregate.Field {
  /// Parts of times are whole numbers.
  var type: ColumnType {
    if case .column(let column) = self { column.type } else { .int64 }
  }
}

extension ColumnType {
  /// The order of values by their words; what is not a number comes last.
  func precedes(_ left: UInt64, _ right: UInt64, _ texts: TextNumbers) -> Bool {
    switch self {
    case .int64, .timestamp, .bool: Int64(bitPattern: left) < Int64(bitPattern: right)
    case .float64:
      Double(bitPattern: left) < Double(bitPattern: right)
        || !Double(bitPattern: left).isNaN && Double(bitPattern: right).isNaN
    case .text: texts.precedes(left, right)
    }
  }

  func value(_ word: UInt64, _ texts: TextNumbers) -> ColumnAggregate.Value {
    switch self {
    case .int64: .integer(Int64(bitPattern: word))
    case .timestamp: .time(Int64(bitPattern: word))
    case .bool: .flag(word != 0)
    case .float64: .number(Double(bitPattern: word))
    case .text: .text(texts.texts[Int(word)])
    }
  }
}
