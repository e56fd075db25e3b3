internal import TripModel

/// The first records of a file whose layout is not known, by columns.
struct DraftSample {
  /// As the header gives them; made up where there is none.
  let names: [ByteString]
  let hasHeader: Bool
  let delimiter: UInt8
  let comment: UInt8?
  /// Whether a record has fewer fields than the first, or more of which the surplus is empty.
  private(set) var isRagged = false
  /// The values of each column, blanks around them taken off.
  private(set) var columns: [[ByteString]]
  private(set) var rowCount = 0

  /// - Returns: `nil` where there is no record.
  /// - Throws: `IngestError.unsupportedText`.
  init?(_ bytes: [UInt8], isWhole: Bool) throws(IngestError) {
    comment = Self.comment(of: bytes)
    delimiter =
      DefinitionChoice.delimiter(of: bytes, comment: comment, isWhole: isWhole)
      ?? Ascii.comma
    var reader = HeaderReader(bytes, delimiter: delimiter, comment: comment, isWhole: isWhole)
    guard let first = try reader.read() else { return nil }
    hasHeader = !first.contains { ValueShape.isData(HeaderName.trimmed($0)) }
    names = hasHeader ? first : first.indices.map { ByteString("column_\($0 + 1)") }
    columns = [[ByteString]](repeating: [], count: first.count)
    if !hasHeader { append(first) }
    // The last record of a part of a file may be cut.
    while let record = try? reader.read() { append(record) }
  }

  private mutating func append(_ record: [ByteString]) {
    let surplus = record.dropFirst(names.count)
    isRagged = isRagged || (record.count != names.count && surplus.allSatisfy(\.isEmpty))
    rowCount += 1
    for column in names.indices {
      columns[column].append(column < record.count ? HeaderName.trimmed(record[column]) : "")
    }
  }

  private static func comment(of bytes: [UInt8]) -> UInt8? {
    let text = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...]
    return text.first == UInt8(ascii: "#") ? UInt8(ascii: "#") : nil
  }
}
