internal import LakeIngest
internal import LakeNotify
internal import LakeStore

extension LoadOutcome {
  /// What a load did, for events.
  init(_ receipt: LoadReceipt) {
    let status: Status =
      switch receipt.status {
      case .committed: .committed
      case .committedWithRejects: .committedWithRejects
      case .alreadyLoaded: .alreadyLoaded
      case .failed: .failed
      }
    self.init(status)
    load = receipt.load
    snapshot = receipt.snapshot
    files = receipt.files.map { FileReport($0) }
    stored = receipt.stored
    duplicates = receipt.duplicates
    rejected = receipt.rejected
    rejectReport = receipt.rejectReport
    duplicateReport = receipt.duplicateReport
    dataFileCount = receipt.dataFileCount
    dataByteCount = receipt.dataByteCount
    seconds = receipt.seconds
  }
}

extension FileReport {
  /// What became of a file, for events.
  init(_ receipt: FileReceipt) {
    let status: Status =
      switch receipt.status {
      case .loaded: .loaded
      case .loadedWithRejects: .loadedWithRejects
      case .alreadyLoaded: .alreadyLoaded
      case .failed: .failed
      }
    self.init(path: receipt.path, status: status)
    ledger = receipt.ledger
    byteCount = receipt.byteCount
    loadedBy = receipt.earlierLoad.flatMap { $0 == 0 ? nil : $0 }
    error = receipt.error.map { error in
      EventError(code: CommandError(load: error, path: nil).label, message: error.message)
    }
  }
}

extension ProgressReport.Phase {
  init(_ phase: LoadProgress.Phase) {
    self =
      switch phase {
      case .reading: .reading
      case .writing: .writing
      case .committing: .committing
      }
  }
}
