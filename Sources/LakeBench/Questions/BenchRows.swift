internal import LakeStore

/// All rows of the data, handed out in pieces to threads that make them anew.
struct BenchRows {
  private static let pieceRowCount: UInt64 = 1 << 18

  private let data: BenchData
  private let threadCount: Int
  private let isInterrupted: @Sendable () -> Bool

  init(_ data: BenchData, threadCount: Int, isInterrupted: @escaping @Sendable () -> Bool) {
    self.data = data
    self.threadCount = threadCount
    self.isInterrupted = isInterrupted
  }

  /// Calls `body` with each piece once, from any thread.
  ///
  /// - Throws: `BenchError.interrupted`.
  func run(_ body: @escaping @Sendable (Range<UInt64>, BenchTripGenerator) -> Void) throws {
    let next = Monitor(UInt64(0))
    let generator = BenchTripGenerator(seed: data.seed)
    let end = data.rowCount
    try WorkerGroup.run(threadCount: threadCount) { _ in
      while true {
        guard !isInterrupted() else { throw BenchError.interrupted }
        let start = next.withLock { next in
          defer { next = min(end, next + Self.pieceRowCount) }
          return next
        }
        guard start < end else { return }
        body(start..<min(end, start + Self.pieceRowCount), generator)
      }
    }
  }
}
