internal import LakeExport
internal import LakeQuery
internal import TripModel

/// `triplake export sqlite OUT.db`: the summary tables as a SQLite database.
enum ExportSQLiteCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let path = raw.arguments[0]
    let content = try ExportedTables.content(raw, environment) { provenance, areas, models in
      SummaryExport.knownCounts(at: path, for: provenance, areas: areas, models: models)
    }
    let receipt = try SummaryExport(content).write(
      to: path)
    if !raw.has("quiet") {
      let parts = [
        Plural.count(content.tables.regions.count, "region"),
        Plural.count(content.tables.weeklyTrips.count, "row") + " of weekly trips",
        Plural.count(receipt.byteCount, "byte"), "snapshot \(receipt.snapshot)",
      ]
      environment.say("\(ByteString(path).displayText): \(parts.joined(separator: ", "))")
    }
    return .done
  }

  static let definition = CommandDefinition(
    words: ["export", "sqlite"],
    summary: "the summary tables as a SQLite database",
    description: [
      "Writes regions, sources, areas, weekly trips and averages into a SQLite database, with views that",
      "answer the usual questions. An older export at that place is replaced in one step.",
    ],
    arguments: .one("OUT.db"),
    groups: [ExportedTables.options],
    examples: [
      .init(line: "triplake export sqlite summary.db", meaning: "the lake found from here"),
      .init(
        line: "triplake export sqlite --lake lake/data lake/out/trips.db",
        meaning: "from this lake, into that file"),
      .init(
        line: "triplake export sqlite --at either city.db",
        meaning: "areas count the trips that begin or end in them"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
