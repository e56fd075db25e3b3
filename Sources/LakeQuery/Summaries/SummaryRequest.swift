package import TripModel

/// What the summary tables are to hold beyond what the manifest answers.
package struct SummaryRequest: Sendable {
  /// What gets a row in `areaAverages`.
  package var areas: [Area]
  /// The end of the trip that the areas are held against.
  package var place: BoxPlace
  /// Whether the trips of the lake's routes are counted, which takes a pass over all trips.
  package var countsRoutes: Bool
  /// The question that fills `groups`; none of its keys counts, they are those of `SummaryTables.Group`.
  package var groups: GroupedCount?
  /// What need not be counted again.
  package var known: KnownCounts
  package var threadCount: Int

  package init(
    areas: [Area] = [], at place: BoxPlace = .origin, countsRoutes: Bool = true,
    groups: GroupedCount? = nil,
    known: KnownCounts = .none, threadCount: Int = 1
  ) {
    self.areas = areas
    self.place = place
    self.countsRoutes = countsRoutes
    self.groups = groups
    self.known = known
    self.threadCount = threadCount
  }
}
