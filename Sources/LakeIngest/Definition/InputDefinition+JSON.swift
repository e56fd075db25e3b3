internal import LakeBytes
internal import TripModel

/// Format: `formats/inputs/README.md`.
extension InputDefinition {
  /// Reads a definition from its JSON text.
  ///
  /// - Parameter readFile: gives the bytes of a file that the definition names, by its path from there.
  /// - Throws: `IngestError.invalidDefinition`, and what `readFile` throws.
  package init(
    json bytes: [UInt8],
    readFile: (String) throws(IngestError) -> [UInt8] = Self.readsNoFile
  ) throws(IngestError) {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONParser.parse(bytes)
    } catch {
      throw .invalidDefinition("line \(error.line), column \(error.column): \(error.message)")
    }
    let reader = try DefinitionReader(
      value, place: "a definition",
      members: [
        "name", "about", "delimiter", "header", "comment", "ragged", "nulls", "quoted_empty",
        "region", "origin",
        "destination", "time", "end_time", "source", "extras", "other_columns", "key", "decimals",
      ])
    guard let name = value["name"]?.text, !name.isEmpty, let delimiter = value["delimiter"]?.text
    else {
      throw .invalidDefinition("name and delimiter are texts that every definition has")
    }
    self.init(
      name: name, delimiter: try Self.byte(delimiter, "delimiter"),
      region: try reader.region(readFile), origin: try reader.place("origin"),
      destination: try value["destination"].map { _ throws(IngestError) in
        try reader.place("destination")
      }, time: try reader.time("time"), source: try reader.textRole("source"))
    about = try reader.optionalText("about")
    try readManners(reader)
    try readColumns(reader)
  }

  package static func readsNoFile(_ path: String) throws(IngestError) -> [UInt8] {
    throw .invalidDefinition("it names a file, \(path), and is none itself")
  }

  /// How records are written.
  private mutating func readManners(_ reader: DefinitionReader) throws(IngestError) {
    header = try reader.header()
    comment = try reader.optionalText("comment").map { text throws(IngestError) in
      try Self.byte(text, "comment")
    }
    guard comment != delimiter else {
      throw .invalidDefinition("comment is another character than delimiter")
    }
    isRagged = try reader.flag("ragged")
    if let nulls = try reader.optionalTexts("nulls") { self.nulls = nulls.map { ByteString($0) } }
    hasQuotedEmptyTexts = try reader.flag("quoted_empty")
    decimals = try reader.value["decimals"].map(Self.decimals)
  }

  /// What the lake carries beyond the roles.
  private mutating func readColumns(_ reader: DefinitionReader) throws(IngestError) {
    extras = try reader.extras(time: time)
    otherColumns = try reader.choice("other_columns") ?? .drop
    key = try (reader.optionalTexts("key") ?? []).map { ByteString($0) }
    let names = Set(extras.map(\.name))
    guard names.count == extras.count else {
      throw .invalidDefinition("two of the extras have one name")
    }
    if let taken = extras.first(where: { ExtraRole.isReserved($0.name) }) {
      throw .invalidDefinition("an extra cannot be called \(taken.name.displayText)")
    }
    guard extras.count <= ExtraLayout.largestCount else {
      throw .invalidDefinition("there are more than \(ExtraLayout.largestCount) extras")
    }
    if let unknown = key.first(where: { !names.contains($0) }) {
      throw .invalidDefinition("key names \(unknown.displayText), which is none of the extras")
    }
  }

  private static func byte(_ text: String, _ place: String) throws(IngestError) -> UInt8 {
    guard text.utf8.count == 1, let byte = text.utf8.first,
      ![Ascii.quote, Ascii.lineFeed, Ascii.carriageReturn, 0].contains(byte)
    else {
      throw .invalidDefinition("\(place) is one ASCII character, and no quote or line end")
    }
    return byte
  }

  private static func decimals(_ value: JSONValue) throws(IngestError) -> Int {
    guard let decimals = value.integer.flatMap(Int.init(exactly:)),
      CoordinateRounding.decimals.contains(decimals)
    else {
      throw .invalidDefinition(
        "decimals is a whole number from 0 to \(CoordinateRounding.decimals.upperBound)")
    }
    return decimals
  }
}

extension IngestError {
  static func invalidDefinition(_ reason: String) -> IngestError {
    IngestError(.invalidDefinition, "the input definition cannot be used: \(reason)")
  }
}
