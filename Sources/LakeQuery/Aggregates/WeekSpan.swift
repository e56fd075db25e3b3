internal import LakeStore
internal import TripModel

/// The range of local days in which trips of a region, or of a whole snapshot, start.
struct WeekSpan: Hashable {
  let weeks: ClosedRange<ISOWeek>
  /// Day numbers of the first and the last trip.
  let firstDay: Int
  let lastDay: Int

  /// - Returns: `nil` where there is no file.
  init?(ofFiles files: Range<Int>, reader: LakeReader) {
    let manifest = reader.manifest
    guard let first = files.first else { return nil }
    var firstWeek = manifest.week(ofFile: first)
    var lastWeek = firstWeek
    var firstTime = Int64.max
    var lastTime = Int64.min
    for file in files {
      firstWeek = min(firstWeek, manifest.week(ofFile: file))
      lastWeek = max(lastWeek, manifest.week(ofFile: file))
      firstTime = min(firstTime, manifest.firstTime(ofFile: file))
      lastTime = max(lastTime, manifest.lastTime(ofFile: file))
    }
    weeks = firstWeek...lastWeek
    firstDay = reader.zone.localDayNumber(ofMicroseconds: firstTime)
    lastDay = reader.zone.localDayNumber(ofMicroseconds: lastTime)
  }
}
