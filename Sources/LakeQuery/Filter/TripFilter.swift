package import TripModel

/// Which trips a question is about: those that meet every condition given.
///
/// A list that is `nil` asks nothing; an empty list matches no trip.
package struct TripFilter: Hashable, Sendable {
  /// The trip's region is one of these.
  package var regions: [ByteString]?
  /// The trip's ISO week, as the lake's zone counts it, is one of these.
  package var weeks: ClosedRange<ISOWeek>?
  /// The trip starts in this range.
  package var time: TimeRange
  /// The trip starts in one of these hours of the week, by the clocks of the lake's zone.
  package var weekHours: WeekHours?
  /// The trip's source is one of these. A name that the lake has never seen matches nothing.
  package var sources: [ByteString]?
  /// The trip meets each of these.
  package var boxes: [BoxCondition]
  /// The trip has one of these routes.
  package var route: RouteCondition?
  /// The trip's columns compare as each of these asks.
  package var comparisons: [ColumnComparison]

  package init(
    regions: [ByteString]? = nil, weeks: ClosedRange<ISOWeek>? = nil, time: TimeRange = .always,
    weekHours: WeekHours? = nil, sources: [ByteString]? = nil, boxes: [BoxCondition] = [],
    comparisons: [ColumnComparison] = []
  ) {
    self.regions = regions
    self.weeks = weeks
    self.time = time
    self.weekHours = weekHours
    self.sources = sources
    self.boxes = boxes
    self.comparisons = comparisons
  }

  /// The filter that every trip meets.
  package static let all = TripFilter()
}
