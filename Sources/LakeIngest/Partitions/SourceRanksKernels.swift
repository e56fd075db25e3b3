internal import TripModel

/// The sources of a load in byte order, and where each worker's codes stand in it.
final class SourceRanks {
  /// All sources, distinct and in byte order; the rank of a source is its index.
  let sources: [ByteString]
  /// The ranks of all workers' codes, worker after worker.
  private let ranks: UnsafeMutablePointer<UInt32>
  /// Where each worker's ranks begin.
  private let bases: UnsafeMutablePointer<Int>

  /// - Complexity: O(n log n) in the number of distinct sources.
  init(dictionaries: [ByteDictionary]) {
    let names = dictionaries.map { dictionary in
      (0..<dictionary.count).map { ByteString(bytes: dictionary[$0]) }
    }
    sources = Set(names.joined()).sorted()
    let rankOfSource = Dictionary(
      uniqueKeysWithValues: sources.enumerated().map { ($0.element, UInt32($0.offset)) })
    ranks = .allocate(capacity: max(1, names.reduce(0) { $0 + $1.count }))
    bases = .allocate(capacity: max(1, names.count))
    var next = 0
    for (worker, workerNames) in names.enumerated() {
      bases[worker] = next
      for name in workerNames {
        ranks[next] = rankOfSource[name] ?? 0
        next += 1
      }
    }
  }

  deinit {
    ranks.deallocate()
    bases.deallocate()
  }

  /// The rank of the source that a row's provenance names. Unchecked: the row came from one of the workers.
  @inline(__always)
  func rank(_ provenance: UInt64) -> UInt32 {
    ranks[bases[TripRow.worker(provenance)] + TripRow.sourceCode(provenance)]
  }
}
