/// One value as SQLite has it.
package enum ResultValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  /// Text by its bytes. SQLite does not check that they are UTF-8.
  case text([UInt8])
  case blob([UInt8])
}
