internal import TripModel

/// Start times, and the weeks they fall into.
extension TripBatch {
  func parseTimes(_ fields: BatchFields, _ format: InputFormat, _ lakeZone: TimeZoneRules) {
    let role = format.definition.time
    let clock = InputClock(zone: format.zone, layouts: role.layouts)
    if clock.isUsual {
      parseTimes(fields, format, lakeZone) { start, end, instant in
        clock.parseUsual(start, end, into: &instant) ? .unique : nil
      }
    } else {
      parseTimes(fields, format, lakeZone) { start, end, instant in
        clock.parse(start, end, into: &instant)
      }
    }
  }

  @inline(__always)
  private func parseTimes(
    _ fields: BatchFields, _ format: InputFormat, _ lakeZone: TimeZoneRules,
    parse: (UnsafePointer<UInt8>, UnsafePointer<UInt8>, inout Int64) -> LocalTimeResolution?
  ) {
    let field = format.mapping.time
    let fixedOffset = lakeZone.fixedOffsetSeconds.map { Int64($0) * 1_000_000 }
    var instant: Int64 = 0
    for row in 0..<count {
      let resolution = parse(fields.start(field, row: row), fields.end(field, row: row), &instant)
      guard let resolution, InputClock.instants.contains(instant) else {
        addFault(row: row, field: field, .timestampSyntax)
        weeks[row] = 0
        continue
      }
      if resolution != .unique { note(resolution, row: row, field: field, format) }
      words[row * TripRow.wordCount + TripRow.startTime] = UInt64(bitPattern: instant)
      weeks[row] =
        fixedOffset.map { Self.week(ofLocalMicroseconds: instant + $0) }
        ?? lakeZone.week(ofMicroseconds: instant).index
    }
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

  /// Weeks since Monday 1969-12-29, rounded down.
  @inline(__always)
  private static func week(ofLocalMicroseconds local: Int64) -> Int32 {
    let sinceMonday = local + 3 * 86_400_000_000
    let week: Int64 = 604_800_000_000
    let quotient = sinceMonday / week
    return Int32(truncatingIfNeeded: sinceMonday % week < 0 ? quotient - 1 : quotient)
  }
}

/// Turns the texts of times into instants, in microseconds since 1970-01-01 UTC.
struct InputClock {
  /// The years 0001 to 9999 in UTC.
  static let instants: Range<Int64> = -62_135_596_800_000_000..<253_402_300_800_000_000

  private let zone: TimeZoneRules
  private let layouts: [TimeLayout]
  private let fixedOffset: Int64

  /// Whether times are written as usual, by clocks that never change.
  let isUsual: Bool

  init(zone: TimeZoneRules, layouts: [TimeLayout]) {
    self.zone = zone
    self.layouts = layouts
    isUsual = layouts == [.iso] && zone.fixedOffsetSeconds != nil
    fixedOffset = Int64(zone.fixedOffsetSeconds ?? 0) * 1_000_000
  }

  /// - Returns: false where the text is no time; `instant` is then unspecified.
  /// - Precondition: `isUsual`.
  @inline(__always)
  func parseUsual(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, into instant: inout Int64
  ) -> Bool {
    var reading = TimestampReading(microseconds: 0, offsetSeconds: nil)
    guard
      TimestampKernels.parse(start, end: end, into: &reading)
        || parseTrimmed(start, end, into: &reading)
    else { return false }
    let offset = reading.offsetSeconds.map { Int64($0) * 1_000_000 } ?? fixedOffset
    instant = reading.microseconds - offset
    return true
  }

  @inline(never)
  private func parseTrimmed(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, into reading: inout TimestampReading
  ) -> Bool {
    let field = Blanks.trim(start, end)
    return TimestampKernels.parse(field.start, end: field.end, into: &reading)
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
