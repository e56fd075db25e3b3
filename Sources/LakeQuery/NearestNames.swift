package import TripModel

/// Finds the names that somebody who misspelt one may have meant.
package enum NearestNames {
  /// At most three names within a third of the length in edits, the nearest first, ties to the smaller
  /// bytes. Case is passed over, so that `prague` finds `Prague`.
  ///
  /// - Complexity: O(names × length²).
  package static func suggestions(
    for name: ByteString, among names: [ByteString]
  ) -> [String] {
    let wanted = folded(name)
    let limit = max(1, wanted.count / 3)
    let near = names.compactMap { candidate -> (distance: Int, name: ByteString)? in
      let other = folded(candidate)
      guard abs(other.count - wanted.count) <= limit else { return nil }
      let distance = editDistance(wanted, other)
      return distance <= limit ? (distance, candidate) : nil
    }
    return near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
      .prefix(3).map(\.name.displayText)
  }

  /// Lower-case ASCII; names longer than any that is typed are cut, which bounds the work.
  private static func folded(_ name: ByteString) -> [UInt8] {
    name.bytes.prefix(100).map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
  }

  /// The number of bytes inserted, removed, replaced or swapped with their neighbour
  /// (optimal string alignment).
  private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var older = [Int](repeating: 0, count: right.count + 1)
    var old = Array(0...right.count)
    for i in left.indices {
      var row = [i + 1]
      for j in right.indices {
        let replaced = old[j] + (left[i] == right[j] ? 0 : 1)
        var best = min(replaced, row[j] + 1, old[j + 1] + 1)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          best = min(best, older[j - 1] + 1)
        }
        row.append(best)
      }
      older = old
      old = row
    }
    return old[right.count]
  }
}
