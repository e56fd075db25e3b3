internal import LakeBytes
internal import LakeQuery
internal import LakeStore
internal import TripModel

/// Everything that a lake knows of one load, as people and programs see it.
struct LoadAccount {
  /// A report of the load, and what is wrong with it.
  struct Report {
    let reference: ReportReference
    let damage: StoreError?

    var state: String {
      switch damage?.code {
      case nil: "sound"
      case .missingFile: "missing"
      default: "damaged"
      }
    }
  }

  private let entry: LoadHistory.Entry
  /// Rows of its rejects that are in the lake by now.
  private let recovered: UInt64
  private let lake: OpenLake
  /// What is in the snapshot of the load's trips.
  private let present: LoadRemoval?
  let reports: [Report]

  init(_ load: UInt64, in lake: OpenLake) throws {
    self.lake = lake
    let history = try LoadHistory(lake.reader.manifest)
    entry = try history.entry(load)
    recovered = history.recoveredRowCount(of: entry)
    present =
      !entry.record.kind.addsTrips ? nil : try LoadRemoval(load, from: lake.reader.manifest)
    reports = entry.record.reports.map {
      Report(reference: $0, damage: lake.lake.damage(of: $0))
    }
  }

  func write(to target: OutputTarget) throws {
    if target.format == .json {
      return try target.output.write { $0 += json + [UInt8(ascii: "\n")] }
    }
    if target.format == .table {
      try FactList.write(facts, zone: lake.reader.zone, to: target)
      if entry.inputs.isEmpty { return }
      try target.output.write("\n")
    }
    try writeFiles(to: target)
  }

  /// One row for each file that the load took in.
  private func writeFiles(to target: OutputTarget) throws {
    let counts = InputLedger().counts.map { ResultColumn($0.name, isNumeric: true) }
    let columns =
      [ResultColumn("path")] + counts
      + [ResultColumn("bytes", isNumeric: true), ResultColumn("definition")]
    let header = lake.header("triplake.load/1", columns: columns)
    var writer = ResultWriter(header, to: target)
    try writer.begin()
    for input in entry.inputs {
      try writer.row(
        [.text(input.path)] + input.ledger.counts.map { Cell($0.value) }
          + [Cell(input.byteCount), .text(input.definition)])
    }
    try writer.end(stats: .null)
  }

  private var facts: [(name: String, value: Cell)] {
    let record = entry.record
    var facts: [(name: String, value: Cell)] = [
      ("load", Cell(record.load)), ("kind", .text(ByteString(kindText))),
      ("time", .timestamp(record.endTime)), ("seconds", .number(seconds)),
    ]
    if let undoneBy = entry.undoneBy { facts.append(("undone_by", Cell(undoneBy))) }
    if !entry.replayedBy.isEmpty {
      let loads = entry.replayedBy.map(String.init).joined(separator: ", ")
      facts += [("replayed_by", .text(ByteString(loads))), ("recovered", Cell(recovered))]
    }
    facts += [
      ("stored", Cell(record.stored)), ("duplicates", Cell(record.duplicates)),
      ("rejected", Cell(record.rejected)),
    ]
    if let subject = record.subject, record.kind == .undo {
      facts += [
        ("removed_rows", Cell(subject.removedRowCount)),
        ("removed_files", Cell(subject.removedFileCount)),
      ]
    }
    if let present {
      facts += [
        ("rows_in_lake", Cell(present.rowCount)),
        ("files_in_lake", .integer(present.files.count)),
        ("bytes_in_lake", Cell(present.byteCount)),
      ]
    }
    for report in reports {
      let text =
        "\(path(report)) (\(Plural.count(report.reference.byteCount, "byte")), \(report.state))"
      facts.append((report.reference.kind.folder, .text(ByteString(text))))
    }
    return facts
  }

  private var kindText: String {
    switch entry.record.kind {
    case .ingest: "ingest"
    case .undo: "undo of load \(entry.record.subject?.load ?? 0)"
    case .repair: "repair: back to snapshot \(entry.record.subject?.load ?? 0)"
    case .routes: "routes: the routes of regions were fitted"
    case .areas: "areas: the areas of the lake were changed"
    case .replay: "replay of the rejects of load \(entry.record.subject?.load ?? 0)"
    }
  }

  private var seconds: Double {
    Double(max(0, entry.record.endTime - entry.record.startTime)) / 1_000_000
  }

  private func path(_ report: Report) -> String {
    "\(lake.lake.path)/\(report.reference.path.text)"
  }

  private var json: [UInt8] {
    let record = entry.record
    var writer = JSONWriter(.indented)
    writer.beginObject()
    writer.member("schema", "triplake.load/1")
    writer.member("lake", lake.lake.path)
    writer.member("snapshot", lake.snapshot)
    writer.member("zone", lake.reader.zoneName.displayText)
    let cells: [(String, Cell)] = [
      ("load", Cell(record.load)), ("kind", .text(ByteString(record.kind.name))),
      ("of_load", Cell(record.subject?.load)), ("undone_by", Cell(entry.undoneBy)),
      ("start_time", .timestamp(record.startTime)), ("time", .timestamp(record.endTime)),
      ("seconds", .number(seconds)), ("stored", Cell(record.stored)),
      ("duplicates", Cell(record.duplicates)), ("rejected", Cell(record.rejected)),
      ("removed_rows", Cell(record.subject?.removedRowCount ?? 0)),
      ("removed_files", Cell(record.subject?.removedFileCount ?? 0)),
      ("rows_in_lake", Cell(present?.rowCount ?? 0)),
      ("files_in_lake", .integer(present?.files.count ?? 0)),
      ("bytes_in_lake", Cell(present?.byteCount ?? 0)),
    ]
    for (name, cell) in cells {
      writer.name(name)
      writer.value(cell.json(zone: lake.reader.zone))
    }
    writer.member("recovered", recovered)
    writer.name("replayed_by")
    writer.value(.array(entry.replayedBy.map { .integer(Int64(clamping: $0)) }))
    appendReports(to: &writer)
    appendFiles(to: &writer)
    writer.endObject()
    return writer.bytes
  }

  private func appendReports(to writer: inout JSONWriter) {
    writer.name("reports")
    writer.beginArray()
    for report in reports {
      writer.beginObject()
      writer.member("kind", report.reference.kind.folder)
      writer.member("path", path(report))
      writer.member("bytes", report.reference.byteCount)
      writer.member("digest", report.reference.digest.hexadecimal)
      writer.member("state", report.state)
      writer.endObject()
    }
    writer.endArray()
  }

  private func appendFiles(to writer: inout JSONWriter) {
    writer.name("files")
    writer.beginArray()
    for input in entry.inputs {
      writer.beginObject()
      writer.name("path")
      writer.value(Cell.text(input.path).json(zone: .utc))
      for (name, value) in input.ledger.counts { writer.member(name, value) }
      writer.member("bytes", input.byteCount)
      writer.member("identity", input.identity.hexadecimal)
      writer.member("definition", input.definition.displayText)
      writer.endObject()
    }
    writer.endArray()
  }
}
