enum DictionaryKernels {
  private static let slotBits: UInt64 = 12
  /// Four times the most words a table may hold, so that probing stays short.
  static let slotCount = 1 << 12

  /// Fills `words` and `indexes`; false where it gave up.
  static func collect(
    _ values: Span<UInt64>, words: inout ColumnBuffer<UInt64>,
    indexes: inout ColumnBuffer<UInt64>, slots: inout ColumnBuffer<UInt16>, limit: Int,
    trialCount: Int
  ) -> Bool {
    words.removeAll()
    slots.removeAll()
    slots.resize(to: slotCount, filling: 0)
    indexes.resize(to: values.count, filling: 0)
    return values.withUnsafeBufferPointer { source in
      slots.withUnsafeMutableBufferPointer { slots in
        indexes.withUnsafeMutableBufferPointer { indexes in
          // Safe because slots are masked to the table's size, and the other indexes run over `source`,
          // which is as long as `indexes`.
          for position in 0..<source.count {
            let word = source[position]
            var slot = Int(truncatingIfNeeded: hash(word))
            while slots[slot] != 0 && words[Int(slots[slot]) - 1] != word {
              slot = (slot + 1) & (slotCount - 1)
            }
            if slots[slot] == 0 {
              guard words.count < limit else { return false }
              words.append(word)
              slots[slot] = UInt16(words.count)
            }
            indexes[position] = UInt64(slots[slot]) - 1
            if position == trialCount - 1 && words.count > trialCount * 3 / 4 { return false }
          }
          return true
        }
      }
    }
  }

  private static func hash(_ word: UInt64) -> UInt64 {
    let mixed = (word ^ word &>> 32) &* 0x9e37_79b9_7f4a_7c15
    return mixed &>> (64 - slotBits)
  }

  /// - Precondition: `words` is not empty.
  static func unsignedRange(_ words: Span<UInt64>) -> (UInt64, UInt64) {
    var (smallest, largest) = (words[0], words[0])
    for index in 1..<words.count {
      smallest = min(smallest, words[index])
      largest = max(largest, words[index])
    }
    return (smallest, largest)
  }

  static func sort(words: inout ColumnBuffer<UInt64>, indexes: inout ColumnBuffer<UInt64>) {
    let order = words.withUnsafeBufferPointer { words in
      (0..<words.count).sorted { words[$0] < words[$1] }
    }
    var ranks = [UInt64](repeating: 0, count: words.count)
    let sorted = order.map { words[$0] }
    for (rank, index) in order.enumerated() {
      ranks[index] = UInt64(rank)
      words[rank] = sorted[rank]
    }
    // Safe because `collect` wrote only indexes of words.
    ranks.withUnsafeBufferPointer { ranks in
      indexes.withUnsafeMutableBufferPointer { indexes in
        for position in 0..<indexes.count {
          indexes[position] = ranks[Int(truncatingIfNeeded: indexes[position])]
        }
      }
    }
  }

  /// Replaces each index by its word; false, and nothing is said of `indexes`, where one is too large.
  static func look(up indexes: inout ColumnBuffer<UInt64>, in words: Span<UInt64>) -> Bool {
    let limit = UInt64(words.count)
    // Safe because every index is compared with the count before it is followed.
    return words.withUnsafeBufferPointer { words in
      indexes.withUnsafeMutableBufferPointer { indexes in
        var largest: UInt64 = 0
        for position in 0..<indexes.count { largest = max(largest, indexes[position]) }
        guard largest < limit || indexes.isEmpty else { return false }
        for position in 0..<indexes.count {
          indexes[position] = words[Int(truncatingIfNeeded: indexes[position])]
        }
        return true
      }
    }
  }
}
