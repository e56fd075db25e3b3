internal import LakeStore
internal import TripModel

/// Reads the files that a plan could not decide, on several threads.
struct ScanJob {
  /// A file to read and the conditions that are open in it.
  struct Item: Sendable {
    let file: Int
    let conditions: [ScanCondition]
  }

  /// Below this many rows a second thread is not worth its start.
  static let rowsPerThread = 100_000

  let reader: LakeReader
  let items: [Item]
  let threadCount: Int

  /// Reads each file with a consumer of its own.
  ///
  /// - Parameter consumer: Makes the consumer of a file.
  /// - Returns: The consumers in the order of the items, whatever the number of threads, and the work done.
  /// - Throws: What went wrong with the first item that cannot be read, is damaged, or whose consumer
  ///   throws; the same on any number of threads.
  func run<Consumer: BlockConsumer & Sendable>(
    _ consumer: @Sendable @escaping (Item) -> Consumer
  ) throws -> (consumers: [Consumer], explain: ScanExplain) {
    let workerCount = workerCount
    let state = Monitor(Progress<Consumer>(order: order(workerCount: workerCount)))
    let items = items
    let reader = reader
    try WorkerGroup.run(threadCount: workerCount) { _ in
      let scanner = PartitionScanner()
      while let index = state.withLock({ $0.takeNext() }) {
        do {
          let file = try reader.snapshot.openTripFile(items[index].file)
          var consumer = consumer(items[index])
          try scanner.scan(file, conditions: items[index].conditions, into: &consumer)
          let finished = consumer
          state.withLock { $0.finished[index] = finished }
        } catch {
          state.withLock { $0.note(error, at: index) }
        }
      }
      let explain = scanner.explain
      state.withLock { $0.explain.add(explain) }
    }
    return try state.withLock { state in
      if let failure = state.failure { throw failure.error }
      return (state.finished.compactMap(\.self), state.explain)
    }
  }

  private var workerCount: Int {
    let rowCount = items.reduce(0) { $0 + reader.manifest.rowCount(ofFile: $1.file) }
    let useful = min(items.count, rowCount / Self.rowsPerThread + 1)
    return max(1, min(threadCount, useful))
  }

  /// The largest files first where threads share the work, so that none is left alone with one at the end.
  private func order(workerCount: Int) -> [Int] {
    guard workerCount > 1 else { return Array(items.indices) }
    let rowCounts = items.map { reader.manifest.rowCount(ofFile: $0.file) }
    return items.indices.sorted { (rowCounts[$1], $0) < (rowCounts[$0], $1) }
  }

  private struct Progress<Consumer: Sendable>: Sendable {
    private let order: [Int]
    private var next = 0
    var finished: [Consumer?]
    var explain = ScanExplain()
    /// Of the failed items the first.
    private(set) var failure: (index: Int, error: any Error)?

    init(order: [Int]) {
      self.order = order
      finished = [Consumer?](repeating: nil, count: order.count)
    }

    /// The next item to read. After a failure only those before it are, because one of them may fail too
    /// and would be told of instead.
    mutating func takeNext() -> Int? {
      while next < order.count {
        defer { next += 1 }
        if order[next] < failure?.index ?? .max { return order[next] }
      }
      return nil
    }

    mutating func note(_ error: any Error, at index: Int) {
      if index < failure?.index ?? .max { failure = (index, error) }
    }
  }
}
