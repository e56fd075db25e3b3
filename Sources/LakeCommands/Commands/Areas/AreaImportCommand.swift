internal import LakeQuery
internal import TripModel

/// `triplake area import FILE`: many areas at once.
enum AreaImportCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let areas = try AreaChoice.file(raw.arguments[0], nameProperty: raw.value("name-property"))
    return try AreaChange(raw, environment).run { before in
      try before.adding(areas, replaces: raw.has("replace"))
    }
  }

  static let definition = CommandDefinition(
    words: ["area", "import"],
    summary: "areas from GeoJSON, CSV or a list of boxes",
    description: [
      "Adds all areas of a file, as one change: polygons of GeoJSON, holes included, boxes of a CSV with",
      "name,west,south,east,north, or {\"areas\": [{\"name\": \"…\", \"box\": [W, S, E, N]}]}.",
    ],
    arguments: .one("FILE"),
    groups: [
      OptionGroup(
        "What is taken",
        [
          OptionDefinition(
            "name-property", value: .required("NAME"),
            "the property or column that names an area; default name, else id"),
          OptionDefinition(
            "replace",
            "take the place of areas of the same names; else another one of a name is an error"),
        ]),
      OptionGroup("Result", AreaCommands.results),
    ],
    examples: [
      .init(line: "triplake area import districts.geojson", meaning: "a feature an area"),
      .init(
        line: "triplake area import zones.geojson --name-property zone_id --replace",
        meaning: "named by another property, in the place of older ones"),
      .init(line: "triplake area import boxes.csv --dry-run", meaning: "what would change"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
