internal import LakeBytes
internal import LakeNotify
internal import LakeStore
internal import TripModel

/// `triplake gc`: removes older snapshots, and files that belong to none.
enum GarbageCollectionCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let rule = CleanUpRule(
      versionCount: try raw.positiveCount("keep") ?? CleanUpRule.usual.versionCount,
      duration: try raw.duration("keep-for") ?? CleanUpRule.usual.duration)
    let lake = try LakeChoice.open(raw, environment)
    let isForecast = raw.has("dry-run")
    let start = SystemDoor.monotonicSeconds
    let announcer = isForecast ? nil : WorkAnnouncer(lake, environment)
    let report = try lake.cleanUp(rule, isForecast: isForecast)
    announcer?.tell(
      .maintenanceDone(
        task: "gc", snapshot: report.version, seconds: SystemDoor.monotonicSeconds - start,
        counts: counts(report)))
    let target = try OutputTarget(raw, environment)
    try write(report, to: target)
    try target.finish()
    if raw.has("verbose") { tellFiles(report, environment) }
    if !raw.has("quiet") {
      for line in notices(report) { environment.say(line) }
    }
    return .done
  }

  private static func counts(_ report: CleanUpReport) -> [(name: String, count: UInt64)] {
    [
      ("snapshots_removed", UInt64(report.removedVersions.count)),
      ("snapshots_kept", UInt64(report.keptVersionCount)),
      ("snapshots_in_use", UInt64(report.pinnedVersions.count)),
      ("files_removed", UInt64(report.removedFiles.count)),
      ("bytes_removed", report.removedByteCount),
      ("writers_at_work", UInt64(report.writerCount)),
    ]
  }

  private static func write(_ report: CleanUpReport, to target: OutputTarget) throws {
    let counts = counts(report)
    let header = ResultHeader(
      schema: "triplake.gc/1", snapshot: report.version, zoneName: "", zone: .utc,
      filter: [JSONMember("dry_run", .bool(report.isForecast))],
      columns: counts.map { ResultColumn($0.name, isNumeric: true) })
    var writer = ResultWriter(header, to: target)
    try writer.begin()
    try writer.row(counts.map { Cell($0.count) })
    try writer.end(stats: .null)
  }

  private static func tellFiles(_ report: CleanUpReport, _ environment: CommandEnvironment) {
    let verb = report.isForecast ? "would remove" : "removed"
    for version in report.removedVersions { environment.say("\(verb) snapshot \(version)") }
    for file in report.removedFiles { environment.say("\(verb) \(file)") }
  }

  private static func notices(_ report: CleanUpReport) -> [String] {
    var lines: [String] = []
    if !report.pinnedVersions.isEmpty {
      let runs = NumberRuns.text(report.pinnedVersions, near: report.version)
      lines.append("somebody reads from snapshot \(runs), which stay until the next gc")
    }
    if let first = report.foreignFiles.first {
      let count = Plural.count(report.foreignFiles.count, "file")
      lines.append(
        "\(count) that no lake makes left alone, such as \(ByteString(first).displayText)")
    }
    let snapshots = Plural.count(report.removedVersions.count, "snapshot")
    let files = Plural.count(report.removedFiles.count, "file")
    let what = "\(snapshots) and \(files) of \(Plural.count(report.removedByteCount, "byte"))"
    lines.append(report.isForecast ? "would remove \(what)" : "removed \(what)")
    return lines
  }

  static let definition = CommandDefinition(
    words: ["gc"],
    summary: "remove older snapshots, and files that belong to none",
    description: [
      "Removes snapshots that need not be kept, and the files of loads undone and of writers killed.",
      "It may run at any time: what somebody reads or writes is left alone, whatever its age.",
    ],
    arguments: .none,
    groups: [
      OptionGroup(
        "What to keep",
        [
          OptionDefinition(
            "keep", value: .required("N"), "the last N snapshots; default 10, the newest always"),
          OptionDefinition(
            "keep-for", value: .required("TIME"),
            "all that were the newest within this time: 7d, 24h (default), 90m; 0 for none"),
          OptionDefinition("dry-run", "only tell what would be removed; --verbose names it all"),
        ]),
      OptionGroup("Result", [CommonOptions.lake, CommonOptions.format, CommonOptions.output]),
    ],
    examples: [
      .init(line: "triplake gc", meaning: "keep ten snapshots and a day"),
      .init(line: "triplake gc --dry-run -v", meaning: "what that would remove, by name"),
      .init(line: "triplake gc --keep 1 --keep-for 0", meaning: "keep the newest alone"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
