package import TripModel

/// How a load is to be done.
package struct LoadOptions: Sendable {
  package enum ErrorLimit: Sendable, Hashable {
    case count(UInt64)
    /// Percent of a file's records.
    case percent(Double)

    func isExceeded(rejected: UInt64, records: UInt64) -> Bool {
      switch self {
      case .count(let limit): rejected > limit
      case .percent(let limit): Double(rejected) * 100 > limit * Double(records)
      }
    }
  }

  package var memory: MemoryBudget
  package var threadCount: Int
  package var errorLimit = ErrorLimit.percent(10)
  package var definitions = DefinitionChoice.shipped
  /// `nil` leaves it to the definitions: those that name a key drop duplicates.
  package var duplicates: DuplicatePolicy?
  /// Whether bytes that the lake has already are loaded again.
  package var isForced = false
  /// What makes the load a replay of another one's rejects; `nil` for every other load.
  package var replay: Replay?
  /// Finds the rules of a zone that a definition names.
  package var zoneRules: @Sendable (ZoneName) throws -> TimeZoneRules = { zone in
    guard zone == .utc else { throw IngestError.invalidDefinition("\(zone.text) is not known") }
    return .utc
  }
  /// Bytes of input that are parsed in one piece.
  package var chunkByteCount = 1 << 20
  /// Asked now and then; true stops the load, which then commits nothing.
  package var isInterrupted: @Sendable () -> Bool = { false }
  /// Told of each file when it is closed, whatever became of it; not of what is committed. From several threads.
  package var fileDone: @Sendable (FileReceipt) -> Void = { _ in }

  /// The rejects of a load, mended and taken in again.
  package struct Replay: Sendable {
    package let load: UInt64
    /// The file they come from, by whose name definitions may go; `nil` where they come from several.
    package let originalPath: String?

    package init(load: UInt64, originalPath: String?) {
      self.load = load
      self.originalPath = originalPath
    }
  }

  package init(memory: MemoryBudget, threadCount: Int) {
    self.memory = memory
    self.threadCount = threadCount
  }
}
