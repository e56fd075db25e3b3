internal import LakeNotify
internal import LakeStore
internal import TripModel

/// Tells of work on a lake that is not a load. Made before anything is committed.
final class WorkAnnouncer {
  private let courier: Courier?
  private let publisher: EventPublisher
  private let claim: EventsClaim

  init(_ lake: Lake, _ environment: CommandEnvironment) {
    let log = EventLog(lake)
    let courier = NotifyChannels.courier(log, environment)
    courier?.start()
    self.courier = courier
    publisher = EventPublisher(
      log, listeners: [{ courier?.note($0) }], didFail: environment.warnOfLog)
    claim = EventsClaim(publisher)
  }

  /// Nothing more is to be told; nothing was, where the work failed.
  deinit {
    claim.release()
    courier?.finish()
  }

  /// Tells that the work is done.
  func tell(_ draft: EventDraft) {
    publisher.publish(draft)
  }
}

extension CommandEnvironment {
  /// Events that cannot be written stop nothing.
  var warnOfLog: @Sendable (StoreError) -> Void {
    { [tellProgress] error in
      tellProgress("warning: \(error.path): the event log cannot be written: \(error.message)\n")
    }
  }
}

extension UndoneLoad {
  init(_ receipt: UndoReceipt) {
    self.init(
      load: receipt.removal.load, snapshot: receipt.undoneBy,
      removedRowCount: receipt.removal.rowCount, restoredRowCount: receipt.restoredRowCount,
      paths: receipt.removal.inputs.map { $0.path.text ?? $0.path.displayText })
  }
}
