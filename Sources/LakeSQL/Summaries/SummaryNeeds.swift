internal import LakeExport

/// What must be counted in the trips before some rows of summary tables are there; nothing is for most of them.
struct SummaryNeeds: OptionSet, Hashable {
  let rawValue: Int

  static let areas = SummaryNeeds(rawValue: 1)
  static let routes = SummaryNeeds(rawValue: 2)

  /// - Parameter report: The only report that is asked of `weekly_average`; nil for all.
  static func of(_ table: SummaryTable, report: String?) -> SummaryNeeds {
    switch table.name {
    case SummarySchema.weeklyAreaTrips.name: .areas
    case SummarySchema.weeklyRouteTrips.name: .routes
    case SummarySchema.weeklyAverage.name: ofAverages(report: report)
    default: []
    }
  }

  private static func ofAverages(report: String?) -> SummaryNeeds {
    switch report {
    case "region": []
    case "area": .areas
    case "region_route": .routes
    default: [.areas, .routes]
    }
  }
}
