internal import TripModel

/// The box that most trips of one partition begin in, widened: what lies outside of it is far away.
///
/// Format: `formats/csv-input.md`, "Odd places".
struct UsualBox: Equatable {
  /// Degrees that the box is widened by at least; what is not wider than that has nothing far away.
  static let smallestMargin = 1.0
  /// Trips that are looked at to find the box.
  static let sampleLimit = 1024

  let west: Double
  let south: Double
  let east: Double
  let north: Double

  /// - Parameter origins: none at (0, 0).
  /// - Returns: `nil` where there is none.
  init?(origins: [(x: Double, y: Double)]) {
    guard let x = Self.usualRange(origins.map(\.x)), let y = Self.usualRange(origins.map(\.y))
    else {
      return nil
    }
    (west, east) = x
    (south, north) = y
  }

  /// From the first fifth of the values to the last, and as much again on both sides, a degree at least: a fifth may be
  /// exchanged, as in a week of which a device has written many.
  private static func usualRange(_ values: [Double]) -> (Double, Double)? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let skipped = sorted.count / 5
    let (low, high) = (sorted[skipped], sorted[sorted.count - 1 - skipped])
    let margin = max(high - low, smallestMargin)
    return (low - margin, high + margin)
  }

  @inline(__always)
  func contains(x: Double, y: Double) -> Bool {
    x >= west && x <= east && y >= south && y <= north
  }
}

/// Counts the trips of sorted rows that have a place far away from the others.
///
/// Unchecked as `PartitionSort` is.
extension PartitionSort {
  /// The warnings of each input file that has some.
  ///
  /// - Complexity: O(1) where no place can be far away, else O(rows).
  func oddPlaces() -> [Int: RowWarnings] {
    guard extents.span > UsualBox.smallestMargin, let box = UsualBox(origins: sampleOrigins())
    else { return [:] }
    var warnings: [Int: RowWarnings] = [:]
    for index in 0..<count {
      let words = blocks[UInt32(truncatingIfNeeded: entries[index])]
      guard let kind = Self.oddity(of: words, box) else { continue }
      warnings[TripRow.fileOrdinal(words[TripRow.provenance]), default: RowWarnings()][kind] += 1
    }
    return warnings
  }

  /// Every k-th origin in the order of the file.
  private func sampleOrigins() -> [(x: Double, y: Double)] {
    let step = max(1, (count + UsualBox.sampleLimit - 1) / UsualBox.sampleLimit)
    return stride(from: 0, to: count, by: step).compactMap { index in
      let words = blocks[UInt32(truncatingIfNeeded: entries[index])]
      let x = Double(bitPattern: words[TripRow.originX])
      let y = Double(bitPattern: words[TripRow.originY])
      return x == 0 && y == 0 ? nil : (x, y)
    }
  }

  /// A trip is counted once: as swapped where one of its places is.
  @inline(__always)
  private static func oddity(
    of words: UnsafePointer<UInt64>, _ box: UsualBox
  ) -> RowWarnings.Kind? {
    let origin = oddity(words[TripRow.originX], words[TripRow.originY], box)
    guard words[TripRow.destinationX] != TripRow.absent else { return origin }
    let destination = oddity(words[TripRow.destinationX], words[TripRow.destinationY], box)
    return origin == .swapped || destination == nil ? origin : destination
  }

  @inline(__always)
  private static func oddity(_ x: UInt64, _ y: UInt64, _ box: UsualBox) -> RowWarnings.Kind? {
    let x = Double(bitPattern: x)
    let y = Double(bitPattern: y)
    if box.contains(x: x, y: y) || (x == 0 && y == 0) { return nil }
    return box.contains(x: y, y: x) ? .swapped : .farAway
  }
}
