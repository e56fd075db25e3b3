internal import LakeBytes
internal import LakeIngest
internal import LakeQuery
internal import LakeStore
internal import TripModel

/// `triplake formats lake`: the definition by which another lake takes the rows of this one.
enum FormatsLakeCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let lake = try OpenLake(raw, environment)
    let target = try OutputTarget(raw, environment)
    var writer = JSONWriter(.indented)
    writer.value(InputDefinition.exportJSON(of: lake.reader.manifest.schema))
    try target.output.write { $0 += writer.bytes + [UInt8(ascii: "\n")] }
    try target.finish()
    return .done
  }

  static let definition = CommandDefinition(
    words: ["formats", "lake"],
    summary: "the input definition of a lake's own rows, as JSON",
    description: [
      "Prints the definition by which ingest takes the rows that query --select rows --format csv writes,",
      "with all extra columns and their types, into a lake that has none of them yet.",
    ],
    arguments: .none,
    groups: [
      OptionGroup("Result", [CommonOptions.lake, CommonOptions.asOf, CommonOptions.output])
    ],
    examples: [
      .init(line: "triplake formats lake -o mine.json", meaning: "the definition"),
      .init(line: "triplake query --select rows -o mine.csv", meaning: "the rows"),
      .init(
        line: "triplake ingest --lake new --input mine.json mine.csv", meaning: "into another lake"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
