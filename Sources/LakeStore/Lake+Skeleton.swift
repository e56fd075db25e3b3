package import LakeFile
package import TripModel

extension Lake {
  package static func exists(at path: String) -> Bool { false }
  package static func create(at path: String, settings: LakeSettings) throws(StoreError) -> Lake {
    throw StoreError(.cannotCreate, path: path, "not built yet")
  }
  package static func open(at path: String) throws(StoreError) -> Lake {
    throw StoreError(.notALake, path: path, "not built yet")
  }
  package func snapshot() throws(StoreError) -> LakeSnapshot {
    throw StoreError(.notALake, path: path, "not built yet")
  }
  package func begin() throws(StoreError) -> LakeTransaction {
    throw StoreError(.notALake, path: path, "not built yet")
  }
  /// Warnings about the file system the lake lies on; empty on a local one.
  package var warnings: [String] { [] }
  /// Reads every byte of the lake. An empty list of damages is the proof that all is well.
  package func verify(
    threadCount: Int = 1, progress: @Sendable @escaping (_ doneByteCount: UInt64) -> Void = { _ in }
  ) throws(StoreError) -> VerificationReport {
    throw StoreError(.notALake, path: path, "not built yet")
  }
}

/// What `verify` found.
package struct VerificationReport: Sendable {
  package var version: UInt64 = 0
  package var manifestCount = 0
  package var tripFileCount = 0
  package var byteCount: UInt64 = 0
  package var damages: [StoreError] = []
  /// Files that no manifest names: left by writers that were killed. Harmless.
  package var orphans: [String] = []

  package init() {}
}

/// A writer's work on a lake, from its first file to its commit. Usable from several threads at once.
package final class LakeTransaction: Sendable {
  package let id: TransactionID

  init(id: TransactionID) {
    self.id = id
  }

  /// Writes a trip file to its final name. `number` tells the files of a transaction apart.
  package func writeDataFile(
    _ file: EncodedTripFile, key: PartitionKey, number: UInt32
  ) throws(StoreError) -> StagedDataFile {
    throw StoreError(.notALake, path: "", "not built yet")
  }

  /// Begins the transaction's report of this kind; at most one of each.
  package func makeReport(_ kind: ReportKind) throws(StoreError) -> ReportWriter {
    throw StoreError(.notALake, path: "", "not built yet")
  }

  /// Brings all finished files to the disk now, so that the commit has less to do.
  package func syncStagedFiles() throws(StoreError) {}

  /// Removes files that will not be committed.
  package func discard(_ files: [StagedDataFile]) throws(StoreError) {}

  /// Makes the next version: `body` is given the head and says what changes; it is called again where
  /// another writer was first. What it throws abandons the commit and is thrown on.
  package func commit(
    _ body: (Manifest) throws -> ManifestChange
  ) throws -> CommitReceipt {
    throw StoreError(.notALake, path: "", "not built yet")
  }

  /// Ends the transaction without a commit and removes its files.
  package func abort() {}
}

/// A report file being written. Used by one thread at a time.
package final class ReportWriter: Sendable {
  package func append(_ bytes: [UInt8]) throws(StoreError) {}
  /// Ends the file and brings it to the disk.
  package func finish() throws(StoreError) -> ReportReference {
    throw StoreError(.notALake, path: "", "not built yet")
  }
}
