internal import LakeColumns

enum WordKernels {
  /// Whether every word, as an unsigned number, is below `limit`.
  static func areAll(_ words: Span<UInt64>, below limit: UInt64) -> Bool {
    // Safe because the closure reads inside the span alone.
    words.withUnsafeBufferPointer { words in
      guard limit > 0, limit <= 1 << 63 else { return words.allSatisfy { $0 < limit } }
      // A word from the limit on has the highest bit, or what the largest one allowed is above it has.
      let largest = limit - 1
      var bits: UInt64 = 0
      for word in words { bits |= word | (largest &- word) }
      return bits >> 63 == 0
    }
  }

  /// Sets the flag of every word.
  ///
  /// - Precondition: Every word is an index of `flags`.
  static func mark(_ words: borrowing ColumnBuffer<UInt64>, in flags: inout [Bool]) {
    let words = words.span
    precondition(areAll(words, below: UInt64(flags.count)))
    // Safe because every word was compared with the count.
    flags.withUnsafeMutableBufferPointer { flags in
      words.withUnsafeBufferPointer { words in
        for word in words { flags[Int(truncatingIfNeeded: word)] = true }
      }
    }
  }

  /// Counts the rows of each source and their first and last time.
  ///
  /// - Precondition: Every source is an index of `tallies`; both columns hold the rows.
  static func tally(
    sources: borrowing ColumnBuffer<UInt64>, times: borrowing ColumnBuffer<UInt64>,
    rows: Range<Int>, in tallies: inout [SourceTally]
  ) {
    let sources = sources.span.extracting(rows)
    let times = times.span.extracting(rows)
    precondition(areAll(sources, below: UInt64(tallies.count)))
    // Safe because every source was compared with the count.
    tallies.withUnsafeMutableBufferPointer { tallies in
      sources.withUnsafeBufferPointer { sources in
        times.withUnsafeBufferPointer { times in
          for row in 0..<sources.count {
            let source = Int(truncatingIfNeeded: sources[row])
            let time = Int64(bitPattern: times[row])
            tallies[source].rowCount &+= 1
            if time < tallies[source].firstTime { tallies[source].firstTime = time }
            if time > tallies[source].lastTime { tallies[source].lastTime = time }
          }
        }
      }
    }
  }
}
