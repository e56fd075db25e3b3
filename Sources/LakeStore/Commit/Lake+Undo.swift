/// What `undo` did.
package struct UndoReceipt: Sendable {
  package let removal: LoadRemoval
  /// The load that took it out: the version without it.
  package let undoneBy: UInt64
  /// Whether that was done before, and nothing is left to do.
  package let wasUndoneBefore: Bool
}

extension Lake {
  /// Takes exactly one load out again, as one commit. Its trip files stay for older versions until clean-up;
  /// its inputs may be loaded again.
  ///
  /// Undoing a load that is undone already changes nothing, so that the same command may be repeated.
  ///
  /// - Throws: `StoreError.unknownLoad`, `.cannotUndo`, and as `LakeTransaction.commit`.
  @discardableResult
  package func undo(_ load: UInt64) throws -> UndoReceipt {
    let removal = try LoadRemoval(load, from: try snapshot().manifest)
    if let undoneBy = removal.undoneBy { return .before(removal, undoneBy) }
    let startTime = environment.wallClockMicroseconds()
    let transaction = try begin()
    defer { transaction.abort() }
    var removed = removal
    do {
      let commit = try transaction.commit { head in
        // Another writer may have undone the load meanwhile, or added others.
        removed = try LoadRemoval(load, from: head)
        if let undoneBy = removed.undoneBy { throw UndoneMeanwhile(by: undoneBy) }
        return ManifestChange(
          removed: removed.files,
          load: LoadRecord(
            kind: .undo, transaction: transaction.id, startTime: startTime,
            endTime: environment.wallClockMicroseconds(), stored: 0, rejected: 0, duplicates: 0,
            subject: removed.subject))
      }
      return UndoReceipt(removal: removed, undoneBy: commit.version, wasUndoneBefore: false)
    } catch let error as UndoneMeanwhile {
      return .before(removed, error.by)
    }
  }
}

private struct UndoneMeanwhile: Error {
  let by: UInt64
}

extension UndoReceipt {
  fileprivate static func before(_ removal: LoadRemoval, _ undoneBy: UInt64) -> UndoReceipt {
    UndoReceipt(removal: removal, undoneBy: undoneBy, wasUndoneBefore: true)
  }
}
