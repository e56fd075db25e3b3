internal import LakeQuery
internal import LakeBytes
internal import TripModel

/// The tables of an earlier export, from which a new one goes on.
///
/// They are believed only where they are of the same lake, format and program, held the areas against the same end of
/// trips, left out nothing, and match their own digest.
struct EarlierExport {
  private let rowsByTable: [String: [[SQLValue]]]

  /// - Parameter rows: Gives the rows of a table in the order of its key.
  /// - Returns: nil where the tables are not believed.
  init?<Failure>(
    for provenance: SummaryProvenance, rows: (SummaryTable) throws(Failure) -> [[SQLValue]]
  ) throws(Failure) {
    guard let meta = try rows(SummarySchema.meta).first else { return nil }
    let wanted: [String: SQLValue] = [
      "lake": .text(provenance.lake), "areas_at": .text(provenance.areasAt.rawValue),
      "filter": .text(provenance.filter), "min_count": .integer(1),
      "program_version": .text(provenance.programVersion),
      "format_version": .integer(Int64(SummarySchema.formatVersion)),
    ]
    let values = zip(SummarySchema.meta.columns, meta)
    guard values.allSatisfy({ wanted[$0.name] ?? $1 == $1 }) else { return nil }
    var found: [String: [[SQLValue]]] = [:]
    for table in CountsDigest.tables { found[table.name] = try rows(table) }
    let digest = CountsDigest(rows: { found[$0.name] ?? [] }).value.hexadecimal
    guard values.contains(where: { $0.name == "counts_digest" && $1 == .text(digest) }) else {
      return nil
    }
    rowsByTable = found
  }

  /// What holds still for `areas` of the same name and shape, and for `models` of the same routes.
  func counts(of areas: [Area], _ models: [RouteModel]) -> KnownCounts {
    var partitions: [PartitionKey: SummaryTables.PartitionContent] = [:]
    for row in rows(of: SummarySchema.partitions) {
      guard let key = Self.partition(row[0], row[1]), case .integer(let trips) = row[2],
        case .text(let digits) = row[3], let sum = Digest128(hexadecimal: digits)
      else { continue }
      partitions[key] = .init(trips: Int(trips), rowHashSum: sum)
    }
    return KnownCounts(
      partitions: partitions, areaTrips: areaTrips(of: areas),
      routeTrips: routeTrips(of: models))
  }

  private func areaTrips(of areas: [Area]) -> [Area: [PartitionKey: Int]] {
    let shapes = Dictionary(
      rows(of: SummarySchema.areas).map { ($0[0], [$0[1], $0[6]]) }, uniquingKeysWith: { $1 })
    var trips: [Area: [PartitionKey: Int]] = [:]
    var areaOfName: [SQLValue: Area] = [:]
    for area in areas {
      let row = SummaryContent.row(of: area)
      guard shapes[row[0]] == [row[1], row[6]] else { continue }
      trips[area] = [:]
      areaOfName[row[0]] = area
    }
    for row in rows(of: SummarySchema.weeklyAreaTrips) {
      guard let area = areaOfName[row[0]], let key = Self.partition(row[1], row[2]),
        case .integer(let count) = row[3]
      else { continue }
      trips[area]?[key] = Int(count)
    }
    return trips
  }

  private func routeTrips(of models: [RouteModel]) -> [RouteModel: [PartitionKey: [Int: Int]]] {
    let routes = Dictionary(grouping: rows(of: SummarySchema.routes)) { $0[0] }
    var trips: [RouteModel: [PartitionKey: [Int: Int]]] = [:]
    var modelOfRegion: [SQLValue: RouteModel] = [:]
    for model in models {
      let region = SQLValue.text(model.region.bytes)
      guard routes[region] == SummaryContent.rows(of: model) else { continue }
      trips[model] = [:]
      modelOfRegion[region] = model
    }
    for row in rows(of: SummarySchema.weeklyRouteTrips) {
      guard let model = modelOfRegion[row[0]], let key = Self.partition(row[0], row[1]),
        case .integer(let number) = row[2], case .integer(let count) = row[3]
      else { continue }
      trips[model]?[key, default: [:]][Int(number)] = Int(count)
    }
    return trips
  }

  private func rows(of table: SummaryTable) -> [[SQLValue]] { rowsByTable[table.name] ?? [] }

  private static func partition(_ region: SQLValue, _ week: SQLValue) -> PartitionKey? {
    guard case .text(let region) = region, case .text(let text) = week,
      let week = ISOWeek(text: String(decoding: text, as: UTF8.self))
    else { return nil }
    return PartitionKey(region: ByteString(bytes: region), week: week)
  }
}
