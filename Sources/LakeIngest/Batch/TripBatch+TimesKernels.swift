internal import TripModel

/// Start times, and the weeks they fall into.
extension TripBatch {
  func parseTimes(_ fields: BatchFields, _ format: InputFormat, _ tools: BatchTools) {
    let isUsual = format.clock.isUsual
    let days = tools.days
    days.prepare(format.zone)
    let field = format.mapping.time
    // Read once: what is stored may lie anywhere, as far as the compiler knows.
    let instants = words + TripRow.startTime
    let weeks = weeks
    var time = TripTime(instant: 0, week: 0)
    for row in fields.rows {
      let start = fields.start(field, row: row)
      let end = fields.end(field, row: row)
      if !(isUsual && days.read(start, end: end, into: &time)) {
        time = read(row, fields, format, tools)
      }
      instants[row &* TripRow.wordCount] = UInt64(bitPattern: time.instant)
      weeks[row] = time.week
    }
  }

  /// Reads a time of whose day nothing is known.
  @inline(never)
  private func read(
    _ row: Int, _ fields: BatchFields, _ format: InputFormat, _ tools: BatchTools
  ) -> TripTime {
    let field = format.mapping.time
    let start = fields.start(field, row: row)
    let end = fields.end(field, row: row)
    var instant: Int64 = 0
    guard let resolution = format.clock.parse(start, end, into: &instant),
      InputClock.instants.contains(instant)
    else {
      addFault(row: row, field: field, .timestampSyntax)
      return TripTime(instant: 0, week: 0)
    }
    if resolution != .unique { note(resolution, row: row, field: field, format) }
    if format.clock.isUsual { tools.days.learn(start, end: end) }
    return TripTime(instant: instant, week: tools.zone.week(ofMicroseconds: instant).index)
  }

  @inline(never)
  private func note(
    _ resolution: LocalTimeResolution, row: Int, field: Int, _ format: InputFormat
  ) {
    let role = format.definition.time
    switch resolution {
    case .unique: break
    case .gap where role.gap == .reject: addFault(row: row, field: field, .timeInGap)
    case .gap: suspects.append((row, .timeInGap))
    case .overlap where role.overlap == .reject: addFault(row: row, field: field, .timeInOverlap)
    case .overlap: suspects.append((row, .timeInOverlap))
    }
  }
}

/// Turns the texts of times into instants, in microseconds since 1970-01-01 UTC.
struct InputClock: Sendable {
  /// The years 0001 to 9999 in UTC.
  static let instants: Range<Int64> = -62_135_596_800_000_000..<253_402_300_800_000_000

  private let zone: TimeZoneRules
  private let layouts: [TimeLayout]
  /// Whether times are written as `TimestampKernels` says and in no other way.
  let isUsual: Bool

  init(zone: TimeZoneRules, layouts: [TimeLayout]) {
    self.zone = zone
    self.layouts = layouts
    isUsual = layouts == [.iso]
  }

  /// - Returns: How many instants the text may mean, of which the first is given; `nil` where it is no time.
  func parse(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, into instant: inout Int64
  ) -> LocalTimeResolution? {
    let field = Blanks.trim(start, end)
    var reading = TimestampReading(microseconds: 0, offsetSeconds: nil)
    guard
      TimeLayoutKernels.parse(field.start, end: field.end, layouts: layouts, into: &reading)
    else { return nil }
    if let offset = reading.offsetSeconds {
      instant = reading.microseconds &- Int64(offset) * 1_000_000
      return .unique
    }
    let seconds = TimeZoneRules.floorDivide(reading.microseconds, by: 1_000_000)
    let found = zone.instant(ofLocalSeconds: seconds)
    instant = found.seconds * 1_000_000 + (reading.microseconds - seconds * 1_000_000)
    return found.resolution
  }
}
