/// The values that a condition keeps: those from one to another, both included.
package enum ValueRange: Hashable, Sendable {
  /// Of columns of integers and timestamps.
  case integers(ClosedRange<Int64>)
  /// Of columns of doubles. NaN lies in no range, and -0.0 equals +0.0.
  case doubles(ClosedRange<Double>)

  /// Whether the value of a word lies in the range.
  func contains(word: UInt64) -> Bool {
    switch self {
    case .integers(let range): range.contains(Int64(bitPattern: word))
    case .doubles(let range): range.contains(Double(bitPattern: word))
    }
  }
}
