internal import TripModel

/// Where each part of a definition stands in the records of one file.
struct HeaderMapping: Sendable, Hashable {
  enum Place: Sendable, Hashable {
    case point(Int)
    case axes(x: Int, y: Int)
  }

  /// An extra column and the field that holds it.
  struct Extra: Sendable, Hashable {
    let role: ExtraRole
    let field: Int
  }

  let names: [ByteString]
  /// `nil` where the region is no field of its own.
  let region: Int?
  let origin: Place
  let destination: Place?
  let time: Int
  let source: Int?
  /// Those that the file has.
  let extras: [Extra]
  /// How many fields of the file the definition names.
  let usedFieldCount: Int
  /// Fields that nothing is made of.
  let ignored: [Int]

  var fieldCount: Int { names.count }

  /// The name of a column as the file spells it.
  func columnName(_ index: Int) -> ByteString { names[index] }

  /// Finds each field of `definition` among the names of a header; any order, any case. Extras may be missing,
  /// unless they are the key.
  ///
  /// - Parameter schema: that of the lake, of which a definition may read all columns.
  /// - Throws: `IngestError.missingColumn` and `.duplicateColumn`, which show the header seen;
  ///   `.tooManyColumns`.
  init(
    names: [ByteString], definition: InputDefinition, schema: TripSchema = .trips
  ) throws(IngestError) {
    let search = HeaderSearch(names)
    self.names = names
    region = try search.find(definition.region)
    origin = try search.find(definition.origin)
    destination = try definition.destination.map { place throws(IngestError) in
      try search.find(place)
    }
    time = try search.find(definition.time.field)
    source = try search.find(definition.source)
    var extras: [Extra] = []
    for role in definition.extras {
      let isKey = definition.key.contains(role.name)
      let field = isKey ? try search.find(role.field) : try search.findIfThere(role.field)
      if let field { extras.append(Extra(role: role, field: field)) }
    }
    var used = Set([region, time, source].compactMap(\.self) + extras.map(\.field))
    for place in [origin, destination].compactMap(\.self) { used.formUnion(place.fields) }
    let others = names.indices.filter { !used.contains($0) }
    switch definition.otherColumns {
    case .drop: break
    case .keep: extras += try search.kept(others, besides: extras)
    case .lake:
      let known = search.known(others, in: schema)
      used.formUnion(known.map(\.field))
      extras += known
    }
    usedFieldCount = used.count
    self.extras = extras
    ignored = others.filter { field in !extras.contains { $0.field == field } }
  }

}

extension HeaderMapping.Place {
  var fields: [Int] {
    switch self {
    case .point(let field): [field]
    case .axes(let x, let y): [x, y]
    }
  }
}

/// The names of a header, to be searched.
private struct HeaderSearch {
  private let names: [ByteString]
  private let normalized: [ByteString]

  init(_ names: [ByteString]) {
    self.names = names
    normalized = names.map(HeaderName.normalized)
  }

  func find(_ role: InputDefinition.RegionRole) throws(IngestError) -> Int? {
    guard case .text(let role) = role else { return nil }
    return try find(role)
  }

  /// - Returns: `nil` where the text is not in a column of the file.
  func find(_ role: InputDefinition.TextRole) throws(IngestError) -> Int? {
    guard case .column(let field, let otherwise) = role else { return nil }
    return otherwise == nil ? try find(field) : try findIfThere(field)
  }

  func find(_ place: InputDefinition.PlaceRole) throws(IngestError) -> HeaderMapping.Place {
    switch place {
    case .point(let field): .point(try find(field))
    case .axes(let x, let y): .axes(x: try find(x), y: try find(y))
    }
  }

  func find(_ field: InputDefinition.Field) throws(IngestError) -> Int {
    guard let match = try findIfThere(field) else {
      throw IngestError(
        .missingColumn,
        "column \(field.names[0].displayText) is missing; the header is \(excerpt)")
    }
    return match
  }

  func findIfThere(_ field: InputDefinition.Field) throws(IngestError) -> Int? {
    let matches = normalized.indices.filter { field.names.contains(normalized[$0]) }
    guard matches.count <= 1 else {
      throw IngestError(
        .duplicateColumn,
        "column \(field.names[0].displayText) stands in the header \(matches.count) times")
    }
    return matches.first
  }

  /// The other fields as extra columns of text; those without a name of their own are left out.
  func kept(
    _ fields: [Int], besides extras: [HeaderMapping.Extra]
  ) throws(IngestError) -> [HeaderMapping.Extra] {
    var taken = Set(extras.map(\.role.name))
    var kept: [HeaderMapping.Extra] = []
    for field in fields where !isPlaceOfReject(field) {
      let name = HeaderName.trimmed(names[field])
      guard !name.isEmpty, !ExtraRole.isReserved(name), name.text != nil,
        taken.insert(name).inserted
      else { continue }
      let role = ExtraRole(
        name: name, type: .text, field: InputDefinition.Field(names: [normalized[field]]))
      kept.append(HeaderMapping.Extra(role: role, field: field))
    }
    guard extras.count + kept.count <= ExtraLayout.largestCount else {
      throw IngestError(
        .tooManyColumns,
        "the header has more than \(ExtraLayout.largestCount) columns beyond the trip's")
    }
    return kept
  }

  /// The fields that are columns of the lake, each read as what it is there; by its exact name, else by its name
  /// in whatever case.
  func known(_ fields: [Int], in schema: TripSchema) -> [HeaderMapping.Extra] {
    let columns = schema.columns.filter { $0.id >= .firstExtra }
    var found: [(column: ColumnDefinition, field: Int)] = []
    for isExact in [true, false] {
      for field in fields where !found.contains(where: { $0.field == field }) {
        let column = columns.first { column in
          isExact
            ? column.name == HeaderName.trimmed(names[field])
            : HeaderName.normalized(column.name) == normalized[field]
        }
        guard let column, !found.contains(where: { $0.column == column }) else { continue }
        found.append((column, field))
      }
    }
    return found.prefix(ExtraLayout.largestCount).map { column, field in
      let role = ExtraRole(
        name: column.name, type: column.type,
        field: InputDefinition.Field(names: [normalized[field]]))
      return HeaderMapping.Extra(role: role, field: field)
    }
  }

  /// Whether a field tells where a reject came from: those columns stand before the record in a file of rejects.
  private func isPlaceOfReject(_ field: Int) -> Bool {
    names[0] == RejectReport.firstColumn && field < RejectReport.placeColumnCount
  }

  /// The header as far as a person reads it: a file that is no CSV may have one of a megabyte.
  private var excerpt: String {
    let limit = 400
    let text = names.prefix(limit).map { name in
      ByteString(bytes: Array(name.bytes.prefix(limit))).displayText
    }.joined(separator: ",")
    return text.count <= limit ? text : text.prefix(limit) + " …"
  }
}
