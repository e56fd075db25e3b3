package import TripModel

extension ColumnComparison {
  /// Reads a comparison as people write it: `fare>=10`, `payment = 'card'`, `tip is not null`.
  ///
  /// Texts may stand in single quotes, where two of them mean one. Timestamps are dates or
  /// `YYYY-MM-DD HH:MM:SS`, by the clocks of `zone` where no offset is given.
  ///
  /// - Throws: `QueryError.unknownColumn` with the nearest names, `QueryError.invalidComparison`.
  package init(text: String, schema: TripSchema, zone: TimeZoneRules) throws(QueryError) {
    let parts = try Parts(text)
    let column = try schema.column(asked: parts.column)
    self.init(column: column.id, try Self.test(parts, column, zone))
  }

  private static func test(
    _ parts: Parts, _ column: ColumnDefinition, _ zone: TimeZoneRules
  ) throws(QueryError) -> Test {
    guard let order = parts.order else { return parts.isNull ? .isNull : .isNotNull }
    let test: Test? =
      switch column.type {
      case .int64: parts.isQuoted ? nil : Int64(parts.value).map { .integer(order, $0) }
      case .float64:
        parts.isQuoted ? nil : DecimalText.parse(parts.value).map { .number(order, $0) }
      case .bool: flag(order, parts)
      case .text: .text(order, ByteString(parts.value))
      case .timestamp: time(parts.value, zone).map { .integer(order, $0) }
      }
    guard let test else {
      throw QueryError(
        .invalidComparison,
        "column \"\(column.name.displayText)\" is \(kind(of: column.type)): \"\(parts.text)\" does not compare it with one"
      )
    }
    return test
  }

  private static func flag(_ order: Order, _ parts: Parts) -> Test? {
    guard order == .equal || order == .notEqual, !parts.isQuoted else { return nil }
    return switch parts.value {
    case "true": .flag(order, true)
    case "false": .flag(order, false)
    default: nil
    }
  }

  private static func time(_ text: String, _ zone: TimeZoneRules) -> Int64? {
    if let date = CivilDate(text: text) { return zone.instant(ofLocalDay: date.dayNumber) }
    return TimestampText.parse(text)?.instant(in: zone).microseconds
  }

  private static func kind(of type: ColumnType) -> String {
    switch type {
    case .int64: "a whole number"
    case .float64: "a decimal number"
    case .bool: "true or false, which are equal or not"
    case .text: "a text"
    case .timestamp: "a time (2018-05-01 or 2018-05-01 09:30:00)"
    }
  }
}

/// A comparison taken to pieces.
private struct Parts {
  let text: String
  let column: String
  /// `nil` for a test of null.
  let order: ColumnComparison.Order?
  let isNull: Bool
  let value: String
  let isQuoted: Bool

  init(_ text: String) throws(QueryError) {
    self.text = ByteString(text).displayText
    if let (column, isNull) = Self.nullTest(text) {
      (self.column, self.isNull) = (column, isNull)
      (order, value, isQuoted) = (nil, "", false)
      return
    }
    // Names have no such characters, so the first is that of the order; the longer orders first.
    guard let start = text.firstIndex(where: { "=!<>".contains($0) }),
      let order = ["!=", "<=", ">=", "=", "<", ">"].first(where: { text[start...].hasPrefix($0) })
    else { throw Self.invalid(text) }
    column = Self.trimmed(text[..<start])
    isNull = false
    self.order = ColumnComparison.Order(rawValue: order)
    let rest = Self.trimmed(text[start...].dropFirst(order.count))
    isQuoted = rest.hasPrefix("'")
    guard !isQuoted || rest.count >= 2 && rest.hasSuffix("'") else { throw Self.invalid(text) }
    value = isQuoted ? try Self.unquoted(rest, text) : rest
    guard !column.isEmpty else { throw Self.invalid(text) }
  }

  private static func nullTest(_ text: String) -> (column: String, isNull: Bool)? {
    let words = text.split(separator: " ")
    let lower = words.map { $0.lowercased() }
    let tests: [([String], Bool)] = [(["is", "not", "null"], false), (["is", "null"], true)]
    for (test, isNull) in tests
    where words.count > test.count && lower.suffix(test.count) == test[...] {
      return (words.dropLast(test.count).joined(separator: " "), isNull)
    }
    return nil
  }

  private static func unquoted(_ quoted: String, _ text: String) throws(QueryError) -> String {
    var value = ""
    var isOpen = false
    for character in quoted.dropFirst().dropLast() {
      if character == "'", !isOpen {
        isOpen = true
        continue
      }
      guard !isOpen || character == "'" else { throw invalid(text) }
      isOpen = false
      value.append(character)
    }
    guard !isOpen else { throw invalid(text) }
    return value
  }

  private static func trimmed(_ text: Substring) -> String {
    let rest = text.drop { $0 == " " }
    return String(rest.reversed().drop { $0 == " " }.reversed())
  }

  private static func invalid(_ text: String) -> QueryError {
    QueryError(
      .invalidComparison, "\"\(ByteString(text).displayText)\" is no comparison of a column")
  }
}
