internal import TripModel

/// Which layouts the times of a column are written in.
struct TimeLayoutGuess {
  /// Most likely first.
  let layouts: [TimeLayout]
  /// Another layout that reads all values too, with day and month exchanged.
  let rival: TimeLayout?

  /// Layouts with letters that are tried, `iso` first.
  static let candidates: [TimeLayout] = {
    let dates = [
      "YYYY-M-D", "YYYY/M/D", "YYYY.M.D", "M/D/YYYY", "D/M/YYYY", "M-D-YYYY", "D-M-YYYY",
      "D.M.YYYY",
      "M/D/YY", "D/M/YY", "M-D-YY", "D-M-YY", "D.M.YY", "YYYYMMDD",
    ]
    let clocks = [
      " h:mm:ss", " h:mm", "Th:mm:ss", "Th:mm", " h:mm:ss tt", " h:mm tt", " hhmmss", "",
    ]
    let texts = dates.flatMap { date in clocks.map { date + $0 } } + ["YYYYMMDDhhmmss"]
    return [.iso] + texts.compactMap { TimeLayout($0) }
  }()

  /// Seconds or milliseconds since 1970 that lie between 2000 and 2100.
  private static let epochs: [(layout: TimeLayout, range: ClosedRange<Int64>)] = [
    ("epoch_s", 946_684_800...4_102_444_800), ("epoch_ms", 946_684_800_000...4_102_444_800_000),
  ].compactMap { text, range in TimeLayout(text).map { ($0, range) } }

  /// - Parameter mayBeEpoch: Whether the name of the column is that of a time.
  /// - Returns: `nil` where the values are no times, or there is none.
  init?(_ values: [ByteString], mayBeEpoch: Bool) {
    guard !values.isEmpty else { return nil }
    let fitting = Self.candidates.filter { layout in
      values.allSatisfy { TimeLayoutKernels.isTime($0.bytes, layouts: [layout]) }
    }
    if let first = fitting.first {
      self.init(fitting: fitting, first: first, values)
      return
    }
    let epoch = mayBeEpoch ? Self.epoch(values) : nil
    guard let layouts = epoch.map({ [$0] }) ?? Self.mixture(values) else { return nil }
    self.init(layouts: layouts, rival: nil)
  }

  private init(layouts: [TimeLayout], rival: TimeLayout?) {
    self.layouts = layouts
    self.rival = rival
  }

  /// Of layouts that differ in the order of day and month, the one is taken whose times lie closer together: a
  /// file holds a month of trips, not the twelfth part of each day.
  private init(fitting: [TimeLayout], first: TimeLayout, _ values: [ByteString]) {
    let swapped = first.text.exchangingDayAndMonth
    guard let other = fitting.first(where: { $0.text == swapped && $0 != first }) else {
      self.init(layouts: [first], rival: nil)
      return
    }
    let isOtherCloser = Self.span(values, other) < Self.span(values, first)
    self.init(
      layouts: [isOtherCloser ? other : first], rival: isOtherCloser ? first : other)
  }

  private static func span(_ values: [ByteString], _ layout: TimeLayout) -> Int64 {
    let times = values.compactMap { TimeLayoutKernels.time($0.bytes, layouts: [layout]) }
    return (times.max() ?? 0) - (times.min() ?? 0)
  }

  private static func epoch(_ values: [ByteString]) -> TimeLayout? {
    let numbers = values.compactMap(ValueShape.integer)
    guard numbers.count == values.count else { return nil }
    return epochs.first { epoch in numbers.allSatisfy(epoch.range.contains) }?.layout
  }

  /// Up to three layouts that read at least nine in ten of the values together.
  private static func mixture(_ values: [ByteString]) -> [TimeLayout]? {
    let isTime: (ByteString) -> Bool = { TimeLayoutKernels.isTime($0.bytes, layouts: candidates) }
    guard values.prefix(20).contains(where: isTime) else { return nil }
    var rest = values
    var layouts: [TimeLayout] = []
    while layouts.count < 3, rest.count * 10 > values.count {
      let counted = candidates.map { layout in
        (layout, rest.count { TimeLayoutKernels.isTime($0.bytes, layouts: [layout]) })
      }
      guard let best = counted.max(by: { $0.1 < $1.1 }), best.1 > 0 else { break }
      layouts.append(best.0)
      rest.removeAll { TimeLayoutKernels.isTime($0.bytes, layouts: [best.0]) }
    }
    return rest.count * 10 <= values.count ? layouts : nil
  }
}

extension String {
  /// A layout with `D` for `M` and the other way round.
  fileprivate var exchangingDayAndMonth: String {
    String(map { $0 == "D" ? "M" : $0 == "M" ? "D" : $0 })
  }
}
