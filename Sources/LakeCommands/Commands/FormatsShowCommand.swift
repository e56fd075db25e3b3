internal import LakeIngest
internal import TripModel

/// `triplake formats show NAME`: the JSON of an input definition that is built in.
enum FormatsShowCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let name = raw.arguments[0]
    guard let json = InputDefinition.shippedJSON(named: name) else {
      throw UsageErrors.unknownFormat(name, known: InputDefinition.shipped.map(\.name))
    }
    let target = try OutputTarget(raw, environment)
    try target.output.write(json)
    try target.finish()
    return .done
  }

  static let definition = CommandDefinition(
    words: ["formats", "show"],
    summary: "an input definition that is built in, as JSON",
    description: [
      "Prints an input definition, to be saved, changed and used with ingest --input.",
      "formats/inputs/README.md specifies what may stand in it.",
    ],
    arguments: .one("NAME"),
    groups: [OptionGroup("Result", [CommonOptions.output])],
    examples: [
      .init(line: "triplake formats show trips", meaning: "the layout of the sample trips"),
      .init(line: "triplake formats show generic -o mine.json", meaning: "one to be changed"),
      .init(line: "triplake ingest --input mine.json trips.csv", meaning: "and used"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
