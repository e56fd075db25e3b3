internal import LakeStore
internal import TripModel

extension WeeklyAverage {
  /// Answers from the manifest alone as far as it goes, else reads what it must.
  ///
  /// - Throws: `QueryError.unknownRegion`, `QueryError.emptyWeekRange`; `StoreError` of a file that had to
  ///   be read.
  package func answer(from reader: LakeReader) throws -> Answer {
    try checkDays()
    switch grouping {
    case .region: return try answerByRegion(reader)
    case .none: return try answerWithOneRow(reader)
    case .area(let areas, let place):
      return try answerByArea(areas, at: place, reader)
    }
  }

  func checkDays() throws(QueryError) {
    if let firstDay, let lastDay, firstDay > lastDay {
      throw QueryError(.emptyWeekRange, "the first day asked for lies after the last")
    }
  }

  private func answerByRegion(_ reader: LakeReader) throws -> Answer {
    let counts = try FileCounts(countedFilter(reader), reader: reader, threadCount: threadCount)
    let manifest = reader.manifest
    var rows: [Row] = []
    var remaining = counts.counts[...]
    for region in try rowRegions(reader) {
      let files = manifest.files(ofRegion: region)
      guard let span = WeekSpan(ofFiles: files, reader: reader) else { continue }
      // Files and regions ascend together, so each count is met once.
      let own = remaining.prefix { $0.file < files.upperBound }
      remaining = remaining.dropFirst(own.count)
      rows.append(row(manifest.regions[region], own, span: span, manifest))
    }
    return Answer(rows: rows, explain: counts.explain)
  }

  private func answerWithOneRow(_ reader: LakeReader) throws -> Answer {
    let counts = try FileCounts(countedFilter(reader), reader: reader, threadCount: threadCount)
    let row = row(nil, counts.counts[...], span: try commonSpan(reader), reader.manifest)
    return Answer(rows: [row], explain: counts.explain)
  }

  /// One row for each area, all over the same span.
  private func answerByArea(
    _ areas: [Area], at place: BoxPlace, _ reader: LakeReader
  ) throws -> Answer {
    let counts = try AreaCounts(
      areas, at: place, countedFilter(reader), reader: reader, threadCount: threadCount)
    return Answer(
      rows: try rows(of: areas, counts.counts, reader), explain: counts.explain)
  }

  /// The rows of areas whose trips are counted already.
  ///
  /// - Parameter counts: For each area its trips by file, or by one file of each partition; ascending.
  func rows(
    of areas: [Area], _ counts: [[(file: Int, rowCount: Int)]], _ reader: LakeReader
  ) throws(QueryError) -> [Row] {
    let span = try commonSpan(reader)
    return zip(areas, counts).map { area, own in
      row(area.name, own[...], span: span, reader.manifest)
    }
  }

  /// The span of the one region that the filter names, else of the snapshot.
  private func commonSpan(_ reader: LakeReader) throws(QueryError) -> WeekSpan? {
    if let regions = filter.regions, let first = regions.first, Set(regions).count == 1 {
      let files = reader.manifest.files(ofRegion: try reader.regionIndex(of: first))
      return WeekSpan(ofFiles: files, reader: reader)
    }
    return WeekSpan(ofFiles: 0..<reader.manifest.fileCount, reader: reader)
  }

  /// Indices of the regions that get a row, ascending.
  func rowRegions(_ reader: LakeReader) throws(QueryError) -> [Int] {
    guard let names = filter.regions else { return Array(reader.manifest.regions.indices) }
    var regions: Set<Int> = []
    for name in names { regions.insert(try reader.regionIndex(of: name)) }
    return regions.sorted()
  }
}

extension WeeklyAverage {
  /// The filter narrowed to the days asked for. Whole weeks are told by the file's partition; only a date
  /// inside a week needs the trips' times.
  func countedFilter(_ reader: LakeReader) -> TripFilter {
    var counted = filter
    let first = firstDay.map { ISOWeek(dayNumber: $0) }
    let last = lastDay.map { ISOWeek(dayNumber: $0) }
    if first != nil || last != nil {
      counted.weeks = intersection(
        filter.weeks, (first ?? ISOWeek(index: .min))...(last ?? ISOWeek(index: .max)))
      if counted.weeks == nil { counted.time = TimeRange(start: 0, end: 0) }
    }
    let start = firstDay.flatMap { day in
      day == ISOWeek(dayNumber: day).firstDayNumber ? nil : reader.zone.instant(ofLocalDay: day)
    }
    let end = lastDay.flatMap { day in
      day == ISOWeek(dayNumber: day).lastDayNumber
        ? nil : reader.zone.instant(ofLocalDay: day + 1)
    }
    counted.time = counted.time.intersection(TimeRange(start: start, end: end))
    return counted
  }

  private func intersection(
    _ left: ClosedRange<ISOWeek>?, _ right: ClosedRange<ISOWeek>
  ) -> ClosedRange<ISOWeek>? {
    guard let left else { return right }
    return left.overlaps(right) ? left.clamped(to: right) : nil
  }

  /// - Parameter counts: Matching rows by file, ascending by file.
  func row(
    _ name: ByteString?, _ counts: ArraySlice<(file: Int, rowCount: Int)>, span: WeekSpan?,
    _ manifest: Manifest
  ) -> Row {
    let weeks = weeks(span: span)
    // The files of one region ascend already.
    let trips = counts.map { WeekCount(week: manifest.week(ofFile: $0.file), trips: $0.rowCount) }
      .sorted { $0.week < $1.week }
    var active: [WeekCount] = []
    for count in trips where weeks?.contains(count.week) ?? false {
      if let last = active.indices.last, active[last].week == count.week {
        active[last] = WeekCount(week: count.week, trips: active[last].trips + count.trips)
      } else {
        active.append(count)
      }
    }
    return Row(
      name: name, weeks: weeks, activeWeeks: active,
      isFirstWeekPartial: weeks.map { isFirstPartial($0.lowerBound, span) } ?? false,
      isLastWeekPartial: weeks.map { isLastPartial($0.upperBound, span) } ?? false)
  }

  private func weeks(span: WeekSpan?) -> ClosedRange<ISOWeek>? {
    let first = firstDay.map { ISOWeek(dayNumber: $0) } ?? span?.weeks.lowerBound
    let last = lastDay.map { ISOWeek(dayNumber: $0) } ?? span?.weeks.upperBound
    guard let first, let last, first <= last else { return nil }
    return first...last
  }

  /// Whether a date asked for, or the first trip of the row's range, lies in the week behind its Monday.
  private func isFirstPartial(_ week: ISOWeek, _ span: WeekSpan?) -> Bool {
    [firstDay, span?.firstDay].compactMap(\.self).contains { day in
      ISOWeek(dayNumber: day) == week && day > week.firstDayNumber
    }
  }

  private func isLastPartial(_ week: ISOWeek, _ span: WeekSpan?) -> Bool {
    [lastDay, span?.lastDay].compactMap(\.self).contains { day in
      ISOWeek(dayNumber: day) == week && day < week.lastDayNumber
    }
  }
}

extension ISOWeek {
  /// The day number of its Sunday.
  var lastDayNumber: Int { firstDayNumber + 6 }
}
