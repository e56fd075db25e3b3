/// Loops that put the rows of a file into buckets, and count the rows of one bucket over all files.
///
/// Safe because the bucket of every key is checked before anything is written, what is written is what was
/// counted, and low bits index 2^16 counters. Neighbouring rows lie in few buckets, because a file's rows are
/// sorted by their place.
enum BucketKernels {
  /// - Precondition: There are fewer than 2^32 keys, and none reaches beyond the buckets.
  static func makeBuckets(_ keys: [UInt64], bucketCount: Int) -> BucketedKeys {
    precondition(keys.count < Int(UInt32.max))
    var ends = [UInt32](repeating: 0, count: bucketCount)
    let lows = [UInt16](unsafeUninitializedCapacity: keys.count) { lows, written in
      keys.withUnsafeBufferPointer { keys in
        ends.withUnsafeMutableBufferPointer { ends in
          fill(lows, with: keys, ends)
        }
      }
      written = keys.count
    }
    return BucketedKeys(lows: lows, ends: ends)
  }

  private static func fill(
    _ lows: UnsafeMutableBufferPointer<UInt16>, with keys: UnsafeBufferPointer<UInt64>,
    _ ends: UnsafeMutableBufferPointer<UInt32>
  ) {
    let shift = UInt64(BucketedKeys.lowBitCount)
    forEachFromFourPlaces(keys) { key in
      let bucket = Int(truncatingIfNeeded: key >> shift)
      precondition(bucket < ends.count)
      ends[bucket] &+= 1
    }
    var start: UInt32 = 0
    for bucket in 0..<ends.count {
      let count = ends[bucket]
      ends[bucket] = start
      start &+= count
    }
    // Each bucket's start moves to its end.
    forEachFromFourPlaces(keys) { key in
      let bucket = Int(truncatingIfNeeded: key >> shift)
      lows[Int(ends[bucket])] = UInt16(truncatingIfNeeded: key)
      ends[bucket] &+= 1
    }
  }

  /// Visits every key once. Neighbours mostly lie in the same bucket, whose counter each would have to wait for;
  /// so four places of the file take turns.
  @inline(__always)
  private static func forEachFromFourPlaces(
    _ keys: UnsafeBufferPointer<UInt64>, _ body: (UInt64) -> Void
  ) {
    let quarter = keys.count / 4
    for row in 0..<quarter {
      body(keys[row])
      body(keys[row + quarter])
      body(keys[row + 2 * quarter])
      body(keys[row + 3 * quarter])
    }
    for row in 4 * quarter..<keys.count { body(keys[row]) }
  }

  /// How many rows each bucket has.
  ///
  /// - Precondition: Every file has as many buckets as told.
  static func rowCounts(of files: [BucketedKeys], bucketCount: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: bucketCount)
    for file in files {
      precondition(file.ends.count == bucketCount)
      file.ends.withUnsafeBufferPointer { ends in
        var start: UInt32 = 0
        for bucket in 0..<bucketCount {
          counts[bucket] &+= Int(ends[bucket] &- start)
          start = ends[bucket]
        }
      }
    }
    return counts
  }

  /// Counts the rows of a bucket.
  ///
  /// - Precondition: `counters` are 2^16.
  static func count(bucket: Int, of files: [BucketedKeys], counters: inout [UInt32]) {
    precondition(counters.count == 1 << BucketedKeys.lowBitCount)
    counters.withUnsafeMutableBufferPointer { counters in
      forEachRun(ofBucket: bucket, files) { lows in
        for low in lows { counters[Int(low)] &+= 1 }
      }
    }
  }

  /// Hands the groups of a bucket that have at least `keeper.threshold` rows to the keeper, each once, and sets
  /// the counters back to 0: the work is that of the rows, however many groups are possible.
  static func collect(
    bucket: Int, of files: [BucketedKeys], counters: inout [UInt32], into keeper: inout GroupKeeper
  ) {
    precondition(counters.count == 1 << BucketedKeys.lowBitCount)
    let high = UInt64(bucket) << UInt64(BucketedKeys.lowBitCount)
    counters.withUnsafeMutableBufferPointer { counters in
      var threshold = keeper.threshold
      forEachRun(ofBucket: bucket, files) { lows in
        for low in lows {
          let count = counters[Int(low)]
          counters[Int(low)] = 0
          guard count >= threshold else { continue }
          keeper.take(group: high | UInt64(low), count: Int(count))
          threshold = keeper.threshold
        }
      }
    }
  }

  /// Hands on the low bits of a bucket's rows, file by file; files are looked at in place, because to copy one is to
  /// count its references, for which threads would wait for each other.
  @inline(__always)
  private static func forEachRun(
    ofBucket bucket: Int, _ files: [BucketedKeys], _ body: (UnsafeBufferPointer<UInt16>) -> Void
  ) {
    files.withUnsafeBufferPointer { files in
      for index in 0..<files.count {
        let range = files[index].range(ofBucket: bucket)
        if range.isEmpty { continue }
        files[index].lows.withUnsafeBufferPointer { lows in
          body(UnsafeBufferPointer(rebasing: lows[range]))
        }
      }
    }
  }
}

extension BucketedKeys {
  /// The places of a bucket's rows in `lows`.
  fileprivate func range(ofBucket bucket: Int) -> Range<Int> {
    let range = (bucket == 0 ? 0 : Int(ends[bucket - 1]))..<Int(ends[bucket])
    precondition(range.upperBound <= lows.count)
    return range
  }
}
