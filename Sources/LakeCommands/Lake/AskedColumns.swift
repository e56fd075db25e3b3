internal import LakeQuery
internal import TripModel

/// An aggregate as it was asked for, before the lake's columns are known: `sum(fare)`.
struct AskedAggregate: Hashable {
  static let functionNames = ColumnAggregate.Function.allCases.map(\.rawValue)

  let function: ColumnAggregate.Function
  let column: String

  /// - Returns: `nil` for what is no function with a name in parentheses.
  init?(_ text: String) {
    guard let open = text.firstIndex(of: "("), text.hasSuffix(")"),
      let function = ColumnAggregate.Function(rawValue: String(text[..<open]))
    else { return nil }
    self.function = function
    column = String(text[text.index(after: open)...].dropLast())
  }

  /// As the column of a result is called.
  var name: String { "\(function.rawValue)(\(ByteString(column).displayText))" }
}

/// Groupings and aggregates of a lake's columns, found by their names.
struct AskedColumns {
  let keys: [ColumnAggregate.Field]
  /// What is told of a group, but for its count.
  let measures: [ColumnAggregate.Measure]
  let resultColumns: [ResultColumn]
  /// For each column behind the group its place among the measures; `nil` for the count.
  private let places: [Int?]

  /// - Throws: `CommandError` 1005 for an unknown grouping; `QueryError.unknownColumn`.
  init(_ groupNames: [String], _ told: [QueryCommand.Column], _ schema: TripSchema) throws {
    keys = try groupNames.map { try Self.key($0, schema) }
    var measures: [ColumnAggregate.Measure] = []
    var places: [Int?] = []
    for column in told {
      let measure = try Self.measure(column, schema)
      places.append(measure == nil ? nil : measures.count)
      if let measure { measures.append(measure) }
    }
    self.measures = measures
    self.places = places
    resultColumns =
      groupNames.map { ResultColumn(ByteString($0).displayText) }
      + zip(told, places).map { column, place in
        ResultColumn(column.name, isNumeric: place.map { measures[$0].isNumeric } ?? true)
      }
  }

  func cells(_ row: ColumnAggregate.Row) -> [Cell] {
    row.group.map { Cell($0) }
      + places.map { $0.map { Cell(row.measures[$0]) } ?? .integer(row.count) }
  }

  private static func key(_ name: String, _ schema: TripSchema) throws -> ColumnAggregate.Field {
    if let key = GroupedCount.Key(rawValue: name) { return ColumnAggregate.Field(key, in: schema) }
    do throws(QueryError) {
      return .column(try schema.column(asked: name))
    } catch {
      let keys = GroupedCount.Key.allCases.map(\.rawValue)
      let columns = schema.columns.filter { $0.id != .load }.map(\.name.displayText)
      throw UsageErrors.badValue(
        "group-by", name,
        expected: "it is one or more of \(keys.joined(separator: ",")) and the lake's columns",
        known: keys + columns.filter { !keys.contains($0) })
    }
  }

  private static func measure(
    _ column: QueryCommand.Column, _ schema: TripSchema
  ) throws -> ColumnAggregate.Measure? {
    switch column {
    case .count: nil
    case .fact(.firstTime): .of(.min, try schema.column(asked: "start_time"))
    case .fact(.lastTime): .of(.max, try schema.column(asked: "start_time"))
    case .fact(.latestSource): .latestSource
    case .aggregate(let asked): .of(asked.function, try schema.column(asked: asked.column))
    }
  }
}

extension ColumnAggregate.Measure {
  fileprivate var isNumeric: Bool {
    switch self {
    case .latestSource: false
    case .of(.min, let column), .of(.max, let column):
      column.type == .int64 || column.type == .float64
    case .of: true
    }
  }
}

extension Cell {
  fileprivate init(_ value: ColumnAggregate.Value) {
    self =
      switch value {
      case .none: .empty
      case .text(let text): .text(text)
      case .integer(let number): .integer(Int(number))
      case .number(let number): .number(number)
      case .flag(let flag): .flag(flag)
      case .time(let time): .timestamp(time)
      case .part(let part): Cell.cells(part, .usual)[0]
      }
  }
}
