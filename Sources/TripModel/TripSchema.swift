/// What the values of a column are. The raw value is the type's code on disk.
package enum ColumnType: UInt8, Sendable, CaseIterable {
  case int64 = 1
  case float64 = 2
  case bool = 3
  case text = 4
  /// Microseconds since 1970-01-01 00:00:00 UTC.
  case timestamp = 5
}

/// The number a column keeps for the life of a lake, whatever its name.
package struct ColumnID: RawRepresentable, Hashable, Comparable, Sendable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// Written out because that of `RawRepresentable` is a call through a witness, which pages are looked up by.
  @inlinable
  package static func == (left: ColumnID, right: ColumnID) -> Bool {
    left.rawValue == right.rawValue
  }

  package static func < (left: ColumnID, right: ColumnID) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension ColumnID {
  package static let region = ColumnID(rawValue: 1)
  package static let originX = ColumnID(rawValue: 2)
  package static let originY = ColumnID(rawValue: 3)
  package static let destinationX = ColumnID(rawValue: 4)
  package static let destinationY = ColumnID(rawValue: 5)
  package static let startTime = ColumnID(rawValue: 6)
  package static let source = ColumnID(rawValue: 7)
  /// The system column that names each row's load; written by compaction, which mixes loads.
  package static let load = ColumnID(rawValue: 16)
  /// Extra columns are numbered from here on.
  package static let firstExtra = ColumnID(rawValue: 64)
}

/// One column of a lake: its number, name, type, and whether a value may be absent.
package struct ColumnDefinition: Hashable, Sendable {
  package let id: ColumnID
  package let name: ByteString
  package let type: ColumnType
  package let isNullable: Bool

  package init(id: ColumnID, name: ByteString, type: ColumnType, isNullable: Bool) {
    self.id = id
    self.name = name
    self.type = type
    self.isNullable = isNullable
  }
}

/// The columns of a lake, ascending by id.
package struct TripSchema: Hashable, Sendable {
  package let columns: [ColumnDefinition]

  /// - Precondition: ids and names are distinct.
  package init(columns: [ColumnDefinition]) {
    self.columns = columns.sorted { $0.id < $1.id }
    precondition(
      self.columns.indices.dropFirst().allSatisfy { self.columns[$0 - 1].id < self.columns[$0].id },
      "column ids are distinct")
    precondition(Self.haveDistinctNames(columns), "column names are distinct")
  }

  /// Whether no two columns have one name. Sorts, because a set is of a type of its own, which takes longer to make
  /// than to fill.
  package static func haveDistinctNames(_ columns: [ColumnDefinition]) -> Bool {
    let names = columns.map(\.name).sorted()
    return names.indices.dropFirst().allSatisfy { names[$0 - 1] != names[$0] }
  }

  /// The columns every lake begins with: the roles that the engine understands.
  package static let trips = TripSchema(columns: [
    ColumnDefinition(id: .region, name: "region", type: .text, isNullable: false),
    ColumnDefinition(id: .originX, name: "origin_x", type: .float64, isNullable: false),
    ColumnDefinition(id: .originY, name: "origin_y", type: .float64, isNullable: false),
    ColumnDefinition(id: .destinationX, name: "destination_x", type: .float64, isNullable: true),
    ColumnDefinition(id: .destinationY, name: "destination_y", type: .float64, isNullable: true),
    ColumnDefinition(id: .startTime, name: "start_time", type: .timestamp, isNullable: false),
    ColumnDefinition(id: .source, name: "source", type: .text, isNullable: false),
  ])

  package func column(_ id: ColumnID) -> ColumnDefinition? {
    columns.first { $0.id == id }
  }

  package func column(named name: ByteString) -> ColumnDefinition? {
    columns.first { $0.name == name }
  }
}
