package import LakeBytes
package import LakeFile
package import TripModel

/// A trip file that a transaction has written and no manifest names yet.
package struct StagedDataFile: Sendable {
  package let key: PartitionKey
  package let number: UInt32
  package let transaction: TransactionID
  package let footerDigest: Digest128
  package let statistics: TripFileStatistics

  package init(
    key: PartitionKey, number: UInt32, transaction: TransactionID, footerDigest: Digest128,
    statistics: TripFileStatistics
  ) {
    self.key = key
    self.number = number
    self.transaction = transaction
    self.footerDigest = footerDigest
    self.statistics = statistics
  }

  package var path: LakePath { .tripFile(key, transaction, number) }
}

/// What a commit does to the version before it. Load numbers are filled in by the commit.
package struct ManifestChange: Sendable {
  package var added: [StagedDataFile]
  /// The loads whose rows added files hold, by the files' numbers; that of the commit for all others.
  package var owners: [UInt32: UInt64]
  /// Indices of files in the version that the commit's body was given.
  package var removed: [Int]
  package var inputs: [InputRecord]
  /// What stands in `loads` of the new version.
  package var load: LoadRecord?
  /// The schema of the new version; `nil` keeps the one before.
  package var schema: TripSchema?
  /// The areas of the new version, their names distinct; `nil` keeps those before.
  package var areas: [Area]?
  /// The route models of the new version, their regions distinct; `nil` keeps those before.
  package var routes: [RouteModel]?

  package init(
    added: [StagedDataFile] = [], removed: [Int] = [], inputs: [InputRecord] = [],
    load: LoadRecord? = nil, schema: TripSchema? = nil, owners: [UInt32: UInt64] = [:]
  ) {
    self.owners = owners
    self.added = added
    self.removed = removed
    self.inputs = inputs
    self.load = load
    self.schema = schema
  }
}

/// What an acknowledged commit made.
package struct CommitReceipt: Hashable, Sendable {
  package let version: UInt64
  /// The load's number: the version that committed it.
  package var load: UInt64 { version }
  /// How often another writer was first.
  package let rebaseCount: Int
}
