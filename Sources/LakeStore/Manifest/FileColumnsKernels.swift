/// Loops over columns of files that branch for none of them, so that a vector unit runs them. They tell whether something is
/// wrong; what it is, is looked for only then.
extension FileColumns {
  /// Whether `checkOrder` has nothing to say.
  func areInOrder(regionCount: Int) -> Bool {
    var wrongCount = 0
    let (count, regionLimit) = (count, UInt32(clamping: regionCount))
    regions.withPointer { regions in
      weeks.withPointer { weeks in
        for file in 0..<count {
          wrongCount &+= regions.number(file) < regionLimit ? 0 : 1
        }
        for file in stride(from: 1, to: count, by: 1) {
          let before = Self.place(regions.number(file &- 1), weeks.number(file &- 1))
          wrongCount &+= before <= Self.place(regions.number(file), weeks.number(file)) ? 0 : 1
        }
      }
    }
    specifications.withPointer { specifications in
      for file in 0..<count { wrongCount &+= specifications.number(file) == 1 ? 0 : 1 }
    }
    flags.withPointer { flags in
      for file in 0..<count { wrongCount &+= flags.number(file) & ~Self.knownFlags == 0 ? 0 : 1 }
    }
    return wrongCount == 0
  }

  /// The sums over all files, as `check` makes them; `nil` where it may have something to say of a file.
  func sums() -> ManifestTotals? {
    var sums = ManifestTotals()
    sums.fileCount = UInt64(count)
    var wrongCount = 0
    let count = count
    rowCounts.withPointer { rowCounts in
      // So large is each at the most: what has no bit above those of the sum's share cannot overflow it.
      var bits: UInt64 = 0
      for file in 0..<count {
        bits |= rowCounts.number(file)
        sums.rowCount &+= rowCounts.number(file)
      }
      wrongCount &+= bits <= Self.share(count) ? 0 : 1
      destinationCounts.withPointer { destinationCounts in
        for file in 0..<count {
          wrongCount &+= destinationCounts.number(file) <= rowCounts.number(file) ? 0 : 1
        }
      }
    }
    byteCounts.withPointer { byteCounts in
      var bits: UInt64 = 0
      for file in 0..<count {
        bits |= byteCounts.number(file)
        sums.byteCount &+= byteCounts.number(file)
      }
      wrongCount &+= bits <= Self.share(count) ? 0 : 1
    }
    firstTimes.withPointer { firstTimes in
      lastTimes.withPointer { lastTimes in
        for file in 0..<count {
          wrongCount &+= firstTimes.number(file) <= lastTimes.number(file) ? 0 : 1
        }
      }
    }
    return wrongCount == 0 ? sums : nil
  }

  /// What each of `count` numbers may be without their sum being more than an `Int`.
  private static func share(_ count: Int) -> UInt64 { UInt64(Int.max) / UInt64(max(count, 1)) }

  /// Region before week, as one number.
  @inline(__always)
  private static func place(_ region: UInt32, _ week: Int32) -> UInt64 {
    UInt64(region) << 32 | UInt64(UInt32(bitPattern: week) ^ 1 << 31)
  }
}

/// Where the numbers of a column stand. Unchecked: valid inside of `withPointer`, for indices of the column.
struct FlatPointer<Number: FixedWidthInteger & BitwiseCopyable & Sendable> {
  fileprivate let start: UnsafeRawPointer

  @inline(__always)
  func number(_ index: Int) -> Number {
    Number(
      littleEndian: start.loadUnaligned(
        fromByteOffset: index &* MemoryLayout<Number>.size, as: Number.self))
  }
}

extension FlatColumn {
  /// Lends the numbers to a loop that stays inside of them.
  @inline(__always)
  func withPointer<Result>(_ body: (FlatPointer<Number>) -> Result) -> Result {
    bytes.withUnsafeBytes { source in
      // Safe because an empty column's pointer is never followed.
      let start = source.baseAddress ?? UnsafeRawPointer(bitPattern: 8).unsafelyUnwrapped
      return body(FlatPointer(start: start + offset))
    }
  }
}
