internal import LakeStore

/// `triplake init`: an empty lake with its settings.
enum InitCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let path = try LakeChoice.path(raw, environment)
    if Lake.exists(at: path) { throw alreadyThere(path) }
    do {
      _ = try NewLake.make(at: path, raw, environment)
    } catch let error as StoreError where error.code == .alreadyExists {
      // Another maker was first.
      throw alreadyThere(path)
    }
    return .done
  }

  private static func alreadyThere(_ path: String) -> CommandError {
    var error = CommandError(3002, .cannotCreate, "there is a lake in this folder already")
    error.place = .init(path: path)
    error.help = [
      "triplake status tells what is in it", "triplake init --lake DIR makes one elsewhere",
    ]
    error.unchanged = "the lake is as it was"
    return error
  }

  static let definition = CommandDefinition(
    words: ["init"],
    summary: "an empty lake with its settings",
    description: [
      "Makes a lake without trips. ingest does it too where there is none; init fixes the time zone first,",
      "which can never be changed. A lake that is there already is an error and stays as it is.",
    ],
    arguments: .none,
    groups: [OptionGroup("Which lake", [CommonOptions.lake, NewLake.zoneOption])],
    examples: [
      .init(line: "triplake init", meaning: "in ./lake/data, weeks of UTC"),
      .init(
        line: "triplake init --lake city --zone Europe/Prague",
        meaning: "in the folder city, weeks of Prague"),
      .init(
        line: "TRIPLAKE_LAKE=city triplake init --zone America/New_York",
        meaning: "the folder named once, for all commands"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
