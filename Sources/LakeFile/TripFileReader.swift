package import LakeBytes
package import LakeColumns
package import TripModel

/// One open trip file. Safe to use from several threads at once.
package final class TripFileReader: Sendable {
  package let path: String
  package let key: PartitionKey
  package let rowCount: Int
  package let blockCount: Int
  /// The columns that stand in the file, ascending by id. All others read as null.
  package let columns: [ColumnDefinition]
  package let statistics: TripFileStatistics

  /// Reads header, trailer and footer.
  ///
  /// - Parameters:
  ///   - path: What errors call the file.
  ///   - expecting: The size and footer digest that the manifest names.
  /// - Throws: `TripFileError`.
  package init(
    _ source: any RandomAccessBytes, path: String,
    expecting: (byteCount: Int, footerDigest: Digest128)? = nil
  ) throws(TripFileError) {
    throw TripFileError(.malformed, path: path, "not built yet")
  }

  /// The rows of a block, counted from the file's first row.
  package func rowRange(ofBlock block: Int) -> Range<Int> { 0..<0 }

  package func rowCount(ofBlock block: Int) -> Int { rowRange(ofBlock: block).count }

  /// - Complexity: O(1); reads nothing from the file.
  package func zoneMap(ofBlock block: Int, column: ColumnID) -> ZoneMap {
    ZoneMap(rowCount: 0, nullCount: 0, nanCount: 0, minimum: 0, maximum: 0)
  }

  /// The distinct values of a text column in byte order; its words are indexes into them. Empty for a
  /// column that is absent or not text. Loaded at first use.
  package func dictionary(of column: ColumnID) throws(TripFileError) -> [ByteString] { [] }

  /// Replaces `words` by the values of one page; a null's word is 0.
  package func decode(
    column: ColumnID, block: Int, into words: inout ColumnBuffer<UInt64>,
    scratch: inout PageScratch
  ) throws(TripFileError) {}

  /// Also replaces `validity` by the page's bitmap, which is empty where no row is null.
  package func decode(
    column: ColumnID, block: Int, into words: inout ColumnBuffer<UInt64>,
    validity: inout ColumnBuffer<UInt64>, scratch: inout PageScratch
  ) throws(TripFileError) {}

  /// Checks every byte of the file and every statistic against the rows.
  package func verify() throws(TripFileError) {}

  /// What each byte of the file means, in file order and without a gap.
  package func annotations() throws(TripFileError) -> [ByteAnnotation] { [] }
}
