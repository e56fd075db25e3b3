package import LakeBytes
internal import Synchronization
package import TripModel

/// One open trip file. Safe to use from several threads at once.
package final class TripFileReader: Sendable {
  package let path: String
  let source: any RandomAccessBytes
  let footer: TripFileFooter
  package let footerDigest: Digest128
  private let dictionaries = Mutex<[ColumnID: [ByteString]]>([:])

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
    self.source = source
    self.path = path
    (footer, footerDigest) = try FooterLoader(source: source, path: path).load(expecting: expecting)
  }

  package var key: PartitionKey { footer.key }
  package var rowCount: Int { footer.table.rowCount }
  package var blockCount: Int { footer.table.blockCount }
  package var statistics: TripFileStatistics { footer.statistics }

  /// The columns that stand in the file, ascending by id. All others read as null.
  package var columns: [ColumnDefinition] { footer.table.columns.map(\.definition) }

  /// Whether the column stands in the file.
  package func hasColumn(_ id: ColumnID) -> Bool { footer.table.index(of: id) != nil }

  /// The rows of a block, counted from the file's first row.
  ///
  /// - Precondition: `block` is one of the file's, here and in all that follows.
  package func rowRange(ofBlock block: Int) -> Range<Int> {
    precondition(block >= 0 && block < blockCount, "the file has no such block")
    return footer.table.rowRange(ofBlock: block)
  }

  package func rowCount(ofBlock block: Int) -> Int { rowRange(ofBlock: block).count }

  /// - Complexity: O(columns); reads nothing from the file.
  package func zoneMap(ofBlock block: Int, column: ColumnID) -> ZoneMap {
    footer.zoneMaps.zoneMap(ofColumn: footer.table.index(of: column), block: block)
  }

  /// Those of a column in all blocks.
  package func zoneMaps(of column: ColumnID) -> BlockZoneMaps {
    footer.zoneMaps.column(footer.table.index(of: column))
  }

  /// How many bytes of the file a page takes; 0 where it has no values.
  package func byteCount(column: ColumnID, block: Int) -> Int {
    precondition(block >= 0 && block < blockCount, "the file has no such block")
    guard let index = footer.table.index(of: column) else { return 0 }
    return footer.pages.range(ofPage: footer.pageIndex(block: block, columnIndex: index)).count
  }

  /// The distinct values of a text column in byte order; its words are indexes into them. Empty for a
  /// column that is absent or not text. Loaded at first use.
  package func dictionary(of column: ColumnID) throws(TripFileError) -> [ByteString] {
    if let known = dictionaries.withLock({ $0[column] }) { return known }
    let loaded = try loadDictionary(of: column)
    dictionaries.withLock { $0[column] = loaded }
    return loaded
  }

  private func loadDictionary(of column: ColumnID) throws(TripFileError) -> [ByteString] {
    guard let index = footer.table.index(of: column),
      let entry = footer.directory.entry(
        kind: TripFileSection.dictionary.rawValue, tag: UInt32(column.rawValue))
    else { return [] }
    // It lies right before what opening the file reads, and mostly in the first read.
    let isRead = entry.range.lowerBound >= footer.base
    let bytes = isRead ? footer.bytes : try readBytes(entry.range)
    do {
      var cursor = try entry.cursor(
        in: bytes, base: isRead ? footer.base : entry.range.lowerBound)
      return try TextDictionary.decode(
        &cursor, count: footer.table.shapes[index].dictionaryCount)
    } catch {
      throw TripFileError(error, path: path, column: column)
    }
  }

  func readBytes(_ range: Range<Int>) throws(TripFileError) -> [UInt8] {
    do {
      return try source.read(range)
    } catch {
      throw TripFileError(
        .readFailed, path: path, offset: range.lowerBound, "reading failed: \(error)",
        underlying: error)
    }
  }
}
