internal import LakeColumns
internal import TripModel

/// The values of one field of a batch's rows, each as a word.
///
/// Words are equal where values are: an int64, a timestamp and a part of a time are two's complement, a bool is 0 or 1,
/// a float64 its bit pattern with one zero and one value that is not a number, a text its number in `TextNumbers`.
struct FieldValues {
  var words: [UInt64] = []
  /// Empty where no row is null. The word of a null is 0.
  var isNull: [Bool] = []

  func isNull(_ row: Int) -> Bool { !isNull.isEmpty && isNull[row] }
}

/// Numbers texts from 0 in the order in which they are met, whichever column they are of.
struct TextNumbers {
  private(set) var texts: [ByteString] = []
  private var numbers: [ByteString: Int] = [:]

  mutating func number(of text: ByteString) -> Int {
    if let number = numbers[text] { return number }
    numbers[text] = texts.count
    texts.append(text)
    return texts.count - 1
  }

  /// By bytes.
  func precedes(_ left: UInt64, _ right: UInt64) -> Bool {
    left != right && texts[Int(left)] < texts[Int(right)]
  }
}

/// Reads fields batch by batch.
struct FieldReader {
  private let fields: [ColumnAggregate.Field]
  private let zone: TimeZoneRules
  private let slotMinutes: Int
  private(set) var texts = TextNumbers()
  /// For each field the numbers of the texts of the dictionary of the file; -1 for one that was not met.
  private var numbers: [[Int]]
  private var file = -1

  init(_ fields: [ColumnAggregate.Field], zone: TimeZoneRules, slotMinutes: Int) {
    self.fields = fields
    self.zone = zone
    self.slotMinutes = slotMinutes
    numbers = [[Int]](repeating: [], count: fields.count)
  }

  /// The values of the rows, and how many rows there are.
  mutating func read(_ batch: RowBatch) -> (values: [FieldValues], rowCount: Int) {
    if batch.file != file {
      file = batch.file
      for index in numbers.indices { numbers[index] = [] }
    }
    var values: [FieldValues] = []
    for (index, field) in fields.enumerated() {
      switch field {
      case .column(let column) where column.id == .region:
        let number = texts.number(of: batch.key.region)
        values.append(Self.constant(number, batch))
      case .column(let column): values.append(read(column.id, index, batch))
      case .part(.week): values.append(Self.constant(Int(batch.key.week.index), batch))
      case .part(let key): values.append(parts(key, batch))
      }
    }
    return (values, batch.rowCount)
  }

  private static func constant(_ number: Int, _ batch: RowBatch) -> FieldValues {
    let word = UInt64(bitPattern: Int64(number))
    return FieldValues(words: [UInt64](repeating: word, count: batch.rowCount))
  }

  private static func column(_ id: ColumnID, _ batch: RowBatch) -> ColumnVector {
    guard let column = batch.columns.first(where: { $0.definition.id == id }) else {
      preconditionFailure("the column was asked for")
    }
    return column
  }

  private mutating func read(_ id: ColumnID, _ index: Int, _ batch: RowBatch) -> FieldValues {
    let column = Self.column(id, batch)
    var values = FieldValues()
    values.words.reserveCapacity(batch.rowCount)
    if column.validity != nil {
      values.isNull = (0..<batch.rowCount).map { !column.isValid(row: $0) }
    }
    if column.definition.type == .text, numbers[index].isEmpty {
      numbers[index] = [Int](repeating: -1, count: column.dictionary.count)
    }
    for row in 0..<batch.rowCount {
      let word = column.words[row]
      switch column.definition.type {
      case .int64, .timestamp, .bool: values.words.append(word)
      case .float64: values.words.append(Self.canonical(word))
      case .text:
        values.words.append(values.isNull(row) ? 0 : number(ofText: Int(word), index, column))
      }
    }
    return values
  }

  private mutating func number(
    ofText text: Int, _ index: Int, _ column: ColumnVector
  ) -> UInt64 {
    if numbers[index][text] < 0 {
      numbers[index][text] = texts.number(of: column.dictionary[text])
    }
    return UInt64(numbers[index][text])
  }

  private static func canonical(_ word: UInt64) -> UInt64 {
    let number = Double(bitPattern: word)
    if number.isNaN { return Double.nan.bitPattern }
    return number == 0 ? 0 : word
  }

  private func parts(_ key: GroupedCount.Key, _ batch: RowBatch) -> FieldValues {
    let column = Self.column(.startTime, batch)
    let words = (0..<batch.rowCount).map { row in
      let time = Int64(bitPattern: column.words[row])
      return UInt64(bitPattern: Int64(part(key, time)))
    }
    return FieldValues(words: words)
  }

  private func part(_ key: GroupedCount.Key, _ time: Int64) -> Int {
    let seconds = TimeZoneRules.floorDivide(time, by: 1_000_000)
    let local = seconds + Int64(zone.offsetSeconds(atSeconds: seconds))
    let day = Int(TimeZoneRules.floorDivide(local, by: 86_400))
    let minute = (Int(local) - day * 86_400) / 60
    switch key {
    case .day: return day
    case .month: return CivilMonth(dayNumber: day).index
    case .weekday: return day - ISOWeek(dayNumber: day).firstDayNumber + 1
    case .hour: return minute / 60
    case .slot: return minute - minute % slotMinutes
    case .region, .week, .source, .originCell, .destinationCell, .route:
      preconditionFailure("the field is a part of a week")
    }
  }
}
