/// Sorts the group numbers of rows, for groups that are too many to be counted in place.
///
/// Safe because a digit is below 2^11 and every pass writes as many keys as it counted.
enum KeySortKernels {
  private static let digitBitCount = 11

  /// Sorts ascending; as many passes over the keys as their numbers have digits that differ.
  ///
  /// - Complexity: O(n) in time and memory.
  static func sort(_ keys: inout [UInt64]) {
    var other = [UInt64](repeating: 0, count: keys.count)
    let largest = keys.reduce(0) { $0 | $1 }
    var shift = 0
    while shift < 64, largest >> UInt64(shift) > 0 {
      keys.withUnsafeBufferPointer { keys in
        other.withUnsafeMutableBufferPointer { pass(keys, into: $0, shift: UInt64(shift)) }
      }
      swap(&keys, &other)
      shift += digitBitCount
    }
  }

  private static func pass(
    _ keys: UnsafeBufferPointer<UInt64>, into target: UnsafeMutableBufferPointer<UInt64>,
    shift: UInt64
  ) {
    let mask: UInt64 = 1 << UInt64(digitBitCount) - 1
    var places = [Int](repeating: 0, count: 1 << digitBitCount)
    places.withUnsafeMutableBufferPointer { places in
      for key in keys { places[Int(truncatingIfNeeded: key >> shift & mask)] &+= 1 }
      var start = 0
      for digit in 0..<places.count {
        let count = places[digit]
        places[digit] = start
        start &+= count
      }
      for key in keys {
        let digit = Int(truncatingIfNeeded: key >> shift & mask)
        target[places[digit]] = key
        places[digit] &+= 1
      }
    }
  }
}
