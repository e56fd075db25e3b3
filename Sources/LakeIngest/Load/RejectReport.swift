internal import LakeStore
internal import TripModel

/// Writes the rejects of a load, in the order of the input, to the load's report file.
///
/// Format: `formats/csv-input.md`, "Rejects": the place and the reason first, then the record as it stood, so
/// that the file can be mended and taken in again.
final class RejectReport {
  /// Rejects that are kept in memory to be shown.
  static let sampleLimit = 20
  /// What a rejects file begins with.
  static let firstColumn: ByteString = "reject_file"
  static let placeColumnCount = placeColumns.count
  private static let placeColumns = [
    "reject_file", "reject_line", "reject_byte", "reject_column", "reject_code", "reject_message",
  ].map { ByteString($0) }

  /// What happens to a rejects file that is taken in with the rejects of differing headers in it.
  static let secondHeader = IngestError(
    .secondHeader, "a second header stands among the records; make a file of its own from there on")

  private let transaction: LakeTransaction
  private var writer: ReportWriter?
  private var header: [ByteString] = []
  private var delimiter = Ascii.comma
  private(set) var samples: [RejectedRecord] = []

  init(transaction: LakeTransaction) {
    self.transaction = transaction
  }

  func append(_ rejects: [RejectedRecord], format: InputFormat) throws(StoreError) {
    guard !rejects.isEmpty else { return }
    samples += rejects.prefix(Self.sampleLimit - samples.count)
    let writer = try openWriter()
    var text: [UInt8] = []
    if header != format.mapping.names || delimiter != format.definition.delimiter {
      header = format.mapping.names
      delimiter = format.definition.delimiter
      for name in Self.placeColumns + header { append(name.bytes, to: &text) }
      text[text.count - 1] = Ascii.lineFeed
    }
    for reject in rejects { append(reject, to: &text) }
    try writer.append(text)
  }

  /// Ends the report; `nil` where nothing was rejected.
  func finish() throws(StoreError) -> ReportReference? {
    try writer?.finish()
  }

  private func openWriter() throws(StoreError) -> ReportWriter {
    if let writer { return writer }
    let new = try transaction.makeReport(.rejects)
    writer = new
    return new
  }

  private func append(_ reject: RejectedRecord, to text: inout [UInt8]) {
    append(Array(reject.path.utf8), to: &text)
    append(Array("\(reject.line)".utf8), to: &text)
    append(Array("\(reject.byteOffset)".utf8), to: &text)
    append(Array((reject.column ?? "").utf8), to: &text)
    append(Array("TL-\(reject.code.rawValue)".utf8), to: &text)
    append(Array(reject.message.utf8), to: &text)
    text += reject.raw
    text.append(Ascii.lineFeed)
  }

  /// The field, in quotes where it needs them, and the delimiter of the file that it came from.
  private func append(_ field: [UInt8], to text: inout [UInt8]) {
    text += CSVText.quoted(field, delimiter: delimiter)
    text.append(delimiter)
  }
}
