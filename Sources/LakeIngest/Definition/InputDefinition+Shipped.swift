extension InputDefinition {
  /// The layout of the sample trips: `formats/inputs/trips.json`.
  package static let trips = shipped(ShippedDefinitions.trips)

  /// The definitions that are built in.
  package static let shipped = ShippedDefinitions.all.map(shipped)

  private static func shipped(_ json: String) -> InputDefinition {
    do throws(IngestError) {
      return try InputDefinition(json: Array(json.utf8))
    } catch {
      preconditionFailure("a shipped definition is well-formed: \(error.message)")
    }
  }
}
