/// A record that became no trip, and why.
package struct RejectedRecord: Sendable {
  /// The stable codes of rejects; `TL-` and the number is what users see.
  package enum Code: Int, Sendable, CaseIterable {
    case invalidText = 2011
    case fieldCount = 2021
    case textAfterQuote = 2022
    case endlessRecord = 2023
    case pointSyntax = 2031
    case coordinateRange = 2032
    case coordinateSyntax = 2033
    case outsideAreas = 2034
    case timestampSyntax = 2041
    case timeInGap = 2042
    case timeInOverlap = 2043
    case integerSyntax = 2051
    case numberSyntax = 2052
    case boolSyntax = 2053
  }

  package let code: Code
  /// One sentence for people, without a final full stop.
  package let message: String
  package var path: String
  /// The line it begins on, from 1.
  package var line: UInt64
  /// Bytes from the start of the file.
  package var byteOffset: UInt64
  /// Its first byte within the line, from 1.
  package let lineColumn: Int
  /// The name of the column at fault, where it is one.
  package let column: String?
  /// The record as it stands in the file, without its line end.
  package let raw: [UInt8]
}
