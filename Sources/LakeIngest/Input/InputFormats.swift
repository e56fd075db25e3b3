internal import TripModel

/// Decides how each file of a load is read, and gives the extra columns their numbers.
struct InputFormats {
  private let choice: DefinitionChoice
  private let lakeZone: TimeZoneRules
  /// `nil` leaves it to the definitions: those that name a key drop duplicates.
  private let duplicates: DuplicatePolicy?
  private let zoneRules: @Sendable (ZoneName) throws -> TimeZoneRules
  /// Whose name patterns go by, where it is not that of the file read.
  private let originalPath: String?
  /// That of the lake, with the columns that the files read so far add.
  private(set) var schema: TripSchema

  init(
    _ choice: DefinitionChoice, schema: TripSchema, lakeZone: TimeZoneRules,
    duplicates: DuplicatePolicy?,
    zoneRules: @escaping @Sendable (ZoneName) throws -> TimeZoneRules, originalPath: String?
  ) {
    self.originalPath = originalPath
    self.choice = choice
    self.schema = schema
    self.lakeZone = lakeZone
    self.duplicates = duplicates
    self.zoneRules = zoneRules
  }

  /// The format of a file that begins with `bytes`.
  ///
  /// - Parameter isWhole: Whether they are all of the file.
  /// - Returns: `nil` where the file has no record within the bytes.
  /// - Throws: `IngestError`, where no definition fits the file or the lake.
  mutating func format(
    of path: String, _ bytes: [UInt8], isWhole: Bool
  ) throws(IngestError) -> (format: InputFormat, preamble: InputPreamble)? {
    let chosen = try choice.choose(bytes, isWhole: isWhole, schema: schema)
    guard let (definition, first) = chosen else { return nil }
    let duplicates = duplicates ?? (definition.key.isEmpty ? .keep : .drop)
    let layout = ExtraLayout(
      columns: try addColumns(first.mapping.extras.map(\.role)),
      hasPositions: duplicates != .keep)
    let format = try InputFormat(
      definition: definition, mapping: first.mapping, path: originalPath ?? path,
      zone: try zone(of: definition), layout: layout, duplicates: duplicates)
    return (format, InputPreamble(first))
  }

  private func zone(of definition: InputDefinition) throws(IngestError) -> TimeZoneRules {
    guard case .zone(let zone) = definition.time.clock else { return lakeZone }
    do {
      return try zoneRules(zone)
    } catch {
      throw .invalidDefinition("its zone \(zone.text) is not known to the system")
    }
  }

  /// The columns of the lake that extras are stored in, new ones where it has none of their names.
  ///
  /// - Throws: `IngestError.columnType`, `.tooManyColumns`.
  private mutating func addColumns(
    _ extras: [ExtraRole]
  ) throws(IngestError) -> [ColumnDefinition] {
    var columns = schema.columns
    var used: [ColumnDefinition] = []
    for extra in extras {
      let known = columns.first { $0.name == extra.name }
      let column = if let known { known } else { try Self.column(extra, after: columns) }
      guard column.type == extra.type else {
        throw IngestError(
          .columnType,
          "the lake's column \(extra.name.displayText) is of type \(column.type), not \(extra.type)"
        )
      }
      if !columns.contains(column) { columns.append(column) }
      used.append(column)
    }
    schema = TripSchema(columns: columns)
    return used
  }

  private static func column(
    _ extra: ExtraRole, after columns: [ColumnDefinition]
  ) throws(IngestError) -> ColumnDefinition {
    let last = columns.map(\.id.rawValue).max() ?? 0
    guard last < UInt16.max else {
      throw IngestError(.tooManyColumns, "the lake has no room for another column")
    }
    return ColumnDefinition(
      id: ColumnID(rawValue: max(last + 1, ColumnID.firstExtra.rawValue)), name: extra.name,
      type: extra.type, isNullable: true)
  }
}
