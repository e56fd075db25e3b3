internal import LakeBytes
internal import LakeIngest
internal import LakeStore
internal import TripModel

/// `triplake ingest --dry-run`: what a load would do; nothing is written to the lake.
struct IngestForecast {
  let raw: RawOptions
  let environment: CommandEnvironment
  let work: LoadWork

  func run() throws -> ExitCode {
    guard !work.paths.contains("-") else {
      throw UsageErrors.contradiction("--dry-run would take from standard input what a load needs")
    }
    let path = try LakeChoice.path(raw, environment)
    let lake = Lake.exists(at: path) ? try Lake.open(at: path) : nil
    let settings =
      if let lake { lake.settings } else {
        try ZoneFolder.settings(zone: raw.value("zone") ?? ZoneName.utc.text)
      }
    let scratch = try ScratchFolder(environment)
    defer { scratch.remove() }
    let forecast = try LoadForecast(
      paths: work.paths, options: work.options, lake: lake,
      scratch: try Lake.create(at: scratch.path + "/lake", settings: settings)
    ) { text, ordinal, path in
      let name = path.split(separator: "/").last.map(String.init) ?? "part"
      return try scratch.write(text, to: "\(ordinal)/\(name)")
    }
    let target = try OutputTarget(raw, environment)
    try write(forecast, to: target)
    try target.finish()
    tell(forecast, path)
    return .done
  }

  private func write(_ forecast: LoadForecast, to target: OutputTarget) throws {
    let counts = ["stored", "duplicates", "rejected"].map { ResultColumn($0, isNumeric: true) }
    let header = ResultHeader(
      schema: "triplake.forecast/1", snapshot: 0, zoneName: "", zone: .utc, filter: [],
      columns: ["path", "forecast", "definition"].map { ResultColumn($0) } + counts
        + [ResultColumn("part_read", isNumeric: true), ResultColumn("reason")])
    var writer = ResultWriter(header, to: target)
    try writer.begin()
    for file in forecast.files { try writer.row(row(file)) }
    try writer.end(
      stats: .object([
        JSONMember("partitions_in_parts", .integer(Int64(forecast.partitionCount))),
        JSONMember("data_bytes", .integer(Int64(clamping: forecast.dataByteCount))),
        JSONMember("seconds", .number(forecast.seconds)),
      ]))
  }

  private func row(_ file: LoadForecast.File) -> [Cell] {
    let receipt = file.receipt
    let counts = [receipt.ledger.stored, receipt.ledger.duplicates, receipt.ledger.rejected]
    let reason =
      receipt.error?.message
      ?? receipt.earlierLoad.map { "load \($0) has the same bytes" }
    return [
      .text(ByteString(receipt.path)), .text(ByteString(receipt.status.rawValue)),
      receipt.definition.map { .text(ByteString($0)) } ?? .empty,
    ] + counts.map { .integer(Int(Double($0) * file.scale)) } + [
      .number((1 / file.scale * 1000).rounded() / 1000),
      reason.map { .text(ByteString($0)) } ?? .empty,
    ]
  }

  private func tell(_ forecast: LoadForecast, _ path: String) {
    guard !raw.has("quiet") else { return }
    let stored = forecast.files.reduce(0) { $0 + Double($1.receipt.ledger.stored) * $1.scale }
    environment.say(
      "a load would store about \(Plural.count(Int(stored), "trip")) in about "
        + "\(Plural.count(Int(clamping: forecast.dataByteCount), "byte")), in "
        + "\(Plural.count(Int(forecast.seconds.rounded(.up)), "second"))")
    environment.say(
      "the parts that were read fall into \(Plural.count(forecast.partitionCount, "partition")); "
        + "duplicates of trips that the lake has are not looked for")
    environment.say("dry run: nothing was written to \(ByteString(path).displayText)")
  }
}
