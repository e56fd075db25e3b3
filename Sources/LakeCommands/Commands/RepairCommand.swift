internal import LakeBytes
internal import LakeNotify
internal import LakeStore
internal import TripModel

/// `triplake repair --to N`: back to an older snapshot where the newest is damaged.
enum RepairCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let target = try raw.snapshotNumber("to")
    let lake = try LakeChoice.open(raw, environment)
    let start = SystemDoor.monotonicSeconds
    let report = try repair(lake, to: target)
    if let version = report.version {
      WorkAnnouncer(lake, environment).tell(
        .maintenanceDone(
          task: "repair", snapshot: version, seconds: SystemDoor.monotonicSeconds - start,
          counts: [("snapshots_set_aside", UInt64(report.setAside.count))]))
    }
    let output = try OutputTarget(raw, environment)
    try write(report, to: output)
    try output.finish()
    if !raw.has("quiet") {
      for line in notices(report) { environment.say(line) }
    }
    return .done
  }

  private static func repair(_ lake: Lake, to target: UInt64?) throws -> RepairReport {
    do {
      return try lake.repair(to: target)
    } catch {
      var failure = CommandError(from: error) ?? CommandError(internal: error)
      if (error as? StoreError)?.code != .unknownCommitState {
        failure.unchanged = "nothing was changed"
      }
      if target == nil, (error as? StoreError)?.code == .damaged {
        let versions = try lake.manifestVersions()
        failure.notes.append(
          "snapshots: \(NumberRuns.text(versions, near: versions.last ?? 0)); "
            + "verify tells which of them are sound")
      }
      throw failure
    }
  }

  private static func write(_ report: RepairReport, to target: OutputTarget) throws {
    let header = ResultHeader(
      schema: "triplake.repair/1", snapshot: report.version ?? 0, zoneName: "", zone: .utc,
      filter: [],
      columns: ["snapshot", "restored", "set_aside", "given_up"].map {
        ResultColumn($0, isNumeric: true)
      })
    var writer = ResultWriter(header, to: target)
    try writer.begin()
    try writer.row([
      Cell(report.version), Cell(report.restored), .integer(report.setAside.count),
      .integer(report.givenUp.count),
    ])
    try writer.end(stats: .null)
  }

  private static func notices(_ report: RepairReport) -> [String] {
    var lines: [String] = []
    if let version = report.version, let restored = report.restored {
      lines.append("snapshot \(version) has the content of snapshot \(restored)")
      lines.append(
        "loads after \(restored) are not in it: load their files again; gc removes what they left")
    }
    if report.setAside.isEmpty {
      lines.append("no snapshot is damaged; nothing was changed")
    } else {
      let runs = NumberRuns.text(report.setAside, near: report.setAside.last ?? 0)
      lines.append("damaged and set aside: \(runs)")
    }
    return lines
  }

  static let definition = CommandDefinition(
    words: ["repair"],
    summary: "go back to an older snapshot where the newest is damaged",
    description: [
      "Makes a new snapshot with the content of an older one, and sets damaged manifests aside. It does so",
      "on demand alone: a damaged snapshot is never passed over silently, for it may hold trips.",
    ],
    arguments: .none,
    groups: [
      OptionGroup(
        "Where to",
        [
          CommonOptions.lake,
          OptionDefinition(
            "to", value: .required("SNAPSHOT"),
            "the snapshot to go back to; without it damaged older ones are set aside, no more"),
        ]),
      OptionGroup("Result", [CommonOptions.format, CommonOptions.output]),
    ],
    examples: [
      .init(line: "triplake verify", meaning: "first: what is damaged"),
      .init(line: "triplake repair --to 6", meaning: "the newest is, and 6 is the last sound one"),
      .init(line: "triplake repair", meaning: "set older ones aside that are damaged"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
