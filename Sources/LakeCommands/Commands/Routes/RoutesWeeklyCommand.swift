internal import LakeQuery
internal import LakeStore
internal import TripModel

/// `triplake routes weekly`: the average number of trips in a week, by region and route.
enum RoutesWeeklyCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let threadCount = try raw.threadCount(environment)
    let days = try TimeBounds(raw).dayNumbers()
    let lake = try OpenLake(raw, environment)
    let question = try TripQuestion(raw, lake.reader)
    _ = try RouteChoice.models(lake.reader)
    let query = WeeklyAverage(
      filter: question.filter, firstDay: days.first, lastDay: days.last, threadCount: threadCount)
    let answer = try query.answerByRoute(from: lake.reader)
    let target = try OutputTarget(raw, environment)
    let columns =
      [ResultColumn("region")] + ResultColumn.ofRoutes + ResultColumn.ofAverages
    var writer = ResultWriter(
      lake.header("triplake.routes-weekly/1", filter: question.members, columns: columns),
      to: target)
    try writer.begin()
    for row in answer.rows {
      try writer.row(
        [.text(row.region)] + Cell.cells(row.route, number: row.number) + Cell.cells(row.average))
    }
    try writer.end(stats: answer.explain.json)
    try target.finish()
    try answer.explain.tell(raw, environment)
    let isEmpty = answer.rows.allSatisfy { $0.average.trips == 0 }
    return isEmpty && raw.has("fail-if-empty") ? .nothingFound : .done
  }

  static let definition = CommandDefinition(
    words: ["routes", "weekly"],
    summary: "weekly average of trips, by region and route",
    description: [
      "The average number of trips in a week on each route: those that lie nearest to its middle. Trips",
      "without a destination have no route; the rows of a region add up to its row of triplake weekly.",
    ],
    arguments: .none,
    groups: [CommonOptions.filters, CommonOptions.results],
    examples: [
      .init(line: "triplake routes weekly", meaning: "every route of every region"),
      .init(
        line: "triplake routes weekly --region Prague --hours 7-9 --weekdays 1-5",
        meaning: "the mornings of one region"),
      .init(
        line: "triplake routes weekly --from 2018-W18 --to 2018-W20 --format json",
        meaning: "three weeks, for a program"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
