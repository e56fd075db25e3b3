internal import LakeBytes
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
  /// The decimals that coordinates are rounded to; `nil` where they are kept as they are.
  package let decimals: Int?

  package init(
    name: String, delimiter: UInt8, region: Field, origin: Field, destination: Field, time: Field,
    source: Field, decimals: Int? = nil
  ) {
    self.name = name
    self.delimiter = delimiter
    self.region = region
    self.origin = origin
    self.destination = destination
    self.time = time
    self.source = source
    self.decimals = decimals
  }

  /// The name with a digest of all that decides what becomes of an input: two definitions that store the same
  /// bytes as different rows have different ones.
  ///
  /// Format: `formats/inputs/README.md`.
  package var identity: ByteString {
    var writer = ByteWriter()
    writer.append(delimiter)
    for field in [region, origin, destination, time, source] {
      writer.append(UInt32(field.names.count))
      for name in field.names {
        writer.append(UInt32(name.byteCount))
        writer.append(contentsOf: name.bytes)
      }
    }
    writer.append(decimals.map { UInt8($0) } ?? 255)
    return ByteString("\(name)#\(Checksum.xxh3_128(writer.bytes).hexadecimal)")
  }
}
