internal import LakeStore
package import TripModel

/// Hands out the matching trips themselves, batch by batch, in the order of the manifest's files.
package struct RowScan: Sendable {
  /// Rows that a batch has at least, where the partition has as many.
  package static let batchRowCount = 4096

  package var filter: TripFilter
  /// Columns of the schema other than `region`, which each batch's key gives; `nil` for all of them.
  package var columns: [ColumnID]?
  /// Whether batches know the place of each row in its file.
  package var keepsRowNumbers = false

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
    let stream = try RowStream(self, on: reader)
    while try stream.next() { try deliver(stream.batch) }
    return stream.explain
  }

  func definitions(in schema: TripSchema) -> [ColumnDefinition] {
    guard let columns else { return schema.columns.filter { $0.id != .region } }
    return columns.map { id in
      guard let definition = schema.column(id), id != .region else {
        preconditionFailure("the columns asked for stand in the schema")
      }
      return definition
    }
  }
}
