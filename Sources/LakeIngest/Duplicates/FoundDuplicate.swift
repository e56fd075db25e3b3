/// A row that is equal to an earlier one.
struct FoundDuplicate {
  enum First {
    /// A row in memory, by its number.
    case row(UInt32)
    case stored(EarlierPlace)
  }

  /// The number of the row.
  let row: UInt32
  let first: First
}

/// Where the first of equal rows is stored. One object for all rows of a file, of which there may be millions.
final class EarlierPlace: Sendable {
  /// `nil` stands for the load at hand.
  let load: UInt64?
  /// The trip file within the lake.
  let path: String

  init(load: UInt64?, path: String) {
    self.load = load
    self.path = path
  }
}
