internal import LakeColumns
internal import TripModel

/// Rows proven fit for a trip file, in the form in which they are encoded.
struct FileRows {
  let rowCount: Int
  let columns: [ColumnVector]

  /// The rows of a whole file: columns without any value are left out, and each text dictionary holds only what its
  /// rows use.
  ///
  /// - Parameter columns: Columns of the schema other than `region`, ascending by id, all of one length.
  ///   Nullable ones may be left out; all others must be there.
  /// - Throws: `TripFileError.invalidRows`.
  init(_ columns: [ColumnVector], schema: TripSchema) throws(TripFileError) {
    rowCount = try Self.check(columns, schema: schema)
    for column in columns { try Self.checkDictionary(column) }
    self.columns = columns.filter { $0.validCount > 0 }.map { column in
      column.definition.type == .text ? column.withUsedDictionary() : column
    }
  }

  /// Some rows of a file: they get all of its columns.
  ///
  /// - Parameter columns: As above, with the dictionaries of the file; those that it lacks have no value.
  /// - Throws: `TripFileError.invalidRows`.
  init(
    _ columns: [ColumnVector], of draft: TripFileDraft, schema: TripSchema
  ) throws(TripFileError) {
    let rowCount = try Self.check(columns, schema: schema)
    self.rowCount = rowCount
    for column in columns where column.validCount > 0 {
      let id = column.definition.id
      guard draft.columns.contains(where: { $0.definition.id == id }) else {
        throw TripFileError(.invalidRows, column: id, "the file has no such column")
      }
    }
    var all: [ColumnVector] = []
    for column in draft.columns {
      let id = column.definition.id
      guard let rows = columns.first(where: { $0.definition.id == id }) else {
        all.append(ColumnVector(nulls: rowCount, like: column))
        continue
      }
      guard rows.dictionary == column.dictionary else {
        throw TripFileError(.invalidRows, column: id, "the dictionary is not that of the file")
      }
      all.append(rows)
    }
    self.columns = all
  }

  /// - Returns: The number of rows.
  private static func check(
    _ columns: [ColumnVector], schema: TripSchema
  ) throws(TripFileError) -> Int {
    let rowCount = columns.first?.rowCount ?? 0
    guard rowCount > 0 else { throw TripFileError(.invalidRows, "there is no row") }
    try checkDefinitions(columns, schema: schema)
    for column in columns {
      try checkLengths(column, rowCount: rowCount)
      try checkNulls(column)
      if column.validCount > 0 { try checkValues(column) }
    }
    try checkDestinations(columns)
    return rowCount
  }

  /// - Throws: `TripFileError.invalidRows` unless a file of the schema can have these columns.
  static func checkDefinitions(
    _ columns: [ColumnVector], schema: TripSchema
  ) throws(TripFileError) {
    var previous = ColumnID.region
    for column in columns {
      let definition = column.definition
      guard definition.id > previous else {
        throw TripFileError(.invalidRows, column: definition.id, "the columns do not ascend by id")
      }
      guard schema.column(definition.id) == definition, definition.name.byteCount <= UInt16.max
      else {
        throw TripFileError(.invalidRows, column: definition.id, "the schema has no such column")
      }
      previous = definition.id
    }
    for definition in schema.columns where !definition.isNullable && definition.id != .region {
      guard columns.contains(where: { $0.definition.id == definition.id }) else {
        throw TripFileError(.invalidRows, column: definition.id, "the column is absent")
      }
    }
  }

  private static func checkLengths(
    _ column: ColumnVector, rowCount: Int
  ) throws(TripFileError) {
    guard column.rowCount == rowCount else {
      throw TripFileError(
        .invalidRows, column: column.definition.id,
        "the column has \(column.rowCount) rows and not \(rowCount)")
    }
  }

  private static func checkNulls(_ column: ColumnVector) throws(TripFileError) {
    guard column.hasBitmap else { return }
    guard column.isBitmapWellFormed else {
      throw TripFileError(
        .invalidRows, column: column.definition.id,
        "the bitmap does not fit the rows, or a null's word is not 0")
    }
    guard column.definition.isNullable || column.validCount == column.rowCount else {
      throw TripFileError(.invalidRows, column: column.definition.id, "a value is absent")
    }
  }

  private static func checkValues(_ column: ColumnVector) throws(TripFileError) {
    switch column.definition.type {
    case .int64, .float64, .timestamp: return
    case .bool:
      guard WordKernels.areAll(column.words.span, below: 2) else {
        throw TripFileError(.invalidRows, column: column.definition.id, "a bool is not 0 or 1")
      }
    case .text:
      guard WordKernels.areAll(column.words.span, below: UInt64(column.dictionary.count)) else {
        throw TripFileError(
          .invalidRows, column: column.definition.id, "a text is not in the dictionary")
      }
    }
  }

  /// - Throws: `TripFileError.invalidRows` unless the texts ascend and the format can hold them.
  static func checkDictionary(_ column: ColumnVector) throws(TripFileError) {
    guard column.isDictionaryWellFormed else {
      throw TripFileError(
        .invalidRows, column: column.definition.id,
        "the dictionary is not in byte order, or too large")
    }
  }

  /// A destination has both coordinates or none.
  private static func checkDestinations(_ columns: [ColumnVector]) throws(TripFileError) {
    let x = columns.first { $0.definition.id == .destinationX }
    let y = columns.first { $0.definition.id == .destinationY }
    guard let x, let y else {
      if x == nil && y == nil { return }
      throw TripFileError(.invalidRows, column: .destinationX, "a coordinate is absent")
    }
    guard x.hasBitmap || y.hasBitmap else { return }
    for row in 0..<x.rowCount where x.isValid(row: row) != y.isValid(row: row) {
      throw TripFileError(
        .invalidRows, column: .destinationX, "row \(row) has only one destination coordinate")
    }
  }
}
