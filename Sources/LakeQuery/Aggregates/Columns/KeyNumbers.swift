/// Numbers keys, each of the same count of words, from 0 in the order in which they are met.
struct KeyNumbers {
  let width: Int
  private(set) var count = 0
  private var words: [UInt64] = []
  /// One more than a key's number, where its hash leads or behind, the first after the last; 0 is free. As many as a
  /// power of two, at most half of them taken.
  private var slots = [UInt32](repeating: 0, count: 64)

  init(width: Int) {
    self.width = width
  }

  /// The number of a key; one more than all others where it is new.
  ///
  /// - Precondition: The key has `width` words; there are fewer than 2^31 keys.
  mutating func number(of key: [UInt64]) -> Int {
    precondition(key.count == width, "keys are of one width")
    var slot = Self.hash(key[...]) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if self[number].elementsEqual(key) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    count += 1
    words += key
    slots[slot] = UInt32(count)
    if count * 2 > slots.count { grow() }
    return count - 1
  }

  /// The words of a key.
  subscript(number: Int) -> ArraySlice<UInt64> {
    words[number * width..<(number + 1) * width]
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 4)
    for number in 0..<count {
      var slot = Self.hash(self[number]) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(number + 1)
    }
  }

  private static func hash(_ key: ArraySlice<UInt64>) -> Int {
    var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
    for word in key {
      hash = (hash ^ word) &* 0xff51_afd7_ed55_8ccd
      hash ^= hash >> 32
    }
    return Int(truncatingIfNeeded: hash &* 0xc4ce_b9fe_1a85_ec53 >> 20)
  }
}
