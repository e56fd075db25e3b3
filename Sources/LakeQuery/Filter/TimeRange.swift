/// The instants from `start` up to but not including `end`, in microseconds since 1970-01-01 UTC.
///
/// An end that is `nil` is open.
package struct TimeRange: Hashable, Sendable {
  package let start: Int64?
  package let end: Int64?

  package static let always = TimeRange(start: nil, end: nil)

  package init(start: Int64?, end: Int64?) {
    self.start = start
    self.end = end
  }

  package func contains(_ time: Int64) -> Bool {
    time >= start ?? .min && (end.map { time < $0 } ?? true)
  }

  /// The instants that lie in both ranges.
  package func intersection(_ other: TimeRange) -> TimeRange {
    let starts = [start, other.start].compactMap(\.self)
    let ends = [end, other.end].compactMap(\.self)
    return TimeRange(start: starts.max(), end: ends.min())
  }
}
