internal import TripModel

/// A question that the bench asks of the lake; each is one command.
package enum BenchQuestion: String, CaseIterable, Sendable {
  case weeklyAll = "weekly-all"
  case weeklyOne = "weekly-one"
  case boxSmall = "box-small"
  case boxHalf = "box-half"
  case boxEight = "box-eight"
  case sourceHour = "source-hour"
  case similar
  case latestSource = "latest-source"
  case regionsOfSource = "regions-of-source"

  /// What it asks, for people.
  package var title: String {
    switch self {
    case .weeklyAll: "weekly average, all regions"
    case .weeklyOne: "weekly average, one region"
    case .boxSmall: "weekly average, small box at origin (1 % of a city)"
    case .boxHalf: "weekly average, half a city"
    case .boxEight: "weekly average by region, box over eight cities, both ends"
    case .sourceHour: "source by hour in the largest region"
    case .similar: "similar trips, top 20 groups, 0.01-degree cells by hour"
    case .latestSource: "latest source of the two commonest regions"
    case .regionsOfSource: "regions of one source"
    }
  }

  /// The command line, without the program's name and the lake.
  var words: [String] {
    switch self {
    case .weeklyAll: ["weekly"]
    case .weeklyOne: ["weekly", "--region", Self.largestRegion]
    case .boxSmall: ["weekly", "--bbox=\(BenchBox.small.text)"]
    case .boxHalf: ["weekly", "--bbox=\(BenchBox.halfCity.text)"]
    case .boxEight:
      ["weekly", "--by", "region", "--bbox=\(BenchBox.eightCities.text)", "--at", "both"]
    case .sourceHour: ["query", "--region", Self.largestRegion, "--group-by", "source,hour"]
    case .similar:
      [
        "query", "--group-by", "origin_cell,destination_cell,hour", "--cell", SimilarTrips.cellText,
        "--top", String(BenchTally.groupCount),
      ]
    case .latestSource:
      ["query", "--group-by", "region", "--select", "count,latest_source", "--top", "2"]
    case .regionsOfSource: ["query", "--source", Self.rareSource, "--group-by", "region"]
    }
  }

  private static var largestRegion: String {
    BenchCity.all[BenchTally.largestCity].name.displayText
  }

  /// One of the sources that each region has.
  static let rareSourceIndex = 2
  private static var rareSource: String { BenchTripGenerator.sources[rareSourceIndex] }
}
