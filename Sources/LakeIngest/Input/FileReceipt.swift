/// What became of one input file: its balanced ledger.
package struct FileReceipt: Sendable {
  package enum Status: String, Sendable {
    case loaded
    case loadedWithRejects = "loaded_with_rejects"
    case alreadyLoaded = "already_loaded"
    case failed
  }

  package let path: String
  package var status: Status = .failed
  /// Why it failed, where it did.
  package var error: IngestError?
  /// The load that has the same bytes, where one has; 0 stands for an earlier file of this load.
  package var earlierLoad: UInt64?
  package var byteCount = 0
  /// Line ends, and the rest behind the last one.
  package var lines = 0
  package var records = 0
  package var header = 0
  package var blank = 0
  package var comment = 0
  package var stored = 0
  package var duplicates = 0
  package var rejected = 0

  package init(path: String) {
    self.path = path
  }

  /// Whether every record is accounted for.
  package var isBalanced: Bool {
    records == header + blank + comment + stored + duplicates + rejected
  }

  /// Records that were meant to be trips.
  var dataRecords: Int { records - header - blank - comment }
}
