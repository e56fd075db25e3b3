internal import LakeBytes
internal import TripModel

/// Format: `formats/inputs/README.md`.
extension InputDefinition {
  /// The layout of the sample trips: `formats/inputs/trips.json`.
  package static let trips: InputDefinition = {
    do throws(IngestError) {
      return try InputDefinition(json: Array(ShippedDefinitions.trips.utf8))
    } catch {
      preconditionFailure("a shipped definition is well-formed: \(error.message)")
    }
  }()

  /// Reads a definition from its JSON text.
  ///
  /// - Throws: `IngestError.invalidDefinition`.
  package init(json bytes: [UInt8]) throws(IngestError) {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONParser.parse(bytes)
    } catch {
      throw Self.invalid("line \(error.line), column \(error.column): \(error.message)")
    }
    try Self.expect(
      [
        "name", "delimiter", "region", "origin", "destination", "time", "source", "decimals",
      ], in: value, "a definition")
    guard let name = value["name"]?.text, let delimiter = value["delimiter"]?.text else {
      throw Self.invalid("name and delimiter are texts that every definition has")
    }
    try Self.expect(["columns", "zone"], in: value["time"], "time")
    guard value["time"]?["zone"]?.text == "UTC" else {
      throw Self.invalid("the zone of time is UTC")
    }
    self.init(
      name: name, delimiter: try Self.delimiter(delimiter),
      region: try Self.field("region", listing: "columns", of: value),
      origin: try Self.field("origin", listing: "point", of: value),
      destination: try Self.field("destination", listing: "point", of: value),
      time: try Self.field("time", listing: "columns", of: value),
      source: try Self.field("source", listing: "columns", of: value),
      decimals: try value["decimals"].map(Self.decimals))
  }

  private static func expect(
    _ names: [String], in value: JSONValue?, _ place: String
  ) throws(IngestError) {
    if let unknown = value?.members?.first(where: { !names.contains($0.name) }) {
      throw invalid("\(unknown.name) is not a part of \(place)")
    }
  }

  private static func delimiter(_ text: String) throws(IngestError) -> UInt8 {
    guard text.utf8.count == 1, let byte = text.utf8.first,
      ![Ascii.quote, Ascii.lineFeed, Ascii.carriageReturn, 0].contains(byte)
    else { throw invalid("delimiter is one ASCII character, and no quote or line end") }
    return byte
  }

  private static func decimals(_ value: JSONValue) throws(IngestError) -> Int {
    guard let decimals = value.integer.flatMap(Int.init(exactly:)),
      CoordinateRounding.decimals.contains(decimals)
    else {
      throw invalid(
        "decimals is a whole number from 0 to \(CoordinateRounding.decimals.upperBound)")
    }
    return decimals
  }

  private static func field(
    _ role: String, listing: String, of value: JSONValue
  ) throws(IngestError) -> Field {
    if role != "time" { try expect([listing], in: value[role], role) }
    let names = value[role]?[listing]?.elements?.compactMap(\.text) ?? []
    guard !names.isEmpty, names.count == value[role]?[listing]?.elements?.count else {
      throw invalid("\(role) has no list of names called \(listing)")
    }
    return Field(names: names.map { ByteString($0.lowercased()) })
  }

  private static func invalid(_ reason: String) -> IngestError {
    IngestError(.invalidDefinition, "the input definition cannot be used: \(reason)")
  }
}
