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
    let known = ["name", "delimiter", "region", "origin", "destination", "time", "source"]
    if let unknown = value.members?.first(where: { !known.contains($0.name) }) {
      throw Self.invalid("\(unknown.name) is not a part of a definition")
    }
    guard let name = value["name"]?.text, let delimiter = value["delimiter"]?.text?.utf8.first
    else {
      throw Self.invalid("name and delimiter are texts that every definition has")
    }
    guard value["time"]?["zone"]?.text == "UTC" else {
      throw Self.invalid("the zone of time is UTC")
    }
    self.init(
      name: name, delimiter: delimiter,
      region: try Self.field("region", listing: "columns", of: value),
      origin: try Self.field("origin", listing: "point", of: value),
      destination: try Self.field("destination", listing: "point", of: value),
      time: try Self.field("time", listing: "columns", of: value),
      source: try Self.field("source", listing: "columns", of: value))
  }

  private static func field(
    _ role: String, listing: String, of value: JSONValue
  ) throws(IngestError) -> Field {
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
