internal import LakeBytes
internal import LakeQuery
internal import TripModel

/// `triplake routes list`: the routes that a lake keeps.
enum RoutesListCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let lake = try OpenLake(raw, environment)
    let models = try lake.reader.routeModels()
    let wanted = raw.has("region") ? Set(raw.values("region").map { ByteString($0) }) : nil
    for name in wanted ?? [] where !models.contains(where: { $0.region == name }) {
      throw CommandError(
        query: QueryError(
          .unknownRegion,
          "region \"\(name.displayText)\" has no routes in snapshot \(lake.snapshot)",
          suggestions: NearestNames.suggestions(for: name, among: models.map(\.region))))
    }
    let target = try OutputTarget(raw, environment)
    let columns =
      [ResultColumn("region")] + ResultColumn.ofRoutes
      + [ResultColumn("sample_trips", isNumeric: true)]
      + (target.format.isJSON
        ? ["x", "y"].map { ResultColumn("metres_per_degree_\($0)", isNumeric: true) } : [])
    var writer = ResultWriter(lake.header("triplake.routes/1", columns: columns), to: target)
    try writer.begin()
    for model in models where wanted?.contains(model.region) ?? true {
      for (index, route) in model.routes.enumerated() {
        try writer.row(
          [.text(model.region)] + Cell.cells(route, number: index + 1) + [Cell(route.tripCount)]
            + (target.format.isJSON
              ? [.number(model.metresPerDegreeX), .number(model.metresPerDegreeY)] : []))
      }
    }
    try writer.end(stats: .null)
    try target.finish()
    if models.isEmpty, !raw.has("quiet") {
      environment.say("the lake has no routes; triplake routes fit finds them")
    }
    return .done
  }

  static let definition = CommandDefinition(
    words: ["routes", "list"],
    summary: "the routes that the lake keeps",
    description: [
      "One row for each route: its number in its region, the middle of its trips' ends in degrees, and how",
      "many of the trips had it that were looked at when it was found.",
    ],
    arguments: .none,
    groups: [
      OptionGroup(
        "Which",
        [
          OptionDefinition(
            "region", value: .required("NAME"), isRepeatable: true,
            "only this region; may be repeated")
        ]),
      CommonOptions.listing,
    ],
    examples: [
      .init(line: "triplake routes list", meaning: "of every region"),
      .init(line: "triplake routes list --region Prague --format json", meaning: "for a program"),
      .init(line: "triplake routes list --as-of 12", meaning: "those that snapshot 12 had"),
    ],
    run: { raw, environment in try run(raw, environment) })
}

extension ResultColumn {
  /// The number of a route and the middle of its ends.
  static let ofRoutes = ["route", "origin_x", "origin_y", "destination_x", "destination_y"].map {
    ResultColumn($0, isNumeric: true)
  }
}

extension Cell {
  /// One for each of `ResultColumn.ofRoutes`; empty where there is no route.
  static func cells(_ route: Route?, number: Int?) -> [Cell] {
    guard let route, let number else { return Array(repeating: .empty, count: 5) }
    return [
      .integer(number), .number(route.originX), .number(route.originY),
      .number(route.destinationX), .number(route.destinationY),
    ]
  }
}
