internal import LakeStore
package import TripModel

/// Hands out the matching trips themselves, batch by batch, in the order of the manifest's files.
package struct RowScan: Sendable {
  /// Rows that a batch has at least, where the partition has as many.
  package static let batchRowCount = 4096

  package var filter: TripFilter
  /// Columns of the schema other than `region`, which each batch's key gives; `nil` for all of them.
  package var columns: [ColumnID]?

  package init(filter: TripFilter = .all, columns: [ColumnID]? = nil) {
    self.filter = filter
    self.columns = columns
  }
}

extension RowScan {
  /// Calls `deliver` with each batch, on the caller's thread. A batch is never empty.
  ///
  /// - Throws: `QueryError.unknownRegion`; `StoreError` of a file that cannot be read or is damaged (batches
  ///   before it have been delivered); what `deliver` throws.
  /// - Precondition: The schema holds the columns asked for.
  package func run(
    on reader: LakeReader, deliver: (RowBatch) throws -> Void
  ) throws -> ScanExplain {
    let plan = try FilterPlan(filter, reader: reader)
    let batch = RowBatch(columns: definitions(in: reader.manifest.schema))
    let scanner = PartitionScanner()
    var explain = ScanExplain()
    explain.noteFiles(of: plan)
    for file in plan.fileRanges.joined() {
      let verdict = plan.verdict(ofFile: file)
      guard verdict.verdict != .skip else {
        explain.files.note(.skip)
        continue
      }
      explain.files.note(.scan)
      explain.fileReasons.add(.rows)
      for condition in verdict.pending { explain.fileReasons.add(condition.reason) }
      batch.key = reader.manifest.key(ofFile: file)
      try withoutActuallyEscaping(deliver) { deliver in
        var collector = RowCollector(batch, deliver: deliver)
        try scanner.scan(
          reader.snapshot.openTripFile(file), conditions: verdict.pending, into: &collector)
        try collector.finish()
      }
    }
    explain.add(scanner.explain)
    return explain
  }

  private func definitions(in schema: TripSchema) -> [ColumnDefinition] {
    guard let columns else { return schema.columns.filter { $0.id != .region } }
    return columns.map { id in
      guard let definition = schema.column(id), id != .region else {
        preconditionFailure("the columns asked for stand in the schema")
      }
      return definition
    }
  }
}
