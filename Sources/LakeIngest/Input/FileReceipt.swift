package import LakeStore
package import TripModel

/// What became of one input file.
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
  package var byteCount: UInt64 = 0
  package var ledger = InputLedger()
  /// The name of the definition it was read by; `nil` where it was not read.
  package var definition: String?
  /// The columns that nothing was made of.
  package var passedOver: [ByteString] = []
  package var warnings = RowWarnings()

  package init(path: String) {
    self.path = path
  }
}

extension InputLedger {
  /// Records that were meant to be trips.
  var dataRecords: UInt64 { records - header - blank - comment }
}
