internal import LakeExport
internal import LakeQuery
internal import LakeStore
internal import TripModel

/// `triplake export sqlite OUT.db`: the summary tables as a SQLite database.
enum ExportSQLiteCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let threadCount = try raw.threadCount(environment)
    let place = try raw.choice("at", BoxPlace.self) ?? .origin
    let lake = try OpenLake(raw, environment)
    let areas = try AreaChoice.areasIfAny(raw, lakePath: lake.lake.path)
    let tables = try SummaryTables(lake.reader, areas: areas, at: place, threadCount: threadCount)
    let provenance = SummaryProvenance(
      lake: lake.id, digest: lake.reader.manifest.digest, zone: lake.reader.zone,
      areasAt: place, programVersion: VersionCommand.programVersion,
      committedAt: try lake.committedAt)
    let path = raw.arguments[0]
    let receipt = try SummaryExport(SummaryContent(tables: tables, provenance: provenance)).write(
      to: path)
    if !raw.has("quiet") {
      let parts = [
        Plural.count(tables.regions.count, "region"),
        Plural.count(tables.weeklyTrips.count, "row") + " of weekly trips",
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
    groups: [
      OptionGroup(
        "What is exported",
        [
          CommonOptions.lake, CommonOptions.asOf,
          OptionDefinition(
            "areas", value: .required("FILE"),
            "where the areas are; default areas.json in the lake's folder or the one above"),
          OptionDefinition(
            "at", value: .required("END"),
            "the end of a trip that counts for an area: origin (default), destination, either, both"
          ),
          CommonOptions.threads,
        ])
    ],
    examples: [
      .init(line: "triplake export sqlite summary.db", meaning: "the lake found from here"),
      .init(
        line: "triplake export sqlite --lake lake/data lake/out/trips.db",
        meaning: "from this lake, into that file"),
      .init(
        line: "triplake export sqlite --areas city.json --at either city.db",
        meaning: "with areas of your own"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
