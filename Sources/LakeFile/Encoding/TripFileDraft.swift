package import LakeColumns
package import TripModel

/// A trip file that grows: rows are added again and again, and written as far as they fill blocks.
///
/// It holds the rows that wait for the rest of their block, and what the footer will say.
package final class TripFileDraft {
  package let key: PartitionKey
  /// The columns of the file, without rows: what each is, and the texts that it may have.
  package let columns: [ColumnVector]
  let waiting: WaitingRows
  var footer: FooterBuilder
  var statistics: StatisticsBuilder
  var blockCount = 0
  /// Rows added.
  package internal(set) var rowCount = 0
  /// Bytes that were taken to be written: so long is the file until more are.
  package internal(set) var byteCount = 0
  /// Encoded bytes that come after them and do not fill a block of the disk.
  var tail: [UInt8] = []
  /// Whether its end is encoded.
  package internal(set) var isFinished = false

  /// - Parameter columns: Of the file; no rows of them are taken.
  init(key: PartitionKey, _ columns: [ColumnVector]) {
    self.key = key
    self.columns = columns.map {
      ColumnVector(definition: $0.definition, dictionary: $0.dictionary)
    }
    waiting = WaitingRows(columns.map(\.definition))
    footer = FooterBuilder(columnCount: columns.count)
    statistics = StatisticsBuilder(key: key, columns: columns)
  }

  /// Whether rows of other columns can be added: of none but those of the file, with no other texts.
  ///
  /// - Precondition: Dictionaries ascend.
  /// - Complexity: O(d) in the texts of the file.
  package func accepts(_ others: [ColumnVector]) -> Bool {
    others.allSatisfy { other in
      columns.contains {
        $0.definition == other.definition && $0.codes(of: other.dictionary) != nil
      }
    }
  }

  /// Rows that do not fill a block yet.
  package var waitingRowCount: Int { waiting.rowCount }

  /// The memory that rows, bytes and footer take.
  package var memoryByteCount: Int {
    waiting.rowCount * columns.count * 8 + tail.capacity + footerByteCount
  }

  /// The memory of what the footer will say.
  package var footerByteCount: Int { footer.byteCount }

  func table(blockRowCount: Int) -> ColumnTable {
    ColumnTable(
      rowCount: rowCount, blockRowCount: blockRowCount,
      columns: columns.map {
        ColumnTable.Column(
          definition: $0.definition, dictionaryCount: UInt32($0.dictionary.count))
      })
  }
}
