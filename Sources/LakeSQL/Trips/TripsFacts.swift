internal import LakeQuery
internal import LakeStore
internal import TripModel

/// What the manifest tells of the trips: the values that conditions can be held against beforehand.
struct TripsFacts {
  struct Week {
    let week: ISOWeek
    /// As the column shows it.
    let text: [UInt8]
  }

  let rowCount: Int
  let fileCount: Int
  /// In byte order.
  let regions: [ByteString]
  /// In byte order; `nil` where the manifest may not know all of them.
  let sources: [ByteString]?
  /// Ascending.
  let weeks: [Week]
  /// Whether the texts of all start times have four digits of the year, so that they begin with a date of ten bytes.
  let hasUsualYears: Bool
  let zone: TimeZoneRules

  init(_ reader: LakeReader) {
    let manifest = reader.manifest
    let files = 0..<manifest.fileCount
    rowCount = Int(clamping: manifest.totals.rowCount)
    fileCount = manifest.fileCount
    regions = reader.regions
    sources =
      files.allSatisfy { manifest.areSourcesComplete(ofFile: $0) } ? Array(manifest.sources) : nil
    weeks = Set(files.map { manifest.week(ofFile: $0) }).sorted()
      .map { Week(week: $0, text: Array($0.text.utf8)) }
    zone = reader.zone
    // One day inside of the years 0001 to 9999, whatever the zone.
    let usual: ClosedRange<Int64> = -62_135_510_400_000_000...253_402_214_399_999_999
    hasUsualYears = files.allSatisfy { file in
      [manifest.firstTime(ofFile: file), manifest.lastTime(ofFile: file)]
        .allSatisfy(usual.contains)
    }
  }

  /// How many values a column has, roughly.
  func valueCount(of column: TripsColumn) -> Int {
    switch column.kind {
    case .region: regions.count
    case .week: weeks.count
    case .text: sources?.count ?? 16
    case .real, .integer, .localTime, .epoch: max(1, rowCount / 4)
    }
  }
}
