package import LakeStore

/// What a load did.
package struct LoadReceipt: Sendable {
  package enum Status: String, Sendable {
    case committed
    case committedWithRejects = "committed_with_rejects"
    case alreadyLoaded = "already_loaded"
    case failed
  }

  /// The load's number; `nil` where nothing was committed.
  package let load: UInt64?
  /// The version of the lake afterwards.
  package let snapshot: UInt64
  package let files: [FileReceipt]
  /// The first rejects, in the order of the input.
  package let rejectSamples: [RejectedRecord]
  /// Where all rejects of a committed load stand.
  package let rejectReport: ReportReference?
  /// Where all duplicates of a committed load stand.
  package let duplicateReport: ReportReference?
  /// Trip files written.
  package let dataFileCount: Int
  /// Bytes of the trip files written.
  package let dataByteCount: Int
  package let seconds: Double

  package var status: Status {
    let isCommitted = files.contains { $0.status == .loaded || $0.status == .loadedWithRejects }
    if isCommitted { return files.allSatisfy(\.isClean) ? .committed : .committedWithRejects }
    return files.contains { $0.status == .failed } ? .failed : .alreadyLoaded
  }

  package var stored: UInt64 { files.reduce(0) { $0 + $1.ledger.stored } }
  package var rejected: UInt64 { files.reduce(0) { $0 + $1.ledger.rejected } }
  package var duplicates: UInt64 { files.reduce(0) { $0 + $1.ledger.duplicates } }
}

extension FileReceipt {
  fileprivate var isClean: Bool { status == .loaded || status == .alreadyLoaded }
}
