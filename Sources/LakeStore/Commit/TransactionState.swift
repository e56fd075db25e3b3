internal import TripModel

/// What a transaction has done so far; held under the transaction's mutex.
struct TransactionState {
  enum Phase {
    case open, committing
    /// Committed, abandoned, or in a state that only the next command can tell.
    case ended
  }

  var phase = Phase.open
  /// After a failed fsync or close nothing of this transaction may be committed any more.
  var poison: StoreError?
  /// Files that are, or will be, at their final names, by number.
  var staged: [UInt32: LakePath] = [:]
  /// Folders of partitions, which hold staged files.
  var partitions: Set<LakePath> = []
  /// Those that partitions lie in, and those of reports: what is brought to the disk at the commit.
  var folders: Set<LakePath> = []
  var reports: [ReportKind: LakePath] = [:]
  /// Whether `manifests/.<id>.tmp` may exist.
  var hasTemporary = false
}
