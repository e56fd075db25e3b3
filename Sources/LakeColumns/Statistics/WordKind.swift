package import TripModel

/// How the 64-bit words of a column are ordered and packed.
package enum WordKind: Sendable {
  /// Signed numbers, often multiples of something: int64 and timestamp.
  case integer
  /// Small unsigned numbers without arithmetic: bool, and indexes of text.
  case code
  /// Bit patterns of doubles.
  case float
}

extension ColumnType {
  package var wordKind: WordKind {
    switch self {
    case .int64, .timestamp: .integer
    case .bool, .text: .code
    case .float64: .float
    }
  }
}
