internal import LakeBytes
internal import LakeExport
internal import LakeQuery
internal import TripModel

/// `triplake area list`: the areas of a lake.
enum AreaListCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let lake = try OpenLake(raw, environment)
    let areas = try lake.reader.areas()
    let target = try OutputTarget(raw, environment)
    let isJSON = target.format.isJSON
    let columns = ResultColumn.ofAreas + (isJSON ? [ResultColumn("geometry")] : [])
    var writer = ResultWriter(lake.header("triplake.areas/1", columns: columns), to: target)
    try writer.begin()
    for area in areas {
      try writer.row(Cell.cells(area) + (isJSON ? [.json(GeoJSON.geometry(of: area.shape))] : []))
    }
    try writer.end(stats: .null)
    try target.finish()
    return .done
  }

  static let definition = CommandDefinition(
    words: ["area", "list"],
    summary: "the areas of the lake",
    description: [
      "One row for each area: its name and the box that it is, or that holds its polygons. JSON has the",
      "geometry as GeoJSON beside it; CSV of boxes can be imported into another lake.",
    ],
    arguments: .none,
    groups: [
      CommonOptions.listing
    ],
    examples: [
      .init(line: "triplake area list", meaning: "the lake found from here"),
      .init(line: "triplake area list --format json", meaning: "with all points"),
      .init(line: "triplake area list --as-of 12", meaning: "those that snapshot 12 had"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
