internal import LakeExport
internal import LakeQuery
internal import LakeStore
internal import TripModel

/// The summary tables that an export command writes, by its options.
enum ExportedTables {
  static func content(_ raw: RawOptions, _ environment: CommandEnvironment) throws -> SummaryContent
  {
    let threadCount = try raw.threadCount(environment)
    let place = try raw.choice("at", BoxPlace.self) ?? .origin
    let minimumCount = try raw.positiveCount("min-count") ?? 1
    let lake = try OpenLake(raw, environment)
    let areas = try lake.reader.areas()
    let provenance = SummaryProvenance(
      lake: lake.id, digest: lake.reader.manifest.digest, zone: lake.reader.zone,
      areasAt: place, minimumCount: minimumCount,
      programVersion: VersionCommand.programVersion, committedAt: try lake.committedAt)
    return SummaryContent(
      tables: try SummaryTables(lake.reader, areas: areas, at: place, threadCount: threadCount),
      provenance: provenance)
  }

  static let options = OptionGroup(
    "What is exported",
    [
      CommonOptions.lake, CommonOptions.asOf,
      OptionDefinition(
        "at", value: .required("END"),
        "the end of a trip that counts for an area: origin (default), destination, either, both"),
      OptionDefinition(
        "min-count", value: .required("N"),
        "leave out rows that count fewer than N trips, for privacy"),
      CommonOptions.threads,
    ])
}
