/// What is known of one column of one block without reading it.
///
/// `minimum` and `maximum` are words of the column's type, exact over the values that are neither null nor
/// NaN; a float minimum of zero is -0.0 and a maximum of zero is +0.0. Where there is no such value
/// (`hasRange` is false) both are 0 and mean nothing.
package struct ZoneMap: Hashable, Sendable {
  package var rowCount: Int
  package var nullCount: Int
  /// Only columns of float64 have any.
  package var nanCount: Int
  package var minimum: UInt64
  package var maximum: UInt64

  package init(rowCount: Int, nullCount: Int, nanCount: Int, minimum: UInt64, maximum: UInt64) {
    self.rowCount = rowCount
    self.nullCount = nullCount
    self.nanCount = nanCount
    self.minimum = minimum
    self.maximum = maximum
  }

  @inlinable package var hasRange: Bool { rowCount > nullCount + nanCount }

  /// Whether every row has a value that is a number, so that the range speaks for all rows.
  @inlinable package var rangeHoldsAllRows: Bool { nullCount == 0 && nanCount == 0 }

  @inlinable package var minimumDouble: Double { Double(bitPattern: minimum) }
  @inlinable package var maximumDouble: Double { Double(bitPattern: maximum) }
  @inlinable package var minimumInteger: Int64 { Int64(bitPattern: minimum) }
  @inlinable package var maximumInteger: Int64 { Int64(bitPattern: maximum) }
}
