/// Why a record became no trip.
struct RowFault {
  enum Reason: Sendable {
    case pointSyntax
    case coordinateRange
    case timestampSyntax
    case invalidText
  }

  /// Index of the row in its batch.
  let row: Int
  /// Index of the field in the file's header.
  let field: Int
  let reason: Reason
}
