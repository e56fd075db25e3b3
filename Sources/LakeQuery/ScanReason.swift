/// Why the statistics of a file or block did not decide it.
enum ScanReason: Int, CaseIterable, Sendable {
  case time
  case clock
  case sources
  case originBox
  case destinationBox
  case eitherBox
  case bothBox
  case comparison
  case days
  case months
  case sourceCounts
  case cells
  case routes
  case rows

  var text: String {
    switch self {
    case .time: "the time range takes only a part of it"
    case .clock: "the hours or weekdays asked for may be only a part of its times"
    case .sources: "the sources asked for may be only some of its sources"
    case .originBox: "its origins may lie on both sides of the box's edge"
    case .destinationBox: "its destinations may lie on both sides of the box's edge"
    case .eitherBox: "its trips may touch the box or not"
    case .bothBox: "its trips may lie in the box or not"
    case .comparison: "only some of its values may compare as asked"
    case .days: "no statistics are kept by day or hour"
    case .months: "its trips may start in two months"
    case .sourceCounts: "its statistics do not count every source"
    case .cells: "no statistics are kept by cell"
    case .routes: "no statistics are kept by route"
    case .rows: "the rows themselves are asked for"
    }
  }
}

/// How often each reason was met.
struct ScanReasonCounts: Hashable, Sendable {
  private var counts = [Int](repeating: 0, count: ScanReason.allCases.count)

  mutating func add(_ reason: ScanReason) {
    counts[reason.rawValue] += 1
  }

  mutating func add(_ other: ScanReasonCounts) {
    for index in counts.indices { counts[index] += other.counts[index] }
  }

  func reasons(level: ScanExplain.Level.Kind) -> [ScanExplain.Reason] {
    ScanReason.allCases.compactMap { reason in
      let count = counts[reason.rawValue]
      return count == 0 ? nil : ScanExplain.Reason(level: level, text: reason.text, count: count)
    }
  }
}
