package import TripModel

/// A trip matches where its value of a column compares with a given one as asked.
///
/// Null, and a float64 that is not a number, compare with nothing: they meet `isNull` alone, NaN not even that.
/// Texts are compared by their bytes, -0.0 equals +0.0.
package struct ColumnComparison: Hashable, Sendable {
  package enum Order: String, Hashable, Sendable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  package enum Test: Hashable, Sendable {
    /// Of columns of int64 and timestamp, which are microseconds since 1970-01-01 UTC.
    case integer(Order, Int64)
    /// Of columns of float64; a finite number.
    case number(Order, Double)
    /// Of columns of bool; equal or not equal.
    case flag(Order, Bool)
    /// Of columns of text.
    case text(Order, ByteString)
    case isNull
    case isNotNull
  }

  package let column: ColumnID
  package let test: Test

  /// - Precondition: The test is one of the column's type.
  package init(column: ColumnID, _ test: Test) {
    self.column = column
    self.test = test
  }
}

extension ColumnComparison {
  /// The values that a test keeps: those of a range, or with `isOutside` all others that are values.
  struct Kept: Hashable {
    /// `nil` where no value lies in it.
    let range: ClosedRange<Int64>?
    let isOutside: Bool
  }

  /// The same of numbers.
  struct KeptNumbers: Hashable {
    let range: ClosedRange<Double>
    let isOutside: Bool
  }

  /// What is kept of columns of int64, timestamp and bool; `nil` for tests of other columns and of null.
  var keptIntegers: Kept? {
    switch test {
    case .integer(let order, let value): Self.kept(order, value)
    case .flag(let order, let flag): Self.kept(order, flag ? 1 : 0)
    case .number, .text, .isNull, .isNotNull: nil
    }
  }

  private static func kept(_ order: Order, _ value: Int64) -> Kept {
    switch order {
    case .equal: Kept(range: value...value, isOutside: false)
    case .notEqual: Kept(range: value...value, isOutside: true)
    case .less: Kept(range: value == .min ? nil : .min...(value - 1), isOutside: false)
    case .lessOrEqual: Kept(range: .min...value, isOutside: false)
    case .greater: Kept(range: value == .max ? nil : (value + 1)...(.max), isOutside: false)
    case .greaterOrEqual: Kept(range: value...(.max), isOutside: false)
    }
  }

  /// What is kept of columns of float64.
  var keptNumbers: KeptNumbers? {
    guard case .number(let order, let value) = test else { return nil }
    let range: ClosedRange<Double> =
      switch order {
      case .equal, .notEqual: value...value
      case .less: -.infinity...value.nextDown
      case .lessOrEqual: -.infinity...value
      case .greater: value.nextUp...(.infinity)
      case .greaterOrEqual: value...(.infinity)
      }
    return KeptNumbers(range: range, isOutside: order == .notEqual)
  }

  /// Whether a text is kept; of no account for tests of other columns.
  func keeps(_ text: ByteString) -> Bool {
    guard case .text(let order, let value) = test else { return false }
    return switch order {
    case .equal: text == value
    case .notEqual: text != value
    case .less: text < value
    case .lessOrEqual: text <= value
    case .greater: text > value
    case .greaterOrEqual: text >= value
    }
  }
}
