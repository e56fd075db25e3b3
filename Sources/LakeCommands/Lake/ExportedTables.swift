internal import LakeExport
internal import LakeQuery
internal import LakeStore
internal import TripModel

/// The summary tables that an export command writes, by its options.
enum ExportedTables {
  /// Groups that are kept at most where nothing else is asked for.
  private static let usualTop = 1000

  /// - Parameter known: What an earlier export lets this one take over.
  static func content(
    _ raw: RawOptions, _ environment: CommandEnvironment,
    known: (SummaryProvenance, [Area], [RouteModel]) -> KnownCounts = { _, _, _ in .none }
  ) throws -> SummaryContent {
    let place = try raw.choice("at", BoxPlace.self) ?? .origin
    let groups = try groups(raw, environment)
    let minimumCount = try raw.positiveCount("min-count") ?? 1
    let threadCount = try raw.threadCount(environment)
    let lake = try OpenLake(raw, environment)
    let areas = try lake.reader.areas()
    let countsRoutes = !raw.has("no-routes")
    let models = countsRoutes ? try lake.reader.routeModels() : []
    var provenance = try SummaryProvenance(
      lake.reader, programVersion: ProgramVersion.text)
    provenance.areasAt = place
    provenance.minimumCount = minimumCount
    provenance.groups = groups?.provenance
    let request = SummaryRequest(
      areas: areas, at: place, countsRoutes: countsRoutes, groups: groups?.question,
      known: known(provenance, areas, models),
      threadCount: threadCount)
    return SummaryContent(
      tables: try SummaryTables(lake.reader, request), provenance: provenance)
  }

  private static func groups(
    _ raw: RawOptions, _ environment: CommandEnvironment
  ) throws -> (question: GroupedCount, provenance: SummaryProvenance.Groups)? {
    let options = try GroupingOptions(raw, environment)
    guard let cell = raw.value("cell") else {
      if let option = ["slot", "top"].first(where: { raw.has($0) }) {
        throw UsageErrors.contradiction(
          "--\(option) is about groups of similar trips, and none are asked for",
          help: "add --cell SIZE")
      }
      return nil
    }
    var question = GroupedCount.similarTrips(.all)
    options.apply(to: &question)
    let top = options.top ?? usualTop
    question.top = top
    return (question, .init(cell: cell, slotMinutes: question.slotMinutes, top: top))
  }

  static let options = OptionGroup(
    "What is exported",
    [
      CommonOptions.lake, CommonOptions.asOf,
      OptionDefinition(
        "at", value: .required("END"),
        "the end of a trip that counts for an area: origin (default), destination, either, both"),
      OptionDefinition(
        "no-routes", "leave the routes out, which take a pass over all trips that are new"),
      OptionDefinition(
        "min-count", value: .required("N"),
        "leave out rows that count fewer than N trips, for privacy"),
      OptionDefinition(
        "cell", value: .required("SIZE"),
        "also groups of similar trips, by cells of degrees (0.01), metres (500m) or geohash:N"),
      GroupingOptions.slot,
      OptionDefinition(
        "top", value: .required("N"), "of the groups the N largest; default \(usualTop)"),
      GroupingOptions.memory,
      CommonOptions.threads,
    ])
}
