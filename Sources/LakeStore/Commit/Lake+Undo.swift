/// What `undo` did.
package struct UndoReceipt: Sendable {
  package let removal: LoadRemoval
  /// The load that took it out: the version without it.
  package let undoneBy: UInt64
  /// Whether that was done before, and nothing is left to do.
  package let wasUndoneBefore: Bool
  /// Rows of later loads that had been dropped as duplicates of its own.
  package let restoredRowCount: UInt64
}

/// Rows that an undo gives back: dropped by later loads as duplicates of rows that it takes out.
package struct RestoredRows: Sendable {
  /// Trip files of the undo's transaction, each with the load whose rows it holds.
  package var files: [(file: StagedDataFile, load: UInt64)] = []
  package var rowCount: UInt64 = 0
  /// Rows that stay out, now as duplicates of rows given back.
  package var duplicateCount: UInt64 = 0
  package var report: ReportReference?

  package init() {}
}

extension Lake {
  private static let undoAttemptLimit = 20

  /// Takes exactly one load out again, as one commit. Its trip files stay for older versions until clean-up;
  /// its inputs may be loaded again.
  ///
  /// Undoing a load that is undone already changes nothing, so that the same command may be repeated.
  ///
  /// - Parameter restore: Is given the version to undo in and writes what later loads get back; called again
  ///   where another writer has changed that meanwhile.
  /// - Throws: `StoreError.unknownLoad`, `.cannotUndo`, and as `LakeTransaction.commit`; what `restore` throws.
  @discardableResult
  package func undo(
    _ load: UInt64,
    restoring restore: (LoadRemoval, LakeSnapshot, LakeTransaction) throws -> RestoredRows = {
      _, _, _ in RestoredRows()
    }
  ) throws -> UndoReceipt {
    for _ in 0..<Self.undoAttemptLimit {
      let head = try snapshot()
      let removal = try LoadRemoval(load, from: head.manifest)
      if let undoneBy = removal.undoneBy { return .before(removal, undoneBy) }
      do {
        return try undo(removal, head, restore)
      } catch let error as UndoneMeanwhile {
        return .before(removal, error.by)
      } catch is OutdatedUndo {
        continue
      }
    }
    throw StoreError(
      .tryAgain, path: LakePath.manifests.text,
      "other writers were first \(Self.undoAttemptLimit) times; nothing was committed")
  }

  private func undo(
    _ removal: LoadRemoval, _ head: LakeSnapshot,
    _ restore: (LoadRemoval, LakeSnapshot, LakeTransaction) throws -> RestoredRows
  ) throws -> UndoReceipt {
    let startTime = environment.wallClockMicroseconds()
    let transaction = try begin()
    defer { transaction.abort() }
    let restored = try restore(removal, head, transaction)
    var removed = removal
    let commit = try transaction.commit { newHead in
      // Another writer may have undone the load meanwhile, or added others.
      removed = try LoadRemoval(removal.load, from: newHead)
      if let undoneBy = removed.undoneBy { throw UndoneMeanwhile(by: undoneBy) }
      if try newHead.changesDuplicates(since: head.manifest.version) { throw OutdatedUndo() }
      return ManifestChange(
        added: restored.files.map(\.file), removed: removed.files,
        load: LoadRecord(
          kind: .undo, transaction: transaction.id, startTime: startTime,
          endTime: environment.wallClockMicroseconds(), stored: restored.rowCount, rejected: 0,
          duplicates: restored.duplicateCount, reports: restored.report.map { [$0] } ?? [],
          subject: removed.subject),
        owners: Dictionary(
          uniqueKeysWithValues: restored.files.map { ($0.file.number, $0.load) }))
    }
    return UndoReceipt(
      removal: removed, undoneBy: commit.version, wasUndoneBefore: false,
      restoredRowCount: restored.rowCount)
  }
}

extension Manifest {
  /// Whether a load after `version` dropped duplicates, or took the first of some out.
  package func changesDuplicates(since version: UInt64) throws(StoreError) -> Bool {
    if self.version == version { return false }
    return try loads().contains { record in
      record.load > version
        && (record.kind == .undo || record.reports.contains { $0.kind == .duplicates })
    }
  }
}

private struct UndoneMeanwhile: Error {
  let by: UInt64
}

/// What is given back must be found out anew.
private struct OutdatedUndo: Error {}

extension UndoReceipt {
  fileprivate static func before(_ removal: LoadRemoval, _ undoneBy: UInt64) -> UndoReceipt {
    UndoReceipt(removal: removal, undoneBy: undoneBy, wasUndoneBefore: true, restoredRowCount: 0)
  }
}
