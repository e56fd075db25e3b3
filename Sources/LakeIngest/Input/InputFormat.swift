internal import TripModel

/// How the records of one input file become trips: the definition, applied to the file's header and name.
final class InputFormat: Sendable {
  /// One extra column, the field that holds it, and its place in the layout.
  struct Extra: Sendable {
    let role: ExtraRole
    let field: Int
    let place: Int
    /// Its place among the layout's texts; 0 where it is none.
    let textIndex: Int
    /// Reads its times, where it has some.
    let clock: InputClock
  }

  let definition: InputDefinition
  let mapping: HeaderMapping
  /// The clock of times without a zone.
  let zone: TimeZoneRules
  /// Reads the times of trips.
  let clock: InputClock
  let nulls: NullSpellings
  let rounding: CoordinateRounding?
  /// Where it is no column of the file and the same for all records.
  let region: ByteString?
  let source: ByteString?
  let extras: [Extra]
  let layout: ExtraLayout
  let duplicates: DuplicatePolicy
  /// The place of the end time among the extra columns.
  let endTimePlace: Int?

  /// The columns by which duplicates are known; empty where all of them count, or none are looked for.
  var key: [ByteString] { duplicates == .keep ? [] : definition.key }

  var dialect: CSVDialect {
    CSVDialect(
      delimiter: definition.delimiter, comment: definition.comment,
      isRagged: definition.isRagged)
  }

  /// - Parameter layout: Holds the extra columns of the mapping.
  /// - Throws: `IngestError.fileName` where the name of the file does not give what it should.
  init(
    definition: InputDefinition, mapping: HeaderMapping, path: String, zone: TimeZoneRules,
    layout: ExtraLayout, duplicates: DuplicatePolicy
  ) throws(IngestError) {
    self.definition = definition
    self.mapping = mapping
    self.zone = zone
    clock = InputClock(zone: zone, layouts: definition.time.layouts)
    nulls = NullSpellings(definition)
    self.layout = layout
    self.duplicates = duplicates
    rounding = definition.decimals.map(CoordinateRounding.init)
    source = try Self.constant(definition.source, "source", path: path)
    if case .text(let role) = definition.region {
      region = try Self.constant(role, "region", path: path)
    } else {
      region = nil
    }
    let textPlaces = layout.textPlaces
    extras = mapping.extras.compactMap { extra in
      layout.place(of: extra.role.name).map { place in
        Extra(
          role: extra.role, field: extra.field, place: place,
          textIndex: textPlaces.firstIndex(of: place) ?? 0,
          clock: InputClock(zone: zone, layouts: extra.role.layouts))
      }
    }
    endTimePlace = layout.place(of: InputDefinition.endTime)
  }

  private static func constant(
    _ role: InputDefinition.TextRole, _ name: String, path: String
  ) throws(IngestError) -> ByteString? {
    switch role {
    case .column(_, let otherwise): return otherwise
    case .constant(let text): return text
    case .fileName(let pattern):
      guard let text = pattern.find(inPath: path), text.text != nil else {
        throw IngestError(
          .fileName,
          "the name of the file does not give its \(name): it is not like \(pattern.text.displayText)"
        )
      }
      return text
    }
  }
}
