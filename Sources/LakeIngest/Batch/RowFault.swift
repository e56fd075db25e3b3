/// Why a record became no trip.
struct RowFault {
  enum Reason: Sendable {
    case pointSyntax
    case coordinateSyntax
    case coordinateRange
    case timestampSyntax
    case timeInGap
    case timeInOverlap
    case outsideAreas
    case invalidText
    case integerSyntax
    case numberSyntax
    case boolSyntax
  }

  /// Index of the row in its batch.
  let row: Int
  /// Index of the field in the file's header.
  let field: Int
  let reason: Reason
}
