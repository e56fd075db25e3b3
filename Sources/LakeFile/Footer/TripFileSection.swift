/// The sections of a trip file. The raw value is the kind on disk; 0 is reserved.
enum TripFileSection: UInt16 {
  /// The values of one text column; the tag is the column's id.
  case dictionary = 1
  case columns = 2
  case pages = 3
  case zoneMaps = 4
  case statistics = 5

  var name: String {
    switch self {
    case .dictionary: "text dictionary"
    case .columns: "columns"
    case .pages: "page directory"
    case .zoneMaps: "zone maps"
    case .statistics: "statistics"
    }
  }
}
