internal import LakeStore

/// The batches of a `RowScan`, for readers who ask for one after the other instead of being called.
package final class RowStream {
  /// What `next` filled; its memory is used again by the next call.
  package private(set) var batch: RowBatch
  /// Called before each block; what it throws ends the scan.
  package var checkpoint: () throws -> Void = {}
  private let reader: LakeReader
  private let plan: FilterPlan
  private let scanner = PartitionScanner()
  private var files: IndexingIterator<[Int]>
  private var partition: OpenPartition?
  private var ownExplain = ScanExplain()

  /// - Throws: `QueryError.unknownRegion`; `StoreError` of a damaged manifest.
  /// - Precondition: The schema holds the columns asked for.
  package init(_ scan: RowScan, on reader: LakeReader) throws {
    self.reader = reader
    plan = try FilterPlan(scan.filter, reader: reader)
    files = plan.files.makeIterator()
    batch = RowBatch(
      columns: scan.definitions(in: reader.manifest.schema),
      keepsRowNumbers: scan.keepsRowNumbers)
    ownExplain.noteFiles(of: plan)
  }

  /// What was read so far.
  package var explain: ScanExplain {
    var explain = ownExplain
    explain.add(scanner.explain)
    return explain
  }

  /// Fills `batch` with the next rows, all of one file; at least one.
  ///
  /// - Returns: False where there are no more.
  /// - Throws: `StoreError` of a file that cannot be read or is damaged; what `checkpoint` throws.
  package func next() throws -> Bool {
    batch.removeAll()
    while batch.rowCount < RowScan.batchRowCount {
      if let partition {
        try checkpoint()
        if try scanner.scanNextBlock(of: partition, into: &batch) { continue }
        self.partition = nil
      }
      if batch.rowCount > 0 { break }
      guard let file = files.next() else { return false }
      try begin(file)
    }
    batch.seal()
    return true
  }

  /// Turns to a file, unless no row of it can match. Where nothing of its rows is asked for but their number, they
  /// are in the batch when this returns.
  private func begin(_ file: Int) throws {
    let verdict = plan.verdict(ofFile: file)
    guard verdict.verdict != .skip else {
      ownExplain.files.note(.skip)
      return
    }
    batch.key = reader.manifest.key(ofFile: file)
    batch.file = file
    if verdict.verdict == .cover, batch.columns.isEmpty {
      ownExplain.files.note(.cover)
      batch.rowCount = reader.manifest.rowCount(ofFile: file)
      ownExplain.rowsMatched += batch.rowCount
      return
    }
    ownExplain.files.note(.scan)
    ownExplain.fileReasons.add(.rows)
    for condition in verdict.pending { ownExplain.fileReasons.add(condition.reason) }
    partition = try scanner.open(
      reader.snapshot.openTripFile(file), conditions: verdict.pending, for: &batch)
  }
}
