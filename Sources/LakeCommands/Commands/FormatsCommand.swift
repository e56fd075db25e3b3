internal import LakeBytes
internal import LakeIngest
internal import TripModel

/// `triplake formats`: the input definitions that are built in.
enum FormatsCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let target = try OutputTarget(raw, environment)
    let names = ["name", "reads", "columns", "extras", "key"]
    let header = ResultHeader(
      schema: "triplake.formats/1", snapshot: 0, zoneName: "", zone: .utc, filter: [],
      columns: names.map { ResultColumn($0) })
    var writer = ResultWriter(header, to: target)
    try writer.begin()
    for definition in InputDefinition.shipped {
      try writer.row([
        .text(ByteString(definition.name)), .text(ByteString(definition.about ?? "")),
        list(definition.requiredColumnNames), list(definition.extras.map(\.name)),
        list(definition.key),
      ])
    }
    try writer.end(stats: .null)
    try target.finish()
    return .done
  }

  private static func list(_ names: [ByteString]) -> Cell {
    names.isEmpty ? .empty : .text(ByteString(names.map(\.displayText).joined(separator: ", ")))
  }

  static let definition = CommandDefinition(
    words: ["formats"],
    summary: "the layouts of input that are built in",
    description: [
      "One row for each input definition that is built in: what it reads, the columns that a file",
      "must have, the extra columns that it keeps, and those that tell a trip from every other.",
    ],
    arguments: .none,
    groups: [OptionGroup("Result", [CommonOptions.format, CommonOptions.output])],
    examples: [
      .init(line: "triplake formats", meaning: "the list"),
      .init(line: "triplake formats show nyc-green", meaning: "one of them, as the JSON it is"),
      .init(
        line: "triplake formats sniff trips.csv", meaning: "which of them reads a file, and why"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
