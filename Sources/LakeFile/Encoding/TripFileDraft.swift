internal import LakeColumns
package import TripModel

/// A trip file that grows: rows are added again and again, and written as far as they fill blocks.
///
/// It holds the rows that wait for the rest of their block, and what the footer will say.
package final class TripFileDraft {
  package let key: PartitionKey
  let definitions: [ColumnDefinition]
  /// Of each column; empty where it is not of text.
  let dictionaries: [[ByteString]]
  let waiting: WaitingRows
  var footer: FooterBuilder
  var statistics: StatisticsBuilder
  var blockCount = 0
  /// Rows added.
  package internal(set) var rowCount = 0
  /// Bytes that are encoded: so long is the file until more are written.
  package internal(set) var byteCount = 0

  /// - Parameter rows: The first ones, which are still to be added. All others have their columns and no other texts.
  init(key: PartitionKey, _ rows: FileRows) {
    self.key = key
    definitions = rows.columns.map(\.definition)
    dictionaries = rows.columns.map(\.dictionary)
    waiting = WaitingRows(definitions)
    footer = FooterBuilder(columnCount: definitions.count)
    statistics = StatisticsBuilder(key: key, columns: rows.columns)
  }

  /// The memory that rows and footer take.
  package var memoryByteCount: Int {
    waiting.rowCount * definitions.count * 8 + footerByteCount
  }

  /// The memory of what the footer will say.
  package var footerByteCount: Int { footer.byteCount }

  func table(blockRowCount: Int) -> ColumnTable {
    ColumnTable(
      rowCount: rowCount, blockRowCount: blockRowCount,
      columns: zip(definitions, dictionaries).map {
        ColumnTable.Column(definition: $0, dictionaryCount: UInt32($1.count))
      })
  }
}
