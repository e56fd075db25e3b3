internal import LakeColumns

enum WordKernels {
  /// The largest word, as an unsigned number; 0 where there is none.
  static func maximum(_ words: Span<UInt64>) -> UInt64 {
    // Safe because the closure reads inside the span alone.
    words.withUnsafeBufferPointer { words in
      var maximum: UInt64 = 0
      for word in words { maximum = word > maximum ? word : maximum }
      return maximum
    }
  }

  /// Sets the flag of every word.
  ///
  /// - Precondition: Every word is an index of `flags`.
  static func mark(_ words: Span<UInt64>, in flags: inout [Bool]) {
    precondition(maximum(words) < UInt64(max(flags.count, 1)) || words.isEmpty)
    // Safe because the largest word was compared with the count.
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
    precondition(maximum(sources) < UInt64(tallies.count))
    // Safe because the largest source was compared with the count.
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
