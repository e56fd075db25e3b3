package import LakeColumns
package import TripModel

/// Some matching rows of one partition, in file order.
///
/// Its memory is used again for the next batch: whoever takes it copies what is to outlive the call.
package final class RowBatch {
  package internal(set) var key = PartitionKey(region: "", week: ISOWeek(index: 0))
  package internal(set) var rowCount = 0
  /// Those asked for, in the order asked for, each of `rowCount` rows. A column that the file does not hold
  /// is all null.
  package let columns: [ColumnVector]
  /// One for each column.
  let presences: [RowPresence]

  init(columns: [ColumnDefinition]) {
    self.columns = columns.map { ColumnVector(definition: $0) }
    presences = columns.map { _ in RowPresence() }
  }

  func removeAll() {
    rowCount = 0
    for column in columns {
      column.words.removeAll()
      column.validity = nil
    }
    for presence in presences { presence.removeAll() }
  }
}
