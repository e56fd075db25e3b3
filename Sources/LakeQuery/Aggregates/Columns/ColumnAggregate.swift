package import TripModel

/// Groups trips by any columns, and tells of each group what its columns add up to.
///
/// One thread reads the rows in the order of the manifest's files, and of each row the columns asked for alone, so an
/// answer is the same on every machine: sums of float64 are compensated (Neumaier) in that order, sums of int64 are
/// exact. Values that are null, and float64 that are not numbers, are passed over by all but `count` and `distinct`,
/// which pass over nulls alone.
package struct ColumnAggregate: Sendable {
  /// What is read of a row.
  package enum Field: Hashable, Sendable {
    case column(ColumnDefinition)
    /// A week, month, day, weekday, hour or slot of its start.
    case part(GroupedCount.Key)
  }

  package enum Function: String, Hashable, Sendable, CaseIterable {
    case count
    case distinct
    case min
    case max
    case sum
    case mean
  }

  package enum Measure: Hashable, Sendable {
    case of(Function, ColumnDefinition)
    /// The source of the last trip; of several that start at once, the one of the smaller bytes.
    case latestSource
  }

  /// A value of a group or of what is told of it.
  package enum Value: Hashable, Sendable {
    /// Null, or no value to tell of.
    case none
    case text(ByteString)
    case integer(Int64)
    case number(Double)
    case flag(Bool)
    /// Microseconds since 1970-01-01 UTC.
    case time(Int64)
    case part(GroupedCount.Value)
  }

  package struct Row: Hashable, Sendable {
    /// One value for each key, in the order of the keys.
    package let group: [Value]
    package let count: Int
    /// One value for each measure, in their order.
    package let measures: [Value]
  }

  package struct Answer: Hashable, Sendable {
    /// Ascending by group, or with `top` the largest first: texts by bytes, all else by time or number, null after all.
    /// Groups without a trip do not appear, except the one group there is where no key is given.
    package let rows: [Row]
    package let explain: ScanExplain
  }

  package var filter: TripFilter
  package let keys: [Field]
  package let measures: [Measure]
  /// Groups of fewer trips do not appear.
  package var minimumCount = 1
  /// As `GroupedCount.top`.
  package var top: Int?
  /// As `GroupedCount.slotMinutes`.
  package var slotMinutes = 60

  private static let keyLimit = 64

  /// - Throws: `QueryError.tooManyGroups` for too many keys; `QueryError.invalidAggregate` for a sum or mean of a column that is not of numbers.
  package init(
    filter: TripFilter = .all, groupedBy keys: [Field], measures: [Measure]
  ) throws(QueryError) {
    guard keys.count <= Self.keyLimit else {
      throw QueryError(.tooManyGroups, "trips are grouped by \(Self.keyLimit) columns at most")
    }
    for case .of(let function, let column) in measures
    where function == .sum || function == .mean {
      guard column.type == .int64 || column.type == .float64 else {
        throw QueryError(
          .invalidAggregate,
          "column \"\(column.name.displayText)\" is not of numbers, which \(function.rawValue) takes"
        )
      }
    }
    self.filter = filter
    self.keys = keys
    self.measures = measures
  }
}

extension ColumnAggregate.Field {
  /// A grouping of `GroupedCount` as what is read for it.
  ///
  /// - Precondition: It is no cell and no route.
  package init(_ key: GroupedCount.Key, in schema: TripSchema) {
    switch key {
    case .region, .source:
      guard let column = schema.column(key == .region ? .region : .source) else {
        preconditionFailure("every lake has regions and sources")
      }
      self = .column(column)
    case .week, .month, .day, .weekday, .hour, .slot: self = .part(key)
    case .originCell, .destinationCell, .route:
      preconditionFailure("cells and routes are counted apart")
    }
  }
}

extension TripSchema {
  /// The column that somebody asks for, also under the names `datetime` and `datasource`.
  ///
  /// - Throws: `QueryError.unknownColumn` with the nearest names.
  package func column(asked name: String) throws(QueryError) -> ColumnDefinition {
    let aliases = ["datetime": "start_time", "datasource": "source"]
    let known = columns.filter { $0.id != .load }
    let wanted = ByteString(aliases[name] ?? name)
    if let column = known.first(where: { $0.name == wanted }) { return column }
    throw QueryError(
      .unknownColumn, "there is no column \"\(wanted.displayText)\"",
      suggestions: NearestNames.suggestions(for: wanted, among: known.map(\.name)))
  }
}
