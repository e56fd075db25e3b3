internal import LakeExport
internal import TripModel

/// `triplake export postgres URL`: the summary tables in a PostgreSQL database.
enum ExportPostgresCommand {
  private static let defaultSchema = "triplake"

  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let mode = try raw.choice("mode", PostgresExport.Mode.self) ?? .merge
    let schema = raw.value("schema") ?? defaultSchema
    guard !schema.isEmpty, !schema.utf8.contains(0) else {
      throw UsageErrors.badValue("schema", schema, expected: "the name of a schema of the database")
    }
    let settings = raw.arguments.first ?? ""
    let content = try ExportedTables.content(raw, environment) { provenance, areas, models in
      PostgresExport.knownCounts(
        in: schema, of: settings, for: provenance, areas: areas, models: models)
    }
    let export = PostgresExport(content, schema: schema, mode: mode)
    let receipt = try export.write(to: settings)
    if !raw.has("quiet") {
      let parts = [
        Plural.count(receipt.rowCount, "row"), "\(receipt.changedRowCount) of them changed",
        "snapshot \(receipt.snapshot)",
      ]
      environment.say("\(ByteString(receipt.target).displayText): \(parts.joined(separator: ", "))")
    }
    return .done
  }

  static let definition = CommandDefinition(
    words: ["export", "postgres"],
    summary: "the summary tables in a PostgreSQL database",
    description: [
      "Writes the same tables and views as export sqlite into a schema of a PostgreSQL database, in one",
      "transaction. A second run changes the rows that differ. PGHOST, PGUSER and the like are honoured.",
    ],
    arguments: .atMostOne("URL"),
    groups: [
      OptionGroup(
        "Where to",
        [
          OptionDefinition(
            "schema", value: .required("NAME"), "the schema of the tables; default triplake"),
          OptionDefinition(
            "mode", value: .required("MODE"),
            "merge (default) changes what differs; replace makes the tables anew"),
        ]),
      ExportedTables.options,
    ],
    examples: [
      .init(
        line: "triplake export postgres postgresql://trips@db.example/traffic",
        meaning: "with the password of ~/.pgpass or PGPASSWORD"),
      .init(
        line: "triplake export postgres service=traffic --schema trips",
        meaning: "where a service file says, into that schema"),
      .init(
        line: "triplake export postgres service=traffic --mode replace",
        meaning: "drop the old tables and make new ones"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
