/// What stops a load or one of its files.
package struct IngestError: Error, Sendable, Hashable {
  package enum Code: String, Sendable, CaseIterable {
    case inputMissing
    case inputUnreadable
    case inputChanged
    case unsupportedText
    case damagedCompression
    case invalidDefinition
    /// There is no record to draft a definition from.
    case noRecord
    case missingColumn
    case duplicateColumn
    case tooManyColumns
    /// The lake has a column of the same name and another type.
    case columnType
    /// The name of the file does not give what its definition finds in it.
    case fileName
    case secondHeader
    case tooManyRejects
    case noStorableRow
    case tooManyPartitions
    case inputTaken
    /// Some of its rows are duplicates, and it may not have any.
    case duplicateRows
    /// The bytes are in the lake already, read in another way.
    case otherDefinition
    case tooManyFiles
    case interrupted
    /// A report of duplicates is not as the program wrote it.
    case unreadableReport
    /// The program contradicts itself; nothing was committed.
    case imbalance
  }

  package let code: Code
  /// One sentence for people, without a final full stop.
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

extension IngestError {
  package static let noRecord = IngestError(.noRecord, "the file has no record")

  static let interrupted = IngestError(.interrupted, "the load was interrupted")
}
