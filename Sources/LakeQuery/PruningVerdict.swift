/// What is proven about the rows of a file or block before any of them is read.
package enum PruningVerdict: Hashable, Sendable {
  /// No row can match.
  case skip
  /// Every row matches.
  case cover
  /// Nothing is proven: the rows must be read.
  case scan

  /// The verdict on rows that must meet both conditions.
  package func and(_ other: PruningVerdict) -> PruningVerdict {
    switch (self, other) {
    case (.skip, _), (_, .skip): .skip
    case (.cover, .cover): .cover
    default: .scan
    }
  }

  /// The verdict on rows that must meet at least one of the conditions.
  package func or(_ other: PruningVerdict) -> PruningVerdict {
    switch (self, other) {
    case (.cover, _), (_, .cover): .cover
    case (.skip, .skip): .skip
    default: .scan
    }
  }
}
