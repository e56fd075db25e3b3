package import LakeColumns
package import TripModel

/// Rows proven fit for a trip file, in the form in which they are encoded: columns without any value are
/// left out, and each text dictionary holds only what its rows use.
package struct FileRows {
  package let rowCount: Int
  let columns: [ColumnVector]

  /// - Parameter columns: Columns of the schema other than `region`, ascending by id, all of one length.
  ///   Nullable ones may be left out; all others must be there.
  /// - Throws: `TripFileError.invalidRows`.
  package init(_ columns: [ColumnVector], schema: TripSchema) throws(TripFileError) {
    rowCount = columns.first?.rowCount ?? 0
    guard rowCount > 0 else { throw TripFileError(.invalidRows, "there is no row") }
    try Self.checkDefinitions(columns, schema: schema)
    var kept: [ColumnVector] = []
    for column in columns {
      try Self.checkLengths(column, rowCount: rowCount)
      try Self.checkNulls(column)
      if column.validCount == 0 { continue }
      kept.append(try Self.checkValues(column))
    }
    self.columns = kept
    try Self.checkDestinations(kept)
  }

  private init(rowCount: Int, _ columns: [ColumnVector]) {
    self.rowCount = rowCount
    self.columns = columns
  }

  /// The rows with the codes of a file's dictionaries; `nil` where its columns are others, or it lacks a text.
  package func fitted(to draft: TripFileDraft) -> FileRows? {
    guard columns.map(\.definition) == draft.definitions else { return nil }
    var fitted: [ColumnVector] = []
    for (column, dictionary) in zip(columns, draft.dictionaries) {
      guard let column = column.recoded(to: dictionary) else { return nil }
      fitted.append(column)
    }
    return FileRows(rowCount: rowCount, fitted)
  }

  private static func checkDefinitions(
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

  /// - Returns: The column, with a dictionary of the values that its rows use.
  private static func checkValues(_ column: ColumnVector) throws(TripFileError) -> ColumnVector {
    switch column.definition.type {
    case .int64, .float64, .timestamp: return column
    case .bool:
      guard WordKernels.areAll(column.words.span, below: 2) else {
        throw TripFileError(.invalidRows, column: column.definition.id, "a bool is not 0 or 1")
      }
      return column
    case .text:
      guard column.isDictionaryWellFormed else {
        throw TripFileError(
          .invalidRows, column: column.definition.id,
          "the dictionary is not in byte order, or too large")
      }
      guard WordKernels.areAll(column.words.span, below: UInt64(column.dictionary.count)) else {
        throw TripFileError(
          .invalidRows, column: column.definition.id, "a text is not in the dictionary")
      }
      return column.withUsedDictionary()
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
