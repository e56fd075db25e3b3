package import TripModel

/// Which definition files are read by.
package enum DefinitionChoice: Sendable {
  /// This one, whatever the files look like.
  case fixed(InputDefinition)
  /// For each file the one that fits its header best.
  case byHeader([InputDefinition])

  package static let shipped = DefinitionChoice.byHeader(InputDefinition.shipped)

  var candidates: [InputDefinition] {
    switch self {
    case .fixed(let definition): [definition]
    case .byHeader(let definitions): definitions
    }
  }

  /// What files may be known to have been read by.
  var identities: Set<ByteString> {
    guard fixed == nil else { return Set(candidates.map(\.identity)) }
    let variants = candidates.flatMap { definition in
      Self.usualDelimiters.map { definition.with(delimiter: $0) }
    }
    return Set(variants.map(\.identity))
  }

  /// The definition that all files are read by, where it is given.
  package var fixed: InputDefinition? {
    if case .fixed(let definition) = self { definition } else { nil }
  }
}

/// A definition held against the first record of a file.
package struct DefinitionFit: Sendable {
  package let definition: InputDefinition
  /// `nil` where the definition fits.
  package let misfit: IngestError?
  /// Fields of the record that it understands; 0 where it does not fit.
  package let usedFieldCount: Int
  let first: FirstRecord?

  /// Fields of the record that nothing is made of, where it fits.
  package var passedOver: [ByteString] {
    first.map { first in first.mapping.ignored.map { first.mapping.columnName($0) } } ?? []
  }
}

/// What stands before the records of a file.
struct FirstRecord: Sendable {
  let mapping: HeaderMapping
  /// Whether the first record is a header.
  let isHeader: Bool
  /// Where the first record of data begins.
  let dataStart: Int
  let lineCount: Int
  let blankCount: Int
  let commentCount: Int
}

extension DefinitionChoice {
  /// Holds every candidate against the first bytes of a file.
  ///
  /// - Parameter schema: that of the lake.
  /// - Returns: One for each candidate, in their order; none where the file has no record at all.
  /// - Throws: `IngestError.unsupportedText`, where it hinders all of them.
  func fits(
    _ bytes: [UInt8], isWhole: Bool, schema: TripSchema
  ) throws(IngestError) -> [DefinitionFit] {
    var fits: [DefinitionFit] = []
    for definition in candidates(for: bytes, isWhole: isWhole) {
      do throws(IngestError) {
        guard
          let first =
            try FirstRecord(bytes, isWhole: isWhole, definition: definition, schema: schema)
        else {
          return []
        }
        fits.append(
          DefinitionFit(
            definition: definition, misfit: nil, usedFieldCount: first.mapping.usedFieldCount,
            first: first))
      } catch {
        fits.append(
          DefinitionFit(definition: definition, misfit: error, usedFieldCount: 0, first: nil))
      }
    }
    return fits
  }

  /// The candidates, with the delimiter of the file where none is given for sure.
  private func candidates(for bytes: [UInt8], isWhole: Bool) -> [InputDefinition] {
    guard fixed == nil, let delimiter = Self.delimiter(of: bytes, isWhole: isWhole) else {
      return candidates
    }
    return candidates.map { $0.with(delimiter: delimiter) }
  }

  private static let usualDelimiters = [
    Ascii.comma, Ascii.semicolon, Ascii.tab, Ascii.verticalBar,
  ]

  /// The usual delimiter that divides the first record into most fields; `nil` where none divides it.
  static func delimiter(
    of bytes: [UInt8], comment: UInt8? = nil, isWhole: Bool
  ) -> UInt8? {
    let counts = usualDelimiters.map { delimiter in
      var reader = HeaderReader(bytes, delimiter: delimiter, comment: comment, isWhole: isWhole)
      return (delimiter, (try? reader.read())?.count ?? 0)
    }
    let best = counts.enumerated().max { ($0.element.1, $1.offset) < ($1.element.1, $0.offset) }
    guard let best = best?.element, best.1 > 1 else { return nil }
    return best.0
  }

  /// The best of what fits: the one that understands most fields, the first where several do.
  ///
  /// - Returns: `nil` where the file has no record at all.
  /// - Throws: Why none fits; of several candidates the one that comes nearest.
  func choose(
    _ bytes: [UInt8], isWhole: Bool, schema: TripSchema = .trips
  ) throws(IngestError) -> (definition: InputDefinition, first: FirstRecord)? {
    let fits = try fits(bytes, isWhole: isWhole, schema: schema)
    var best: (definition: InputDefinition, first: FirstRecord)?
    for fit in fits {
      guard let first = fit.first else { continue }
      if let best, best.first.mapping.usedFieldCount >= first.mapping.usedFieldCount { continue }
      best = (fit.definition, first)
    }
    if best == nil, let nearest = Self.nearest(fits, to: bytes, isWhole: isWhole) { throw nearest }
    return best
  }

  private static func nearest(
    _ fits: [DefinitionFit], to bytes: [UInt8], isWhole: Bool
  ) -> IngestError? {
    let ranked = fits.map { fit in (fit, fit.definition.knownNameCount(bytes, isWhole: isWhole)) }
    guard let nearest = ranked.max(by: { $0.1 < $1.1 })?.0, let misfit = nearest.misfit else {
      return nil
    }
    if fits.count == 1 || misfit.code == .unsupportedText { return misfit }
    return IngestError(
      misfit.code,
      "no known layout fits; of \(nearest.definition.name), the nearest, "
        + misfit.message)
  }
}

extension InputDefinition {
  fileprivate func with(delimiter: UInt8) -> InputDefinition {
    var definition = self
    definition.delimiter = delimiter
    return definition
  }

  /// How many of the names in a header the definition knows; what makes it near to a file.
  fileprivate func knownNameCount(_ bytes: [UInt8], isWhole: Bool) -> Int {
    var reader = HeaderReader(bytes, delimiter: delimiter, comment: comment, isWhole: isWhole)
    guard let names = try? reader.read() else { return 0 }
    let known = Set(fields.flatMap(\.names))
    return Set(names.map(HeaderName.normalized)).intersection(known).count
  }

  /// The usual name of each column that a file must have.
  package var requiredColumnNames: [ByteString] {
    var fields = origin.fields + (destination?.fields ?? []) + [time.field]
    if case .text(.column(let field, nil)) = region { fields.insert(field, at: 0) }
    if case .column(let field, nil) = source { fields.append(field) }
    fields += extras.filter { key.contains($0.name) }.map(\.field)
    return fields.map { $0.names[0] }
  }

  private var fields: [Field] {
    var fields = origin.fields + (destination?.fields ?? []) + [time.field] + extras.map(\.field)
    if case .text(.column(let field, _)) = region { fields.append(field) }
    if case .column(let field, _) = source { fields.append(field) }
    return fields
  }
}

extension FirstRecord {
  /// - Returns: `nil` where the file has no record.
  /// - Throws: Why the definition does not fit.
  fileprivate init?(
    _ bytes: [UInt8], isWhole: Bool, definition: InputDefinition, schema: TripSchema
  ) throws(IngestError) {
    var reader = HeaderReader(
      bytes, delimiter: definition.delimiter, comment: definition.comment, isWhole: isWhole)
    guard let fields = try reader.read() else { return nil }
    blankCount = reader.blankCount
    commentCount = reader.commentCount
    if case .given(let names) = definition.header, !Self.isHeader(fields, of: names) {
      mapping = try HeaderMapping(names: names, definition: definition, schema: schema)
      isHeader = false
      dataStart = reader.recordStart
      lineCount = reader.linesBefore
      try RecordProbe(definition: definition, mapping: mapping).check(fields)
    } else {
      mapping = try HeaderMapping(names: fields, definition: definition, schema: schema)
      isHeader = true
      dataStart = reader.position
      lineCount = reader.lineCount
    }
  }

  /// Whether the first record gives the names that the definition says; a file of rejects has them.
  private static func isHeader(_ fields: [ByteString], of names: [ByteString]) -> Bool {
    let seen = Set(fields.map(HeaderName.normalized))
    return names.allSatisfy { seen.contains(HeaderName.normalized($0)) }
  }
}
