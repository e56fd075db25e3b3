package import TripModel

/// How a CSV layout maps to a trip.
///
/// Shipped definitions stand in `formats/inputs/`; their meaning is specified in `formats/csv-input.md`.
package struct InputDefinition: Sendable, Hashable {
  /// One thing a trip needs and the column that holds it.
  package struct Field: Sendable, Hashable {
    /// The header names it goes by, in lower case; the first is the name used in messages.
    package let names: [ByteString]

    package init(names: [ByteString]) {
      self.names = names
    }
  }

  package let name: String
  package let delimiter: UInt8
  package let region: Field
  /// A WKT point.
  package let origin: Field
  /// A WKT point; empty where a trip has no destination.
  package let destination: Field
  package let time: Field
  package let source: Field

  package init(
    name: String, delimiter: UInt8, region: Field, origin: Field, destination: Field, time: Field,
    source: Field
  ) {
    self.name = name
    self.delimiter = delimiter
    self.region = region
    self.origin = origin
    self.destination = destination
    self.time = time
    self.source = source
  }
}
