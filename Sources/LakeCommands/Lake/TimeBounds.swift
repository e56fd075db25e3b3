internal import LakeBytes
internal import LakeQuery
internal import TripModel

/// What `--from` and `--to` say: dates, weeks or instants, both ends included.
struct TimeBounds {
  enum Bound: Hashable {
    /// The first and last day of what was named.
    case days(ClosedRange<Int>)
    case instant(ParsedTimestamp)
  }

  let from: Bound?
  let to: Bound?
  let members: [JSONMember]

  init(_ raw: RawOptions) throws {
    from = try Self.bound(raw, "from")
    to = try Self.bound(raw, "to")
    members = ["from", "to"].compactMap { name in
      raw.value(name).map { JSONMember(name, .string($0)) }
    }
  }

  /// The instants from the first up to the end of the last, by the clock of `zone`.
  ///
  /// - Throws: `CommandError` 5003 where the last lies before the first.
  func timeRange(in zone: TimeZoneRules) throws -> TimeRange {
    let start = from.map { bound in
      switch bound {
      case .days(let days): zone.instant(ofLocalDay: days.lowerBound)
      case .instant(let time): time.instant(in: zone).microseconds
      }
    }
    let end = to.map { bound in
      switch bound {
      case .days(let days): zone.instant(ofLocalDay: days.upperBound + 1)
      case .instant(let time): time.instant(in: zone).microseconds + 1
      }
    }
    let isReversed =
      switch (from, to) {
      case (.days(let first), .days(let last)): first.lowerBound > last.upperBound
      default: (start ?? .min) > (end ?? .max)
      }
    if isReversed { throw CommandError(5003, .usage, "--to lies before --from") }
    return TimeRange(start: start, end: end)
  }

  /// The days from the first to the last.
  ///
  /// - Throws: `CommandError` 1005 where a time of day is given.
  func dayNumbers() throws -> (first: Int?, last: Int?) {
    (try day(from, "from")?.lowerBound, try day(to, "to")?.upperBound)
  }

  private func day(_ bound: Bound?, _ option: String) throws -> ClosedRange<Int>? {
    switch bound {
    case .days(let days): return days
    case .instant:
      throw UsageErrors.contradiction("--\(option) takes a date or a week here, no time of day")
    case nil: return nil
    }
  }

  private static func bound(_ raw: RawOptions, _ name: String) throws -> Bound? {
    if let text = raw.value(name), let time = TimestampText.parse(text) { return .instant(time) }
    return try raw.days(name).map { .days($0) }
  }
}
