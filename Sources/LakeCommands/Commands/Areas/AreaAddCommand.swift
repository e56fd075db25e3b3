internal import LakeQuery
internal import TripModel

/// `triplake area add NAME`: one more area.
enum AreaAddCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let name = ByteString(raw.arguments[0])
    guard !name.isEmpty else { throw UsageErrors.contradiction("an area has a name") }
    let area = Area(name: name, shape: try shape(raw))
    return try AreaChange(raw, environment).run { areas in
      try areas.adding([area], replaces: raw.has("replace"))
    }
  }

  private static func shape(_ raw: RawOptions) throws -> AreaShape {
    let box = try raw.boundingBox("bbox")
    guard let path = raw.value("polygon") else {
      guard let box else {
        throw UsageErrors.contradiction(
          "an area is a box or polygons", help: "add --bbox=W,S,E,N or --polygon FILE.geojson")
      }
      return .box(box)
    }
    guard box == nil else {
      throw UsageErrors.contradiction("--bbox and --polygon are two areas; give one of them")
    }
    // A name of the file is not asked for: all of its polygons are the area.
    return .polygons(try AreaChoice.polygons(path))
  }

  static let definition = CommandDefinition(
    words: ["area", "add"],
    summary: "keep a place with a name in the lake",
    description: [
      "Adds an area: a box, or all polygons of a GeoJSON file. Its border belongs to it. Areas are",
      "versioned with the lake: older snapshots keep theirs, and --as-of asks them.",
    ],
    arguments: .one("NAME"),
    groups: [
      OptionGroup(
        "Which place",
        [
          OptionDefinition(
            "bbox", value: .required("W,S,E,N"),
            "the box west,south,east,north: degrees, longitude first, edges included"),
          OptionDefinition(
            "polygon", value: .required("FILE"), "the polygons of a GeoJSON file, with their holes"),
          OptionDefinition(
            "replace", "take the place of an area of that name; else another one is an error"),
        ]),
      OptionGroup("Result", AreaCommands.results),
    ],
    examples: [
      .init(
        line: "triplake area add \"Prague centre\" --bbox=14.35,50.02,14.50,50.11",
        meaning: "a box"),
      .init(
        line: "triplake area add Fiji --bbox=177,-20,-178,-12", meaning: "over the antimeridian"),
      .init(
        line: "triplake area add Altstadt --polygon altstadt.geojson --replace",
        meaning: "polygons, in the place of what has that name"),
    ],
    run: { raw, environment in try run(raw, environment) })
}

/// What the commands about areas share.
enum AreaCommands {
  static let dryRun = OptionDefinition("dry-run", "only tell what would change")
  static let results = [
    CommonOptions.lake, dryRun, CommonOptions.format, CommonOptions.output,
  ]
}
