extension InputDefinition {
  /// The layout of the sample trips: `formats/inputs/trips.json`.
  package static let trips = shipped(ShippedDefinitions.trips)

  /// The definitions that are built in.
  package static let shipped = ShippedDefinitions.all.map(shipped)

  /// The published text of a definition that is built in.
  package static func shippedJSON(named name: String) -> String? {
    zip(shipped, ShippedDefinitions.all).first { $0.0.name == name }?.1
  }

  private static func shipped(_ json: String) -> InputDefinition {
    do throws(IngestError) {
      return try InputDefinition(json: Array(json.utf8))
    } catch {
      preconditionFailure("a shipped definition is well-formed: \(error.message)")
    }
  }
}
