/// One value of a row of a summary table, and of a row that a database gives back.
///
/// SQLite has no NaN (it stores null in its place) and drops the sign of -0.0; infinities and all of Int64
/// come back as they went in.
package enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  /// Text by its bytes, zero bytes included. SQLite does not check that they are UTF-8.
  case text([UInt8])

  package static func text(_ text: String) -> SQLValue { .text(Array(text.utf8)) }
}
