package import LakeBytes
internal import TripModel

/// What a report file holds. The raw value is its code on disk.
package enum ReportKind: UInt8, Hashable, Sendable, CaseIterable {
  /// The rows a load refused, under the input's own header, ready to be repaired and replayed.
  case rejects = 1
  case duplicates = 2

  package var folder: String {
    switch self {
    case .rejects: "rejects"
    case .duplicates: "duplicates"
    }
  }
}

/// A report file that a load left, and the digest that vouches for it.
package struct ReportReference: Hashable, Sendable {
  package let kind: ReportKind
  package let transaction: TransactionID
  package let byteCount: UInt64
  package let digest: Digest128

  package init(
    kind: ReportKind, transaction: TransactionID, byteCount: UInt64, digest: Digest128
  ) {
    self.kind = kind
    self.transaction = transaction
    self.byteCount = byteCount
    self.digest = digest
  }

  package var path: LakePath { .report(kind, transaction) }
}

/// What made a version. The raw value is its code on disk.
package enum LoadKind: UInt8, Hashable, Sendable {
  case ingest = 1
  /// Took out what another load had added.
  case undo = 2
  /// An ingest of records that another load had rejected, mended.
  case replay = 3
  /// Went back to an older version, because the newest was damaged.
  case repair = 4
  /// Changed the areas that the lake keeps.
  case areas = 5
  /// Fitted the routes of regions.
  case routes = 6
}

/// What a load has to do with one before it.
package struct LoadSubject: Hashable, Sendable {
  /// The load that was undone, whose rejects were taken in, or that made the version that was restored.
  package var load: UInt64
  /// Rows and trip files that were taken out.
  package var removedRowCount: UInt64
  package var removedFileCount: UInt64

  package init(load: UInt64, removedRowCount: UInt64 = 0, removedFileCount: UInt64 = 0) {
    self.load = load
    self.removedRowCount = removedRowCount
    self.removedFileCount = removedFileCount
  }
}

/// One load: the commit that made version `load`.
package struct LoadRecord: Hashable, Sendable {
  /// The version it made; filled in by the commit.
  package var load: UInt64
  package var kind: LoadKind
  package var transaction: TransactionID
  /// Microseconds since 1970-01-01 UTC by the writer's clock; for people, nothing depends on it.
  package var startTime: Int64
  package var endTime: Int64
  package var stored: UInt64
  package var rejected: UInt64
  package var duplicates: UInt64
  package var reports: [ReportReference]
  /// There for the kinds that have one.
  package var subject: LoadSubject?

  package init(
    load: UInt64 = 0, kind: LoadKind = .ingest, transaction: TransactionID, startTime: Int64,
    endTime: Int64, stored: UInt64, rejected: UInt64, duplicates: UInt64,
    reports: [ReportReference] = [], subject: LoadSubject? = nil
  ) {
    precondition((subject != nil) == kind.hasSubject, "the kind tells whether there is a subject")
    self.load = load
    self.kind = kind
    self.transaction = transaction
    self.startTime = startTime
    self.endTime = endTime
    self.stored = stored
    self.rejected = rejected
    self.duplicates = duplicates
    self.reports = reports
    self.subject = subject
  }
}
