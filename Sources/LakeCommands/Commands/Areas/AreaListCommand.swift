internal import LakeBytes
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
      try writer.row(Cell.cells(area) + (isJSON ? [.json(area.shape.geometry)] : []))
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

extension AreaShape {
  /// As a geometry of GeoJSON. A box over the antimeridian has an edge of more than 180 degrees, which goes the
  /// short way.
  var geometry: JSONValue {
    let parts: [[[Polygon.Point]]] =
      switch self {
      case .box(let box): [[box.ring]]
      case .polygons(let polygons): polygons.map(\.rings)
      }
    let coordinates = parts.map { rings in
      JSONValue.array(
        rings.map { ring in
          .array((ring + ring.prefix(1)).map { .array([.number($0.x), .number($0.y)]) })
        })
    }
    let isOne = coordinates.count == 1
    return .object([
      JSONMember("type", .string(isOne ? "Polygon" : "MultiPolygon")),
      JSONMember("coordinates", isOne ? coordinates[0] : .array(coordinates)),
    ])
  }
}

extension BoundingBox {
  /// Its corners against the clock.
  fileprivate var ring: [Polygon.Point] {
    [
      Polygon.Point(x: west, y: south), Polygon.Point(x: east, y: south),
      Polygon.Point(x: east, y: north), Polygon.Point(x: west, y: north),
    ]
  }
}
