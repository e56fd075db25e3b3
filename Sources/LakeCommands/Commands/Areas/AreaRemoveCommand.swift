internal import LakeQuery
internal import TripModel

/// `triplake area remove NAME…`: areas less.
enum AreaRemoveCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let names = Set(raw.arguments.map { ByteString($0) })
    return try AreaChange(raw, environment).run { areas in
      for name in raw.arguments { _ = try areas.area(named: ByteString(name)) }
      return areas.filter { !names.contains($0.name) }
    }
  }

  static let definition = CommandDefinition(
    words: ["area", "remove"],
    summary: "take areas out of the lake",
    description: [
      "Removes areas, as one change. Where one of the names is not there, nothing is removed. Older",
      "snapshots keep their areas, and --as-of asks them.",
    ],
    arguments: .oneOrMore("NAME"),
    groups: [OptionGroup("Result", AreaCommands.results)],
    examples: [
      .init(line: "triplake area remove Turin", meaning: "one"),
      .init(line: "triplake area remove Fiji \"Prague centre\"", meaning: "two at once"),
      .init(line: "triplake area remove Turin --dry-run", meaning: "whether it is there"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
