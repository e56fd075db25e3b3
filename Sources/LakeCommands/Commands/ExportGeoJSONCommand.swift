internal import LakeExport
internal import LakeQuery
internal import TripModel

/// `triplake export geojson FILE`: areas or similar trips for a map.
enum ExportGeoJSONCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let layer = try raw.choice("layer", GeoJSONLayer.self) ?? .areas
    guard layer != .groups || raw.has("cell") else {
      throw UsageErrors.contradiction(
        "groups of similar trips need cells",
        help: "add --cell 0.01, --cell 500m or --cell geohash:6")
    }
    let content = try ExportedTables.content(raw, environment)
    let bytes = layer.bytes(of: content)
    let path = raw.arguments[0]
    guard path != "-" else {
      try environment.output.write { $0 += bytes }
      try environment.output.flush()
      return .done
    }
    try ReplacedFile.write(bytes, to: path)
    if !raw.has("quiet") {
      environment.say(
        "\(ByteString(path).displayText): \(Plural.count(bytes.count, "byte")), snapshot "
          + "\(content.tables.snapshot)")
    }
    return .done
  }

  static let definition = CommandDefinition(
    words: ["export", "geojson"],
    summary: "areas or similar trips for a map",
    description: [
      "Writes the areas with their weekly averages, or flows of similar trips as lines, as GeoJSON, which",
      "map programs (QGIS, kepler.gl, Leaflet) open. FILE is replaced in one step; - is standard output.",
    ],
    arguments: .one("FILE"),
    groups: [
      OptionGroup(
        "Which map",
        [
          OptionDefinition(
            "layer", value: .required("LAYER"), "areas (default), or groups; these need --cell")
        ]),
      ExportedTables.options,
    ],
    examples: [
      .init(line: "triplake export geojson areas.geojson", meaning: "areas with their averages"),
      .init(
        line: "triplake export geojson --layer groups --cell 500m --top 200 flows.geojson",
        meaning: "the 200 largest flows between cells of 500 metres"),
      .init(
        line: "triplake export geojson --as-of 12 -", meaning: "as the lake was, to standard output"
      ),
    ],
    run: { raw, environment in try run(raw, environment) })
}
