internal import LakeBytes
internal import LakeNotify
internal import LakeQuery
internal import LakeStore
internal import TripModel

/// `triplake routes fit`: finds the usual ways of regions and keeps them in the lake.
enum RoutesFitCommand {
  static func run(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> ExitCode {
    let fit = try fit(raw, environment)
    let lake = try OpenLake(raw, environment)
    let start = SystemDoor.monotonicSeconds
    let models = try fit.run(on: lake.reader)
    let isForecast = raw.has("dry-run")
    var snapshot = lake.snapshot
    if !isForecast, !models.isEmpty {
      let announcer = WorkAnnouncer(lake.lake, environment)
      snapshot = try keep(models, lake.lake)
      announcer.tell(
        .maintenanceDone(
          task: "routes", snapshot: snapshot, seconds: SystemDoor.monotonicSeconds - start,
          counts: [
            ("regions", UInt64(models.count)),
            ("routes", UInt64(models.reduce(0) { $0 + $1.routes.count })),
          ]))
    }
    let target = try OutputTarget(raw, environment)
    var writer = ResultWriter(
      ResultHeader(
        schema: "triplake.routes-fit/1", snapshot: snapshot, zoneName: lake.reader.zoneName,
        zone: lake.reader.zone, filter: [JSONMember("dry_run", .bool(isForecast))],
        columns: columns), to: target)
    try writer.begin()
    for model in models { try writer.row(cells(model)) }
    try writer.end(stats: .null)
    try target.finish()
    if !raw.has("quiet") { environment.say(sentence(models, snapshot, isForecast: isForecast)) }
    return .done
  }

  private static func fit(
    _ raw: RawOptions, _ environment: CommandEnvironment
  ) throws -> RouteFit {
    var fit = RouteFit(
      regions: raw.has("region") ? raw.values("region").map { ByteString($0) } : nil,
      threadCount: try raw.threadCount(environment))
    fit.routeCount = try raw.positiveCount("k") ?? fit.routeCount
    guard fit.routeCount <= RouteModel.routeLimit else {
      throw UsageErrors.badValue(
        "k", String(fit.routeCount), expected: "it is a number from 1 to \(RouteModel.routeLimit)")
    }
    fit.iterationLimit = try raw.positiveCount("iterations") ?? fit.iterationLimit
    if raw.value("sample") == "all" {
      fit.sampleCount = nil
    } else {
      fit.sampleCount = try raw.positiveCount("sample") ?? fit.sampleCount
    }
    if let text = raw.value("seed") {
      guard let seed = DecimalText.parseCount(text) else {
        throw UsageErrors.badValue("seed", text, expected: "it is a whole number")
      }
      fit.seed = UInt64(seed)
    }
    fit.memoryByteCount =
      try raw.byteCount("memory", variable: "TRIPLAKE_MEMORY", environment)
      ?? MemoryLimit.defaultByteCount
    return fit
  }

  private static func keep(_ models: [RouteModel], _ lake: Lake) throws -> UInt64 {
    do {
      return try lake.keepRoutes(models)
    } catch {
      throw CommandError(fromCommit: error)
    }
  }

  private static let columns =
    [ResultColumn("region")]
    + ["routes", "trips", "iterations", "inertia", "rms_metres"].map {
      ResultColumn($0, isNumeric: true)
    }

  private static func cells(_ model: RouteModel) -> [Cell] {
    [
      .text(model.region), .integer(model.routes.count), Cell(model.sampleCount),
      Cell(UInt64(model.iterationCount)), .number(model.inertia),
      .number((model.inertia / Double(model.sampleCount)).squareRoot().rounded()),
    ]
  }

  private static func sentence(
    _ models: [RouteModel], _ snapshot: UInt64, isForecast: Bool
  ) -> String {
    let routes = Plural.count(models.reduce(0) { $0 + $1.routes.count }, "route")
    let what = "\(routes) of \(Plural.count(models.count, "region"))"
    if models.isEmpty { return "no trip has a destination; nothing was changed" }
    return isForecast
      ? "would keep \(what); nothing was changed" : "snapshot \(snapshot) keeps \(what)"
  }

  static let definition = CommandDefinition(
    words: ["routes", "fit"],
    summary: "find the usual ways of regions, and keep them in the lake",
    description: [
      "k-means over both ends of the trips of each region, in metres. The same snapshot, options and seed",
      "give the same routes. They replace those of the regions, as one change that --as-of can ask before.",
    ],
    arguments: .none,
    groups: [
      OptionGroup(
        "How",
        [
          OptionDefinition(
            "region", value: .required("NAME"), isRepeatable: true,
            "only this region; may be repeated; default all"),
          OptionDefinition("k", value: .required("N"), "routes of a region; default 8"),
          OptionDefinition(
            "sample", value: .required("N"),
            "trips of a region to look at, evenly chosen; default 100000; or all"),
          OptionDefinition(
            "iterations", value: .required("N"), "at most so many rounds; default 100"),
          OptionDefinition(
            "seed", value: .required("N"), "another one begins elsewhere; default 1"),
          OptionDefinition("memory", value: .required("SIZE"), "memory to stay within: 512M, 2G"),
          CommonOptions.threads,
        ]),
      OptionGroup(
        "Result",
        [
          CommonOptions.lake, CommonOptions.asOf,
          OptionDefinition("dry-run", "only tell what would be found"), CommonOptions.format,
          CommonOptions.output,
        ]),
    ],
    examples: [
      .init(line: "triplake routes fit", meaning: "eight routes of every region"),
      .init(
        line: "triplake routes fit --region Prague --k 20 --sample all",
        meaning: "one region, finer, from all of its trips"),
      .init(
        line: "triplake routes fit --seed 2 --dry-run", meaning: "whether it can be done better"),
    ],
    run: { raw, environment in try run(raw, environment) })
}
