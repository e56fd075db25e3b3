internal import TripModel

/// A column of the SQL table `trips`.
struct TripsColumn: Hashable {
  /// What its values are made of.
  enum Kind: Hashable {
    case region
    /// `2018-W22`.
    case week
    case text(ColumnID)
    case real(ColumnID)
    /// Whole numbers; also 1 for true and 0 for false.
    case integer(ColumnID)
    /// Date and time of day by the clocks of the lake's zone.
    case localTime(ColumnID)
    /// The same as microseconds since 1970-01-01 UTC.
    case epoch(ColumnID)
  }

  let name: String
  let kind: Kind

  /// What must be read for it; `nil` where the partition tells.
  var id: ColumnID? {
    switch kind {
    case .region, .week: nil
    case .text(let id), .real(let id), .integer(let id), .localTime(let id), .epoch(let id): id
    }
  }

  /// The name and type for `CREATE TABLE`.
  var declaration: String {
    let type =
      switch kind {
      case .region, .week, .text, .localTime: "TEXT"
      case .real: "REAL"
      case .integer, .epoch: "INTEGER"
      }
    return "\(SQLName.quoted(name)) \(type)"
  }
}

extension TripsColumn {
  /// The columns of a lake: those that every lake has, its extras, then twins for comfort: the week, and of each
  /// time its epoch. A name that stands there already, which SQL compares without case, gets a number.
  static func columns(of schema: TripSchema) -> [TripsColumn] {
    var columns: [TripsColumn] = []
    var taken: Set<String> = []
    func add(_ name: String, _ kind: Kind) {
      var free = name
      var number = 2
      while !taken.insert(free.lowercased()).inserted {
        free = "\(name)_\(number)"
        number += 1
      }
      columns.append(TripsColumn(name: free, kind: kind))
    }
    let stored = schema.columns.filter { $0.id < .load || $0.id >= .firstExtra }
    for column in stored { add(column.name.displayText, Kind(column)) }
    add("week", .week)
    for column in stored where column.type == .timestamp {
      add("\(column.name.displayText)_epoch_us", .epoch(column.id))
    }
    return columns
  }
}

extension TripsColumn.Kind {
  fileprivate init(_ column: ColumnDefinition) {
    if column.id == .region {
      self = .region
      return
    }
    switch column.type {
    case .int64, .bool: self = .integer(column.id)
    case .float64: self = .real(column.id)
    case .text: self = .text(column.id)
    case .timestamp: self = .localTime(column.id)
    }
  }
}

/// Names as SQL spells them.
enum SQLName {
  /// In quotes, which are doubled inside.
  static func quoted(_ name: String) -> String {
    let doubled = name.reduce(into: "") { text, character in
      if character == "\"" { text.append("\"") }
      text.append(character)
    }
    return "\"\(doubled)\""
  }
}
