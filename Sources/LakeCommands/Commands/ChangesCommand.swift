internal import LakeBytes
internal import LakeQuery
internal import LakeStore
internal import TripModel

/// `triplake changes`: the trips that came and went between two snapshots, by partition.
struct ChangesCommand {
  private let raw: RawOptions
  private let environment: CommandEnvironment
  private let lake: Lake
  private let older: LakeReader
  private let newer: LakeReader

  init(_ raw: RawOptions, _ environment: CommandEnvironment) throws {
    self.raw = raw
    self.environment = environment
    let from = try raw.snapshotNumber("from")
    let to = try raw.snapshotNumber("to")
    let load = raw.arguments.isEmpty ? nil : try raw.loadNumber()
    guard load == nil || (from == nil && to == nil) else {
      throw UsageErrors.contradiction("a load says which snapshots: leave --from and --to out")
    }
    lake = try LakeChoice.open(raw, environment)
    if let load { _ = try LoadHistory(lake.snapshot().manifest).entry(load) }
    newer = try LakeReader(lake, version: load ?? to)
    let last = newer.manifest.version
    older = try LakeReader(lake, version: from ?? (last == 0 ? 0 : last - 1))
    guard older.manifest.version <= last else {
      throw UsageErrors.contradiction("--from is a later snapshot than --to")
    }
  }

  func run() throws -> ExitCode {
    let difference = try ManifestDifference(from: older.manifest, to: newer.manifest)
    let target = try OutputTarget(raw, environment)
    let columns = [
      ResultColumn("change"), ResultColumn("region"), ResultColumn("week"),
      ResultColumn("rows", isNumeric: true), ResultColumn("files", isNumeric: true),
      ResultColumn("bytes", isNumeric: true), ResultColumn("first_time"),
      ResultColumn("last_time"),
    ]
    let header = ResultHeader(
      schema: "triplake.changes/1", snapshot: newer.manifest.version, zoneName: newer.zoneName,
      zone: newer.zone,
      filter: [member("from", older.manifest.version), member("to", newer.manifest.version)],
      columns: columns)
    var writer = ResultWriter(header, to: target)
    try writer.begin()
    for (change, parts) in [("added", difference.added), ("removed", difference.removed)] {
      for part in parts { try writer.row(cells(change, part)) }
    }
    let (areaCount, modelCount) = (try changedAreaCount, try changedModelCount)
    try writer.end(
      stats: .object([
        JSONMember("added", sums(difference.added)),
        JSONMember("removed", sums(difference.removed)),
        JSONMember("areas_changed", .integer(Int64(areaCount))),
        JSONMember("routes_changed", .integer(Int64(modelCount))),
      ]))
    try target.finish()
    if !raw.has("quiet") { environment.say(summary(difference, areaCount, modelCount)) }
    return .done
  }

  private func cells(_ change: String, _ part: ManifestDifference.Part) -> [Cell] {
    [
      .text(ByteString(change)), .text(part.key.region), .week(part.key.week),
      .integer(part.rowCount), .integer(part.fileCount), .integer(part.byteCount),
      .timestamp(part.firstTime), .timestamp(part.lastTime),
    ]
  }

  private func member(_ name: String, _ number: UInt64) -> JSONMember {
    JSONMember(name, .integer(Int64(clamping: number)))
  }

  private func sums(_ parts: [ManifestDifference.Part]) -> JSONValue {
    func sum(_ value: (ManifestDifference.Part) -> Int) -> JSONValue {
      .integer(Int64(parts.reduce(0) { $0 + value($1) }))
    }
    return .object([
      JSONMember("partitions", .integer(Int64(parts.count))),
      JSONMember("rows", sum(\.rowCount)), JSONMember("files", sum(\.fileCount)),
      JSONMember("bytes", sum(\.byteCount)),
    ])
  }

  /// Areas that one of the snapshots lacks or has otherwise.
  private var changedAreaCount: Int {
    get throws {
      let (before, after) = (Set(try older.areas()), Set(try newer.areas()))
      return Set(before.symmetricDifference(after).map(\.name)).count
    }
  }

  /// Regions whose routes one of the snapshots lacks or has otherwise.
  private var changedModelCount: Int {
    get throws {
      let (before, after) = (Set(try older.routeModels()), Set(try newer.routeModels()))
      return Set(before.symmetricDifference(after).map(\.region)).count
    }
  }

  private func summary(
    _ difference: ManifestDifference, _ areaCount: Int, _ modelCount: Int
  ) -> String {
    var changes = [("added", difference.added), ("removed", difference.removed)].map {
      change, parts in
      if parts.isEmpty { return "nothing \(change)" }
      let rows = Plural.count(parts.reduce(0) { $0 + $1.rowCount }, "trip")
      return "\(rows) in \(Plural.count(parts.count, "partition")) \(change)"
    }
    if areaCount > 0 { changes.append("\(Plural.count(areaCount, "area")) changed") }
    if modelCount > 0 { changes.append("routes of \(Plural.count(modelCount, "region")) changed") }
    return "snapshot \(older.manifest.version) to \(newer.manifest.version): "
      + changes.joined(separator: ", ")
  }

  static let definition = CommandDefinition(
    words: ["changes"],
    summary: "what a load, or all between two snapshots, added and removed",
    description: [
      "One row for each partition of region and week that gained or lost trips: rows, files, bytes, times.",
      "Without a load: between two snapshots, by default the newest and the one before it.",
    ],
    arguments: .atMostOne("LOAD"),
    groups: [
      OptionGroup(
        "Between which snapshots",
        [
          OptionDefinition(
            "from", value: .required("SNAPSHOT"), "the older; default the one before the newer"),
          OptionDefinition("to", value: .required("SNAPSHOT"), "the newer; default the newest"),
        ]),
      OptionGroup("Result", [CommonOptions.lake, CommonOptions.format, CommonOptions.output]),
    ],
    examples: [
      .init(line: "triplake changes", meaning: "what the last load did"),
      .init(line: "triplake changes 3", meaning: "what load 3 did"),
      .init(line: "triplake changes --from 0 --to 12", meaning: "everything that snapshot 12 has"),
    ],
    run: { raw, environment in try ChangesCommand(raw, environment).run() })
}
