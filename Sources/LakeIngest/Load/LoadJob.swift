internal import Glibc
package import LakeStore
internal import TripModel

/// One run of ingest: files in, one commit out.
package struct LoadJob {
  /// Partitions that one load may touch; more is a sign of a wrong column, and would make as many files.
  package static let partitionLimit = 10_000

  /// Files that one load may have.
  package static let fileLimit = TripRow.largestFileCount - 1

  private let lake: Lake
  private let paths: [String]
  private let options: LoadOptions
  private let report: @Sendable (LoadProgress) -> Void

  /// - Parameters:
  ///   - paths: input files; `-` is standard input.
  ///   - report: told of progress, from several threads.
  package init(
    lake: Lake, paths: [String], options: LoadOptions,
    report: @escaping @Sendable (LoadProgress) -> Void = { _ in }
  ) {
    self.lake = lake
    self.paths = paths
    self.options = options
    self.report = report
  }

  /// Reads all files and commits what can be stored.
  ///
  /// Files that fail do not stop the others. Where another load was first to take in one of them, the work
  /// is done again without it.
  ///
  /// - Throws: `StoreError`; `IngestError.interrupted`, `.tooManyPartitions`, `.imbalance`; then nothing was
  ///   committed, except for `StoreError.unknownCommitState`.
  package func run() throws -> LoadReceipt {
    guard paths.count <= Self.fileLimit else {
      throw IngestError(
        .tooManyFiles, "\(paths.count) files are more than one load takes, \(Self.fileLimit)")
    }
    var excluded: [Int: UInt64] = [:]
    var failed: [Int: FileAccount] = [:]
    while true {
      let attempt = try LoadAttempt(
        lake: lake, paths: paths, excluded: excluded, failed: failed, options: options,
        report: report)
      do {
        return try attempt.run()
      } catch let conflict as InputConflict {
        guard conflict.canRepeat else { throw conflict.tryAgain }
        excluded.merge(conflict.loads) { _, load in load }
      } catch let conflict as DuplicateConflict {
        guard conflict.canRepeat else { throw conflict.tryAgain }
        failed.merge(conflict.failed) { _, account in account }
      } catch let conflict as SchemaConflict {
        guard conflict.canRepeat else { throw conflict.tryAgain }
      }
    }
  }

  static func checkPartitionCount(_ count: Int) throws(IngestError) {
    if count > partitionLimit { throw tooManyPartitions }
  }

  static let tooManyPartitions = IngestError(
    .tooManyPartitions,
    "the rows fall into more than \(partitionLimit) partitions of a region and a week")
}

/// Files may have no duplicates and have some, or another load has added rows meanwhile.
struct DuplicateConflict: Error {
  /// The files that fail, with their accounts.
  let failed: [Int: FileAccount]
  /// Whether the other files can be read a second time.
  let canRepeat: Bool

  var tryAgain: IngestError {
    failed.values.compactMap(\.error).first
      ?? IngestError(
        .inputTaken,
        "another load added trips meanwhile, of which some may be duplicates, and a pipe cannot be read twice"
      )
  }
}

/// Another load was first to commit other columns under the numbers or names that this one has given.
struct SchemaConflict: Error {
  /// Whether all files can be read a second time.
  let canRepeat: Bool

  var tryAgain: IngestError {
    IngestError(
      .inputTaken,
      "another load added columns of the same names meanwhile, and a pipe cannot be read twice")
  }
}

/// Another load was first to commit some of the same inputs.
struct InputConflict: Error {
  /// The load that has each input, by its ordinal.
  let loads: [Int: UInt64]
  /// Whether the other files can be read a second time.
  let canRepeat: Bool

  var tryAgain: IngestError {
    IngestError(
      .inputTaken,
      "another load took in one of the files meanwhile, and a pipe cannot be read twice")
  }
}
