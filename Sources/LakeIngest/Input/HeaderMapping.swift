internal import TripModel

/// Where each field of a definition stands in the records of one file.
struct HeaderMapping: Sendable, Hashable {
  let names: [ByteString]
  let region: Int
  let origin: Int
  let destination: Int
  let time: Int
  let source: Int

  var fieldCount: Int { names.count }

  /// The name of a column as the file spells it.
  func columnName(_ index: Int) -> ByteString { names[index] }

  /// Finds each field of `definition` among the names of a header; any order, any case.
  ///
  /// - Throws: `IngestError.missingColumn` and `.duplicateColumn`, which show the header seen.
  init(names: [ByteString], definition: InputDefinition) throws(IngestError) {
    self.names = names
    region = try Self.find(definition.region, in: names)
    origin = try Self.find(definition.origin, in: names)
    destination = try Self.find(definition.destination, in: names)
    time = try Self.find(definition.time, in: names)
    source = try Self.find(definition.source, in: names)
  }

  /// The header as far as a person reads it: a file that is no CSV may have one of a megabyte.
  private static func excerpt(of names: [ByteString]) -> String {
    let limit = 400
    let text = names.prefix(limit).map { name in
      ByteString(bytes: Array(name.bytes.prefix(limit))).displayText
    }.joined(separator: ",")
    return text.count <= limit ? text : text.prefix(limit) + " …"
  }

  private static func find(
    _ field: InputDefinition.Field, in names: [ByteString]
  ) throws(IngestError) -> Int {
    let matches = names.indices.filter { field.names.contains(normalized(names[$0])) }
    guard let match = matches.first else {
      throw IngestError(
        .missingColumn,
        "column \(field.names[0].displayText) is missing; the header is "
          + Self.excerpt(of: names))
    }
    guard matches.count == 1 else {
      throw IngestError(
        .duplicateColumn,
        "column \(field.names[0].displayText) stands in the header \(matches.count) times")
    }
    return match
  }

  /// A header name without the blanks around it, in lower case (ASCII letters alone).
  private static func normalized(_ name: ByteString) -> ByteString {
    let isBlank: (UInt8) -> Bool = { $0 == Ascii.space || $0 == Ascii.tab }
    let trimmed = name.bytes.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
    return ByteString(bytes: trimmed.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 })
  }
}
