internal import LakeBytes
internal import LakeIngest
internal import LakeNotify
internal import LakeStore
internal import TripModel

/// `triplake undo LOAD`: takes exactly one load out again.
enum UndoCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let load = try raw.loadNumber()
    // One thread makes every call in turn.
    let lake = try LakeChoice.open(
      raw, environment,
      fileThreadCount: try raw.threadCount(environment) == 1 ? 1 : nil)
    let outcome = try raw.has("dry-run") ? forecast(load, lake) : undo(load, lake, environment)
    let target = try OutputTarget(raw, environment)
    try write(outcome, to: target)
    try target.finish()
    if !raw.has("quiet") {
      environment.say(outcome.sentence)
      for load in outcome.removal.replays {
        environment.say(
          "load \(load) took in its rejects, mended, and is a load of its own: it stays")
      }
    }
    return .done
  }

  private struct Outcome {
    let removal: LoadRemoval
    /// The load that took it out; `nil` where that was only forecast.
    let undoneBy: UInt64?
    let wasUndoneBefore: Bool
    /// Rows of later loads that had been dropped as duplicates of the load's.
    let restoredRowCount: UInt64
    let snapshot: UInt64

    var sentence: String {
      if let undoneBy, wasUndoneBefore {
        return "load \(removal.load) was undone before, by load \(undoneBy); nothing was changed"
      }
      let what =
        "\(Plural.count(removal.rowCount, "trip")) in \(Plural.count(removal.files.count, "file"))"
      let inputs = "\(Plural.count(removal.inputs.count, "input")) may be loaded again"
      guard let undoneBy else {
        return "undo of load \(removal.load) would take out \(what); \(inputs) then"
      }
      let restored =
        restoredRowCount == 0
        ? "" : ", \(Plural.count(restoredRowCount, "trip")) of later loads given back"
      return
        "load \(removal.load) is undone by load \(undoneBy): \(what) taken out\(restored), \(inputs)"
    }
  }

  private static func undo(
    _ load: UInt64, _ lake: Lake, _ environment: CommandEnvironment
  ) throws -> Outcome {
    let announcer = WorkAnnouncer(lake, environment)
    do {
      let receipt = try UndoJob(lake: lake, load: load).run()
      if !receipt.wasUndoneBefore { announcer.tell(.undone(UndoneLoad(receipt))) }
      return Outcome(
        removal: receipt.removal, undoneBy: receipt.undoneBy,
        wasUndoneBefore: receipt.wasUndoneBefore, restoredRowCount: receipt.restoredRowCount,
        snapshot: receipt.undoneBy)
    } catch {
      throw CommandError(fromLoad: error)
    }
  }

  private static func forecast(_ load: UInt64, _ lake: Lake) throws -> Outcome {
    let manifest = try lake.snapshot().manifest
    let removal = try LoadRemoval(load, from: manifest)
    return Outcome(
      removal: removal, undoneBy: removal.undoneBy, wasUndoneBefore: removal.undoneBy != nil,
      restoredRowCount: 0, snapshot: manifest.version)
  }

  private static func write(_ outcome: Outcome, to target: OutputTarget) throws {
    let names = ["load", "undone_by", "rows", "files", "bytes", "inputs", "restored"]
    let header = ResultHeader(
      schema: "triplake.undo/1", snapshot: outcome.snapshot, zoneName: "", zone: .utc,
      filter: [JSONMember("load", .integer(Int64(clamping: outcome.removal.load)))],
      columns: names.map { ResultColumn($0, isNumeric: true) })
    var writer = ResultWriter(header, to: target)
    try writer.begin()
    let removal = outcome.removal
    try writer.row([
      Cell(removal.load), Cell(outcome.undoneBy), Cell(removal.rowCount),
      .integer(removal.files.count), Cell(removal.byteCount), .integer(removal.inputs.count),
      Cell(outcome.restoredRowCount),
    ])
    try writer.end(stats: .null)
  }

  static let definition = CommandDefinition(
    words: ["undo"],
    summary: "take exactly one load out again",
    description: [
      "Takes out every trip that the load stored, and gives back those of later loads that were dropped as",
      "duplicates of them. Its files may be loaded again; older snapshots keep the trips until gc.",
    ],
    arguments: .one("LOAD"),
    groups: [
      OptionGroup(
        "How",
        [OptionDefinition("dry-run", "only tell what would be taken out"), CommonOptions.threads]),
      OptionGroup("Result", [CommonOptions.lake, CommonOptions.format, CommonOptions.output]),
    ],
    examples: [
      .init(line: "triplake undo 3", meaning: "load 3, by its number in triplake loads"),
      .init(line: "triplake undo 3 --dry-run", meaning: "what that would take out"),
      .init(
        line: "triplake undo 3 && triplake ingest trips.csv",
        meaning: "the same file again, mended"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
