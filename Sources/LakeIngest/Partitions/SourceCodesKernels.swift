internal import LakeColumns
internal import TripModel

/// The sources of the rows of a file, and the codes that stand for them there; used again and again.
///
/// Unchecked: ranks are those of `SourceRanks`.
final class SourceCodes {
  private static let unused = UInt32.max

  /// All sources, by rank.
  private let sources: [ByteString]
  /// Of each rank, `unused` where no row has it.
  private let codes: UnsafeMutablePointer<UInt32>
  /// The ranks that rows have.
  private var used: [UInt32] = []
  /// Their sources, since it was made.
  private var dictionary: [ByteString] = []

  /// - Parameter sources: By rank, which is their order as bytes.
  init(sources: [ByteString]) {
    self.sources = sources
    codes = .allocate(capacity: max(1, sources.count))
    codes.initialize(repeating: Self.unused, count: sources.count)
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

  /// The sources noted, in byte order.
  func makeDictionary() -> [ByteString] {
    used.sort()
    dictionary = used.map { sources[Int($0)] }
    return dictionary
  }

  /// Gives each source of the dictionary the code that a column has for it.
  ///
  /// - Precondition: The column has them all.
  func fit(to column: ColumnVector) {
    guard let codes = column.codes(of: dictionary) else {
      preconditionFailure("a source without a code")
    }
    for (rank, code) in zip(used, codes) { self.codes[Int(rank)] = code }
  }

  /// The code of a source that was noted.
  @inline(__always)
  subscript(rank: UInt32) -> UInt32 { codes[Int(rank)] }

  /// Forgets all.
  func removeAll() {
    for rank in used { codes[Int(rank)] = Self.unused }
    used.removeAll(keepingCapacity: true)
  }
}
