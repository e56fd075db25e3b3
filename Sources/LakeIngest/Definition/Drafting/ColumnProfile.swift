internal import TripModel

/// What a column of a sample seems to hold.
struct ColumnProfile {
  let name: ByteString
  let words: ColumnWords
  let type: ColumnType
  /// Of a timestamp.
  let times: TimeLayoutGuess?
  let isPoint: Bool
  /// Whether all numbers may be degrees of longitude, and of latitude.
  let isLongitude: Bool
  let isLatitude: Bool
  /// Whether most numbers have three digits behind the point at least, as places do.
  let isFine: Bool
  /// Whether most numbers are beyond 72 degrees: latitudes where hardly anybody drives.
  let isWide: Bool
  /// Whether every value is there and none stands twice.
  let isUnique: Bool
  let distinctCount: Int
  /// Spellings of a value that is not there, which a column that is no text has.
  let nulls: Set<ByteString>
  let isEmpty: Bool

  init(name: ByteString, values: [ByteString]) {
    self.name = name
    words = ColumnWords(name)
    let present = values.filter { !$0.isEmpty && !ValueShape.nullSpellings.contains($0) }
    let distinct = Set(values)
    isEmpty = present.isEmpty
    distinctCount = Set(present).count
    isUnique = present.count == values.count && distinct.count == values.count && !isEmpty
    isPoint = !isEmpty && present.allSatisfy(ValueShape.isPoint)
    let numbers = present.compactMap(ValueShape.number)
    let areNumbers = !isEmpty && numbers.count == present.count
    // A few places out of range do not make a column another: they are rejects.
    let wild = numbers.count { $0.magnitude > 180 }
    isLongitude = areNumbers && wild * 100 <= numbers.count
    isLatitude = areNumbers && numbers.count { $0.magnitude > 90 } * 100 <= numbers.count
    isWide = areNumbers && numbers.count { $0.magnitude > 72 } * 2 > numbers.count
    let fine = present.count { ValueShape.fractionDigitCount($0) >= 3 }
    isFine = areNumbers && fine * 2 > present.count
    times =
      areNumbers && !words.areTime ? nil : TimeLayoutGuess(present, mayBeEpoch: words.areTime)
    type = Self.type(present, areNumbers: areNumbers, times: times)
    nulls = type == .text ? [] : distinct.intersection(ValueShape.nullSpellings)
  }

  private static func type(
    _ present: [ByteString], areNumbers: Bool, times: TimeLayoutGuess?
  ) -> ColumnType {
    if present.isEmpty { return .text }
    if times != nil { return .timestamp }
    if present.allSatisfy({ ValueShape.integer($0) != nil }) { return .int64 }
    // Numbers such as 007 are names.
    let arePlain = present.allSatisfy {
      !($0.bytes.first == Ascii.zero && isDigits($0)) || $0 == "0"
    }
    if areNumbers, arePlain { return .float64 }
    if present.allSatisfy(ValueShape.isBool) { return .bool }
    return .text
  }

  private static func isDigits(_ value: ByteString) -> Bool {
    value.bytes.allSatisfy { $0 &- Ascii.zero < 10 }
  }
}
