internal import LakeStore
internal import TripModel

extension ColumnAggregate {
  /// - Throws: `QueryError.unknownRegion`, `QueryError.tooManyGroups`, `QueryError.sumTooLarge`; `StoreError` of a file
  ///   that cannot be read or is damaged.
  /// - Precondition: The columns stand in the lake's schema.
  package func answer(from reader: LakeReader) throws -> Answer {
    let schema = reader.manifest.schema
    let fields = fields(in: schema)
    let places = measures.map { measure in
      measure.fields(in: schema).compactMap { fields.firstIndex(of: $0) }
    }
    let scan = RowScan(filter: filter, columns: Self.columns(of: fields))
    let stream = try RowStream(scan, on: reader)
    var rows = FieldReader(fields, zone: reader.zone, slotMinutes: slotMinutes)
    var table = AggregateTable(self, places: places)
    while try stream.next() { try table.add(rows.read(stream.batch), texts: rows.texts) }
    if keys.isEmpty { table.addOnlyGroup() }
    return Answer(rows: try table.rows(texts: rows.texts), explain: stream.explain)
  }

  /// Keys first, in their order; then what the measures need beside them.
  private func fields(in schema: TripSchema) -> [Field] {
    var fields = keys
    for measure in measures {
      for field in measure.fields(in: schema) where !fields.contains(field) {
        fields.append(field)
      }
    }
    return fields
  }

  /// What must be read for the fields; regions and weeks stand in the names of partitions.
  private static func columns(of fields: [Field]) -> [ColumnID] {
    var columns: [ColumnID] = []
    for field in fields {
      let column: ColumnID? =
        switch field {
        case .column(let column): column.id == .region ? nil : column.id
        case .part(.week): nil
        case .part: .startTime
        }
      if let column, !columns.contains(column) { columns.append(column) }
    }
    return columns
  }
}

extension ColumnAggregate.Measure {
  /// What is read for it; a last source needs the time and the source, in this order.
  func fields(in schema: TripSchema) -> [ColumnAggregate.Field] {
    switch self {
    case .of(_, let column): [.column(column)]
    case .latestSource:
      [ColumnID.startTime, .source].compactMap { schema.column($0).map { .column($0) } }
    }
  }
}
