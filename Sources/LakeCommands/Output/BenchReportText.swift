internal import LakeBench
internal import LakeBytes
internal import TripModel

/// The report of a bench: one line a step, or one JSON object.
struct BenchReportText {
  private let report: BenchReport
  private let machine = Machine()

  init(_ report: BenchReport) {
    self.report = report
  }

  func write(to target: OutputTarget) throws {
    if target.format == .json {
      try target.output.write { $0 += json + [UInt8(ascii: "\n")] }
      return
    }
    let header = ResultHeader(
      schema: "triplake.bench/1", snapshot: 1, zoneName: "UTC", zone: .utc, filter: [],
      columns: Self.columns)
    var writer = ResultWriter(header, to: target)
    try writer.begin()
    try writer.row(generationRow)
    try writer.row(conversionRow)
    for item in report.cases { try writer.row(row(item)) }
    try writer.end(stats: .null)
  }

  /// The machine and what the conversion came to, for people.
  var summary: [String] {
    let gigabytes = machine.memoryByteCount >> 30
    return [
      "\(machine.processor), \(Plural.count(machine.processorCount, "core")), \(gigabytes) GB, "
        + "Linux \(machine.kernel)",
      "\(Plural.count(report.rowCount, "trip")): \(Plural.grouped(rowsPerSecond)) converted a second, "
        + "\(hundredths(report.bytesPerRow)) bytes a trip (CSV \(hundredths(csvBytesPerRow))), "
        + "\(report.conversion.peakByteCount >> 20) MB of memory at the most",
      report.isRight ? "every answer is right" : "THERE ARE WRONG ANSWERS",
    ]
  }

  private static let columns =
    [ResultColumn("step")]
    + [
      "seconds", "rows_per_second", "peak_bytes", "bytes", "files_opened", "blocks_covered",
      "blocks_read", "pages_decoded",
    ].map { ResultColumn($0, isNumeric: true) } + [ResultColumn("answer")]

  private var generationRow: [Cell] {
    let rate = Double(report.rowCount) / report.generationSeconds
    return [
      .text("generate"), seconds(report.generationSeconds), .integer(Int(rate)), .empty,
      .integer(report.csvByteCount), .empty, .empty, .empty, .empty, .empty,
    ]
  }

  private var conversionRow: [Cell] {
    let conversion = report.conversion
    return [
      .text("convert"), seconds(conversion.seconds), .integer(rowsPerSecond),
      .integer(conversion.peakByteCount), .integer(conversion.byteCount), .empty, .empty, .empty,
      .empty, .empty,
    ]
  }

  private func row(_ item: BenchReport.Case) -> [Cell] {
    [
      .text(ByteString(item.question.rawValue)), seconds(item.medianSeconds), .empty,
      .integer(item.peakByteCount), .integer(item.work.bytesRead),
      .integer(item.work.filesOpened), .integer(item.work.blocksCovered),
      .integer(item.work.blocksRead), .integer(item.work.pagesDecoded),
      .text(item.isRight ? "right" : "WRONG"),
    ]
  }

  private var rowsPerSecond: Int { Int(Double(report.rowCount) / report.conversion.seconds) }
  private var csvBytesPerRow: Double {
    Double(report.csvByteCount) / Double(max(report.rowCount, 1))
  }

  /// To the hundredth of a millisecond; the clock is no better.
  private func seconds(_ seconds: Double) -> Cell { .number((seconds * 1e5).rounded() / 1e5) }

  private func hundredths(_ number: Double) -> String {
    ((number * 100).rounded() / 100).shortestDecimal
  }

  private var json: [UInt8] {
    var writer = JSONWriter(.indented)
    writer.beginObject()
    writer.member("schema", "triplake.bench/1")
    writer.name("machine")
    writer.beginObject()
    writer.member("processor", machine.processor)
    writer.member("cores", machine.processorCount)
    writer.member("memory_bytes", machine.memoryByteCount)
    writer.member("kernel", machine.kernel)
    writer.endObject()
    writer.member("rows", report.rowCount)
    writer.member("files", report.fileCount)
    writer.member("csv_bytes", report.csvByteCount)
    writer.member("generate_seconds", report.generationSeconds)
    appendConversion(to: &writer)
    writer.name("cases")
    writer.beginArray()
    for item in report.cases { append(item, to: &writer) }
    writer.endArray()
    writer.member("is_right", report.isRight)
    writer.endObject()
    return writer.bytes
  }

  private func appendConversion(to writer: inout JSONWriter) {
    let conversion = report.conversion
    writer.name("convert")
    writer.beginObject()
    writer.member("seconds", conversion.seconds)
    writer.member("processor_seconds", conversion.processorSeconds)
    writer.member("rows_per_second", rowsPerSecond)
    writer.member("peak_bytes", conversion.peakByteCount)
    writer.member("data_files", conversion.fileCount)
    writer.member("data_bytes", conversion.byteCount)
    writer.member("bytes_per_row", report.bytesPerRow)
    writer.endObject()
  }

  private func append(_ item: BenchReport.Case, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("case", item.question.rawValue)
    writer.member("title", item.question.title)
    writer.member("command", "triplake \(item.line)")
    writer.member("median_seconds", item.medianSeconds)
    writer.name("seconds")
    writer.value(.array(item.seconds.map { .number($0) }))
    writer.member("peak_bytes", item.peakByteCount)
    writer.member("rows", item.rowCount)
    writer.member("files_opened", item.work.filesOpened)
    writer.member("blocks_covered", item.work.blocksCovered)
    writer.member("blocks_read", item.work.blocksRead)
    writer.member("pages_decoded", item.work.pagesDecoded)
    writer.member("bytes_read", item.work.bytesRead)
    writer.member("rows_matched", item.work.rowsMatched)
    writer.member("is_right", item.isRight)
    writer.endObject()
  }
}
