internal import LakeBytes
internal import LakeIngest
internal import LakeStore
internal import TripModel

/// The result of a load: one line a file, or one JSON object.
struct LoadReport {
  private let receipt: LoadReceipt
  private let lakePath: String
  /// The load whose rejects were taken in.
  private let replayedLoad: UInt64?

  init(_ receipt: LoadReceipt, lakePath: String, replayedLoad: UInt64? = nil) {
    self.receipt = receipt
    self.lakePath = lakePath
    self.replayedLoad = replayedLoad
  }

  func write(to target: OutputTarget) throws {
    if target.format == .json {
      try target.output.write { $0 += json + [UInt8(ascii: "\n")] }
      return
    }
    let counts = [
      "lines", "records", "header", "blank", "comment", "stored", "duplicates", "rejected",
    ]
    let columns =
      [ResultColumn("path"), ResultColumn("status")]
      + counts.map { ResultColumn($0, isNumeric: true) }
    let header = ResultHeader(
      schema: "triplake.ingest/1", snapshot: receipt.snapshot, zoneName: "", zone: .utc, filter: [],
      columns: columns)
    var writer = ResultWriter(header, to: target)
    try writer.begin()
    for file in receipt.files {
      let texts = [file.path, file.status.rawValue].map { Cell.text(ByteString($0)) }
      try writer.row(texts + file.ledger.counts.map { .integer(Int(clamping: $0.value)) })
    }
    try writer.end(stats: .null)
  }

  /// The whole result as one JSON object.
  var json: [UInt8] {
    var writer = JSONWriter(.indented)
    writer.beginObject()
    writer.member("schema", "triplake.ingest/1")
    writer.member("lake", lakePath)
    writer.name("load")
    writer.value(receipt.load.map { .integer(Int64(clamping: $0)) } ?? .null)
    if let replayedLoad { writer.member("of_load", replayedLoad) }
    writer.member("status", receipt.status.rawValue)
    writer.member("snapshot", receipt.snapshot)
    writer.name("files")
    writer.beginArray()
    for file in receipt.files { append(file, to: &writer) }
    writer.endArray()
    writer.member("stored", receipt.stored)
    writer.member("rejected", receipt.rejected)
    writer.member("duplicates", receipt.duplicates)
    writer.member("rejects", receipt.rejectReport.map(\.path.text))
    writer.member("duplicates_report", receipt.duplicateReport.map(\.path.text))
    writer.member("data_files", receipt.dataFileCount)
    writer.member("data_bytes", receipt.dataByteCount)
    writer.member("seconds", receipt.seconds)
    writer.endObject()
    return writer.bytes
  }

  private func append(_ file: FileReceipt, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("path", file.path)
    writer.member("status", file.status.rawValue)
    for (name, value) in file.ledger.counts { writer.member(name, value) }
    writer.member("bytes", file.byteCount)
    writer.member("definition", file.definition)
    writer.name("passed_over")
    writer.beginArray()
    for name in file.passedOver { writer.value(.string(name.displayText)) }
    writer.endArray()
    writer.name("warnings")
    writer.beginObject()
    for (kind, count) in file.warnings.occurred { writer.member(kind.rawValue, count) }
    writer.endObject()
    // The load that has the same bytes; this load's own number where an earlier file of it has.
    if let load = file.earlierLoad {
      writer.name("loaded_by")
      writer.value((load == 0 ? receipt.load : load).map { .integer(Int64(clamping: $0)) } ?? .null)
    }
    writer.member("error", file.error?.message)
    writer.endObject()
  }
}

extension InputLedger {
  /// The parts by their names in results.
  var counts: [(name: String, value: UInt64)] {
    [
      ("lines", lines), ("records", records), ("header", header), ("blank", blank),
      ("comment", comment), ("stored", stored), ("duplicates", duplicates), ("rejected", rejected),
    ]
  }
}
