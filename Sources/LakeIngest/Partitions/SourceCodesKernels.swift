/// The sources of some rows, and the codes that stand for them in the rows' own dictionary; used again and again.
///
/// Unchecked: ranks are those of `SourceRanks`.
final class SourceCodes {
  private static let unused = UInt32.max

  /// Of each rank, `unused` where no row has it.
  private let codes: UnsafeMutablePointer<UInt32>
  /// The ranks that rows have.
  private var used: [UInt32] = []

  init(sourceCount: Int) {
    codes = .allocate(capacity: max(1, sourceCount))
    codes.initialize(repeating: Self.unused, count: sourceCount)
  }

  deinit {
    codes.deallocate()
  }

  /// Says that a row has the source of this rank.
  @inline(__always)
  func note(_ rank: UInt32) {
    if codes[Int(rank)] == Self.unused { noteFirst(rank) }
  }

  @inline(never)
  private func noteFirst(_ rank: UInt32) {
    codes[Int(rank)] = 0
    used.append(rank)
  }

  /// Replaces ranks, which were noted, by codes in their order, and forgets all.
  ///
  /// - Returns: The rank of each code.
  func replace(_ ranks: UnsafeMutablePointer<UInt64>, count: Int) -> [UInt32] {
    used.sort()
    // Where no rank below the last is left out, each is its own code.
    if let last = used.last, Int(last) >= used.count {
      for (code, rank) in used.enumerated() { codes[Int(rank)] = UInt32(code) }
      for row in 0..<count { ranks[row] = UInt64(codes[Int(ranks[row])]) }
    }
    for rank in used { codes[Int(rank)] = Self.unused }
    defer { used.removeAll(keepingCapacity: true) }
    return used
  }
}
