package import LakeColumns
package import TripModel

/// Some matching rows of one partition, in file order.
///
/// Its memory is used again for the next batch: whoever takes it copies what is to outlive the call.
package final class RowBatch {
  package internal(set) var key = PartitionKey(region: "", week: ISOWeek(index: 0))
  /// The place of the rows' file in the manifest.
  package internal(set) var file = 0
  package internal(set) var rowCount = 0
  /// Those asked for, in the order asked for, each of `rowCount` rows. A column that the file does not hold
  /// is all null.
  package let columns: [ColumnVector]
  /// One for each column.
  let presences: [RowPresence]
  let keepsRowNumbers: Bool
  /// Empty also where the batch is all rows of a file.
  var rowNumbers = ColumnBuffer<UInt64>()

  init(columns: [ColumnDefinition], keepsRowNumbers: Bool) {
    self.columns = columns.map { ColumnVector(definition: $0) }
    presences = columns.map { _ in RowPresence() }
    self.keepsRowNumbers = keepsRowNumbers
  }

  /// The place of a row in its file.
  ///
  /// - Precondition: The scan was asked to keep row numbers.
  package func rowNumber(of row: Int) -> Int {
    precondition(keepsRowNumbers, "row numbers are kept where they were asked for")
    return rowNumbers.isEmpty ? row : Int(rowNumbers[row])
  }

  func removeAll() {
    rowCount = 0
    rowNumbers.removeAll()
    for column in columns {
      column.words.removeAll()
      column.validity = nil
    }
    for presence in presences { presence.removeAll() }
  }
}
