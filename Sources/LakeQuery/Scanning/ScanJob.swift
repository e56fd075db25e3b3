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
  /// - Throws: `StoreError` of a file that cannot be read or is damaged.
  func run<Consumer: BlockConsumer & Sendable>(
    _ consumer: @Sendable @escaping (Item) -> Consumer
  ) throws -> (consumers: [Consumer], explain: ScanExplain) {
    let state = Monitor(Progress<Consumer>(count: items.count))
    let items = items
    let reader = reader
    try WorkerGroup.run(threadCount: workerCount) { _ in
      let scanner = PartitionScanner()
      do {
        while let index = state.withLock({ $0.takeNext() }) {
          let file = try reader.snapshot.openTripFile(items[index].file)
          var consumer = consumer(items[index])
          try scanner.scan(file, conditions: items[index].conditions, into: &consumer)
          let finished = consumer
          state.withLock { $0.finished[index] = finished }
        }
      } catch {
        state.withLock { $0.next = $0.finished.count }
        throw error
      }
      let explain = scanner.explain
      state.withLock { $0.explain.add(explain) }
    }
    return state.withLock { ($0.finished.compactMap(\.self), $0.explain) }
  }

  private var workerCount: Int {
    let rowCount = items.reduce(0) { $0 + reader.manifest.rowCount(ofFile: $1.file) }
    let useful = min(items.count, rowCount / Self.rowsPerThread + 1)
    return max(1, min(threadCount, useful))
  }

  private struct Progress<Consumer: Sendable>: Sendable {
    var next = 0
    var finished: [Consumer?]
    var explain = ScanExplain()

    init(count: Int) {
      finished = [Consumer?](repeating: nil, count: count)
    }

    mutating func takeNext() -> Int? {
      guard next < finished.count else { return nil }
      defer { next += 1 }
      return next
    }
  }
}
