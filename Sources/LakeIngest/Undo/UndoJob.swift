package import LakeStore

/// One undo: exactly one load out, and what it had kept out of later loads back in.
package struct UndoJob {
  private let lake: Lake
  private let load: UInt64

  package init(lake: Lake, load: UInt64) {
    self.lake = lake
    self.load = load
  }

  /// - Throws: As `Lake.undo`; `IngestError.unreadableReport`. Nothing was committed then, except for
  ///   `StoreError.unknownCommitState`.
  package func run() throws -> UndoReceipt {
    try lake.undo(load) { [lake] removal, head, transaction in
      try DuplicateRestorer(removal, head, lake: lake, transaction).restore()
    }
  }
}
